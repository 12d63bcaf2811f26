package autostart

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestOnAndOff(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(t.TempDir(), "config"))
	t.Setenv("HOME", t.TempDir())
	e, err := For("/opt/my programs/parley", "--hidden")
	if err != nil {
		t.Fatal(err)
	}
	if e.On() {
		t.Error("it is on before anybody asked")
	}
	if err := e.Set(false); err != nil {
		t.Errorf("off when it was off: %v", err)
	}
	if err := e.Set(true); err != nil || !e.On() {
		t.Fatalf("on: %v", err)
	}
	data, err := os.ReadFile(e.Path)
	if err != nil || !strings.Contains(string(data), "\nExec=\"/opt/my programs/parley\" \"--hidden\"\n") {
		t.Errorf("written: %s (%v)", data, err)
	}
	if err := e.Set(false); err != nil || e.On() {
		t.Errorf("off: %v", err)
	}
}

func TestWhereItCannotBeWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	e := Entry{Path: filepath.Join(file, "autostart", "x.desktop")}
	if err := e.Set(true); err == nil || !strings.Contains(err.Error(), "autostart") {
		t.Errorf("%v", err)
	}
}

func TestQuoting(t *testing.T) {
	for word, want := range map[string]string{
		`/a b`:  `"/a b"`,
		`100%`:  `"100%%"`,
		`a"b`:   `"a\\"b"`,
		`$HOME`: `"\\$HOME"`,
		`a\b`:   `"a\\\\b"`,
	} {
		if got := quoted(word); got != want {
			t.Errorf("%s is quoted as %s, want %s", word, got, want)
		}
	}
}

// What the desktop's own settings switched off is off.
func TestADesktopSwitchesItOff(t *testing.T) {
	e := Entry{filepath.Join(t.TempDir(), "a.desktop"), []string{"parley"}}
	for _, line := range []string{"Hidden=true", "X-GNOME-Autostart-enabled = false"} {
		if err := e.Set(true); err != nil || !e.On() {
			t.Fatalf("on: %v, %v", e.On(), err)
		}
		f, err := os.OpenFile(e.Path, os.O_APPEND|os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		_, err = f.WriteString(line + "\n")
		if err := errors.Join(err, f.Close()); err != nil {
			t.Fatal(err)
		}
		if e.On() {
			t.Errorf("%s: it is on", line)
		}
	}
}
