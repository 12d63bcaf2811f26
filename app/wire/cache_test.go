package wire

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"parley/app/settings"
)

func TestCache(t *testing.T) {
	folders := settings.Folders{Cache: filepath.Join(t.TempDir(), "cache")}
	c := NewCache(folders)
	if n, err := c.Size(); n != 0 || err != nil {
		t.Errorf("a cache that is not there: %d, %v", n, err)
	}
	if err := c.Clear(); err != nil {
		t.Error(err)
	}
	old := time.Now().Add(-time.Hour)
	put := func(name string, age time.Time) string {
		path := filepath.Join(folders.Cache, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, make([]byte, 1000), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, age, age); err != nil {
			t.Fatal(err)
		}
		return path
	}
	segment, newer, picture := put("segments/a.mp4", old), put("segments/b.mp4", time.Now()), put("pictures/c.png", old)
	fresh := put("pictures/being-written.png", time.Now())
	if n, err := c.Size(); n != 4000 || err != nil {
		t.Errorf("%d bytes, %v", n, err)
	}
	there := func(path string, want bool) {
		t.Helper()
		if _, err := os.Stat(path); (err == nil) != want {
			t.Errorf("%s: %v", path, err)
		}
	}
	if err := c.Trim(1500); err != nil {
		t.Fatal(err)
	}
	there(segment, false)
	there(newer, true)
	there(picture, true)
	if err := c.Clear(); err != nil {
		t.Fatal(err)
	}
	there(newer, false)
	there(picture, false)
	there(fresh, true)
}
