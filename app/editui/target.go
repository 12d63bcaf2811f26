package editui

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// targetOf is the file that a person means by what they wrote: below folder
// unless it is absolute, with the ending ext, "~" being their home.
func targetOf(written, folder, ext string) (string, error) {
	written = strings.TrimSpace(written)
	if written == "" || strings.HasSuffix(written, string(filepath.Separator)) {
		return "", refuse(say("write a name for the film"))
	}
	if rest, ok := strings.CutPrefix(written, "~/"); ok {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", fmt.Errorf("no home folder is known; write the whole path: %w", err)
		}
		written = filepath.Join(home, rest)
	}
	if !filepath.IsAbs(written) {
		written = filepath.Join(folder, written)
	}
	if !strings.EqualFold(filepath.Ext(written), ext) {
		written += ext
	}
	return filepath.Clean(written), nil
}

// suggested is a name in a folder that nothing has yet, nor is to have:
// "Film.mp4".
func suggested(folder, name, ext string, taken func(path string) bool) string {
	for n := 1; ; n++ {
		path := filepath.Join(folder, name+ext)
		if n > 1 {
			path = filepath.Join(folder, fmt.Sprintf("%s %d%s", name, n, ext))
		}
		if _, err := os.Lstat(path); errors.Is(err, os.ErrNotExist) && !taken(path) || n == 999 {
			return path
		}
	}
}

// warning is what a person should know of a target before it is written.
func warning(path string) Text {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return Text{}
	case info.IsDir():
		return say("This is a folder; write a name for the film behind it.")
	}
	return say("There is such a file; it will be replaced when the film is done.")
}

func hex(n uintptr) string { return strconv.FormatUint(uint64(n), 16) }
