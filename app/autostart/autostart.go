// Package autostart has the desktop start the program when its user logs in:
// https://specifications.freedesktop.org/autostart-spec/
package autostart

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Entry is the file that has the program started.
type Entry struct {
	Path    string   // of the file
	Command []string // the program with its arguments
}

// For is the entry of a program, in the user's folder for them.
func For(command ...string) (Entry, error) {
	config, err := os.UserConfigDir()
	if err != nil {
		return Entry{}, err
	}
	return Entry{filepath.Join(config, "autostart", "app.parley.Parley.desktop"), command}, nil
}

// off are the lines by which desktops leave the file and do not start what it
// says.
var off = map[string]bool{"Hidden=true": true, "X-GNOME-Autostart-enabled=false": true}

// On tells whether the program is started.
func (e Entry) On() bool {
	text, err := os.ReadFile(e.Path)
	if err != nil {
		return false
	}
	for line := range strings.Lines(string(text)) {
		if off[strings.ReplaceAll(strings.TrimSpace(line), " ", "")] {
			return false
		}
	}
	return true
}

// Set has it started, or not.
func (e Entry) Set(on bool) error {
	if !on {
		if err := os.Remove(e.Path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("Parley is still started at login; remove %s: %w", e.Path, err)
		}
		return nil
	}
	err := os.MkdirAll(filepath.Dir(e.Path), 0o700)
	if err == nil {
		err = os.WriteFile(e.Path, []byte(e.text()), 0o600)
	}
	if err != nil {
		return fmt.Errorf("Parley is not started at login; check the folder %s: %w", filepath.Dir(e.Path), err)
	}
	return nil
}

func (e Entry) text() string {
	var words []string
	for _, word := range e.Command {
		words = append(words, quoted(word))
	}
	return `[Desktop Entry]
Type=Application
Name=Parley
Icon=app.parley.Parley
Exec=` + strings.Join(words, " ") + `
Terminal=false
X-GNOME-Autostart-enabled=true
`
}

// quoted writes an argument as the value of Exec needs it: quoted for the
// command, and that once more for the string of the file.
func quoted(word string) string {
	word = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "`", "\\`", `$`, `\$`, `%`, `%%`).Replace(word)
	return strings.ReplaceAll(`"`+word+`"`, `\`, `\\`)
}
