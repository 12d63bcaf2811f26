package autostart

import (
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
