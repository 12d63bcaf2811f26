package desktop

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"runtime"
)

// launch opens a file or a folder with the desktop's program for it.
func launch(path string) error {
	abs, err := filepath.Abs(path) // never begins with a dash
	if err != nil {
		return err
	}
	opener := map[string][]string{
		"darwin":  {"open"},
		"windows": {"rundll32", "url.dll,FileProtocolHandler"},
	}[runtime.GOOS]
	if opener == nil {
		opener = []string{"xdg-open"}
	}
	cmd := exec.Command(opener[0], append(opener[1:], abs)...)
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("%s cannot be opened from here; install xdg-utils (sudo apt-get install xdg-utils), or open it by hand: %w", abs, err)
	}
	go cmd.Wait() // the program that opened is the user's from now on
	return nil
}
