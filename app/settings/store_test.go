package settings

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func open(t *testing.T, path string) *Store {
	t.Helper()
	s, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func write(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "settings.json")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestNoFileMeansDefaults(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "none", "settings.json")).Get()
	if s.Version != Version || s.Name != "" || s.Camera != nil {
		t.Errorf("got %+v", s)
	}
	loud, half := 7.0, 0.5
	if s.Volume() != 1 || (Settings{FilmVolume: &loud}).Volume() != 1 || (Settings{FilmVolume: &half}).Volume() != 0.5 {
		t.Error("the volume is not that which was chosen, or all of it")
	}
	if f := s.Format(); f.Width != 1280 || f.Height != 720 || f.FrameRate != 30 {
		t.Errorf("format %+v", f)
	}
}

func TestAChangeIsThereAtTheNextStart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "below", "settings.json")
	off := "off"
	err := open(t, path).Change(func(s *Settings) { s.Name, s.Camera, s.Width, s.Height = "Ada", &off, 640, 360 })
	if err != nil {
		t.Fatal(err)
	}
	s := open(t, path).Get()
	if s.Name != "Ada" || s.Camera == nil || *s.Camera != "off" || s.Format().Width != 640 {
		t.Errorf("got %+v", s)
	}
}

func TestAChoiceOfTheSystemsDeviceIsNotNoChoice(t *testing.T) {
	path := filepath.Join(t.TempDir(), "settings.json")
	usual := ""
	if err := open(t, path).Change(func(s *Settings) { s.Microphone = &usual }); err != nil {
		t.Fatal(err)
	}
	if got := open(t, path).Get().Microphone; got == nil || *got != "" {
		t.Errorf("got %v, want a pointer to an empty name", got)
	}
}

func TestUnknownFieldsSurvive(t *testing.T) {
	path := write(t, `{"version": 1, "name": "Ada", "ring_tone": {"file": "bell.ogg", "volume": 0.5}}`)
	if err := open(t, path).Change(func(s *Settings) { s.Name = "" }); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	ring, _ := got["ring_tone"].(map[string]any)
	if ring["file"] != "bell.ogg" || ring["volume"] != 0.5 {
		t.Errorf("the unknown field became %v", got["ring_tone"])
	}
	if _, there := got["name"]; there {
		t.Error("a known field that was emptied came back")
	}
}

func TestFilesThatAreRefused(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       error
	}{
		{"newer", `{"version": 99, "name": 7}`, ErrNewer},
		{"cut off", `{"version": 1, "na`, ErrDamaged},
		{"empty", ``, ErrDamaged},
		{"no object", `[1, 2]`, ErrDamaged},
		{"wrong kind", `{"version": 1, "name": 7}`, ErrDamaged},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := write(t, c.text)
			_, err := Open(path)
			if !errors.Is(err, c.want) {
				t.Fatalf("got %v, want %v", err, c.want)
			}
			if !strings.Contains(err.Error(), path) {
				t.Errorf("%q does not name the file", err)
			}
			if data, _ := os.ReadFile(path); string(data) != c.text {
				t.Error("the file was changed")
			}
		})
	}
}

func TestTheFileIsPrivateAndReplacedWhole(t *testing.T) {
	path := filepath.Join(t.TempDir(), "parley", "settings.json")
	s := open(t, path)
	for range 3 {
		if err := s.Change(func(s *Settings) { s.Port++ }); err != nil {
			t.Fatal(err)
		}
	}
	file, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	dir, err := os.Stat(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	if file.Mode().Perm() != 0o600 || dir.Mode().Perm() != 0o700 {
		t.Errorf("file %v, folder %v; others may read", file.Mode().Perm(), dir.Mode().Perm())
	}
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(left) != 1 {
		t.Errorf("%d files lie in the folder (%v), want the one", len(left), err)
	}
}

func TestSavingThatFailsIsTold(t *testing.T) {
	blocked := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	// Open finds no settings below a file; saving cannot make the folder.
	s := &Store{path: filepath.Join(blocked, "settings.json")}
	if err := s.Change(func(s *Settings) { s.Name = "Ada" }); err == nil {
		t.Error("no error")
	}
	if s.Get().Name != "Ada" {
		t.Error("the change does not hold until the program ends")
	}
}

func TestWatchersHearOfChanges(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "settings.json"))
	var heard []string
	stop := s.Watch(func(now Settings) { heard = append(heard, now.Name) })
	change := func(name string) {
		if err := s.Change(func(s *Settings) { s.Name = name }); err != nil {
			t.Fatal(err)
		}
	}
	change("Ada")
	stop()
	change("Grace")
	if len(heard) != 1 || heard[0] != "Ada" {
		t.Errorf("heard %v, want [Ada]", heard)
	}
}

func TestFoldersOfAProfile(t *testing.T) {
	dir := t.TempDir()
	f, err := FoldersFor(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []string{f.Settings(), f.Recordings(), f.Cache} {
		if rel, err := filepath.Rel(dir, p); err != nil || strings.HasPrefix(rel, "..") {
			t.Errorf("%s lies outside the profile", p)
		}
	}
}

func TestFoldersFollowXDG(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", "/x/config")
	t.Setenv("XDG_DATA_HOME", "/x/data")
	t.Setenv("XDG_CACHE_HOME", "/x/cache")
	f, err := FoldersFor("")
	if err != nil {
		t.Fatal(err)
	}
	want := Folders{Config: "/x/config/parley", Data: "/x/data/parley", Cache: "/x/cache/parley"}
	if f != want {
		t.Errorf("got %+v, want %+v", f, want)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"version": 1, "name": "Ada", "later": [1]}`))
	f.Add([]byte(`{"version": 2}`))
	f.Add([]byte(`null`))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, unknown, err := decode(data)
		if err != nil {
			return
		}
		again, err := encode(s, unknown)
		if err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
		if _, _, err := decode(again); err != nil {
			t.Fatalf("what was written cannot be read: %v\n%s", err, again)
		}
	})
}
