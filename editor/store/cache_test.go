package store

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestCache(t *testing.T) {
	c := &Cache{Dir: filepath.Join(t.TempDir(), "a", "cache"), Limit: 1000}
	if _, ok := c.Get("x"); ok {
		t.Error("something is kept that nobody gave")
	}
	data := bytes.Repeat([]byte("d"), 90)
	for i := range 11 {
		if err := c.Put(fmt.Sprint(i), data); err != nil {
			t.Fatal(err)
		}
		old := time.Now().Add(time.Duration(i-100) * time.Hour)
		if err := os.Chtimes(c.file(fmt.Sprint(i)), old, old); err != nil {
			t.Fatal(err)
		}
	}
	if got, ok := c.Get("0"); !ok || !bytes.Equal(got, data) {
		t.Fatal("what was kept is gone") // and is now the newest
	}
	if err := c.Put("more", data); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]bool{"0": true, "1": false, "2": false, "10": true, "more": true} {
		if _, ok := c.Get(key); ok != want {
			t.Errorf("%s is kept: %v, want %v", key, ok, want)
		}
	}
	again := &Cache{Dir: c.Dir, Limit: 500} // another start, with less room
	if err := again.Put("last", data); err != nil {
		t.Fatal(err)
	}
	if files, err := again.files(); err != nil || len(files) > 4 {
		t.Errorf("%d files are kept (%v)", len(files), err)
	}
	info, err := os.Stat(c.file("last"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("it is for its owner alone: %v, %v", info, err)
	}
	if err := c.Clear(); err != nil {
		t.Fatal(err)
	}
	if _, ok := c.Get("last"); ok {
		t.Error("something is left")
	}
}

func TestKeysFollowTheFile(t *testing.T) {
	path := touch(t, filepath.Join(t.TempDir(), "a.jpg"), "x")
	seen := map[string]bool{}
	key := func(what string) {
		t.Helper()
		k, err := FileKey(path, what)
		if err != nil {
			t.Fatal(err)
		}
		if seen[k] {
			t.Errorf("%s has a key twice", what)
		}
		seen[k] = true
	}
	key("picture")
	key("sound")
	touch(t, path, "xx")
	key("picture")
	later := time.Now().Add(time.Minute)
	if err := os.Chtimes(path, later, later); err != nil {
		t.Fatal(err)
	}
	key("picture")
	if _, err := FileKey(path+"?", "picture"); err == nil {
		t.Error("a file that is not there has a key")
	}
}
