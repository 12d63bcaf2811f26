package desktop

import (
	"os"
	"path/filepath"
	"runtime"

	"parley/app/autostart"
	"parley/app/settingsui"
	"parley/app/wire"
)

// login has this very program started at login, as the same identity.
func login(o wire.WindowOptions) settingsui.Login {
	program, err := os.Executable()
	if err != nil || runtime.GOOS != "linux" {
		return nil
	}
	command := []string{program, "--hidden"}
	if o.Profile != "" {
		profile, err := filepath.Abs(o.Profile)
		if err != nil {
			return nil
		}
		command = append(command, "--profile", profile)
	}
	entry, err := autostart.For(command...)
	if err != nil {
		o.Log.Info("whether Parley starts at login is not known", "err", err)
		return nil
	}
	return entry
}
