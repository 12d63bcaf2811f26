package filestore

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// leave keeps a part of a file, as a call that was cut does.
func leave(t *testing.T, s *Store, dir, key, text string, size int64) {
	t.Helper()
	p, err := s.Create(dir, "a.txt", key, size)
	if err != nil {
		t.Fatal(err)
	}
	write(t, p, text)
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
}

// Only what is still to come needs room, and what there is outlives a full disk.
func TestRoomIsForTheRest(t *testing.T) {
	var room int64 = reserveBytes + 10
	s, dir := &Store{Free: func(string) int64 { return room }}, t.TempDir()
	leave(t, s, dir, key, "01234", 10)
	room = reserveBytes + 4
	if _, err := s.Create(dir, "a.txt", key, 10); err == nil {
		t.Error("it would not fit")
	}
	room = reserveBytes + 5
	p, err := s.Create(dir, "a.txt", key, 10)
	if err != nil || p.Have() != 5 || p.Discard() != nil {
		t.Errorf("the rest fits: %v", err)
	}
}

// A part that is longer than the file, as of another one, leaves nothing behind.
func TestAPartIsNoLongerThanItsFile(t *testing.T) {
	s, dir := New(), t.TempDir()
	leave(t, s, dir, key, "0123456789", 10)
	p, err := s.Create(dir, "a.txt", key, 4)
	if err != nil || p.Have() != 4 {
		t.Fatal(err)
	}
	path, err := p.Finish()
	if err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(path); err != nil || string(data) != "0123" {
		t.Errorf("%q, %v", data, err)
	}
}

// Two files of one name are not made of each other.
func TestPartsOfOneNameAreTold(t *testing.T) {
	s, dir := New(), t.TempDir()
	leave(t, s, dir, key, "01234", 10)
	p, err := s.Create(dir, "a.txt", strings.Repeat("f", 64), 10)
	if err != nil || p.Have() != 0 || p.Discard() != nil {
		t.Errorf("it goes on with another file: %v", err)
	}
}

// A folder whose name means more to a pattern is swept as any other, and what is
// no file in it stays.
func TestSweepingTakesNamesAsTheyAre(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "[a]*")
	old := time.Now().Add(-2 * staleAfter)
	folder, file := filepath.Join(dir, ".folder"+partEnding), filepath.Join(dir, ".file"+partEnding)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{folder, file} {
		if err := os.Chtimes(path, old, old); err != nil {
			t.Fatal(err)
		}
	}
	New().sweep(dir)
	if _, err := os.Stat(file); !os.IsNotExist(err) {
		t.Errorf("the old part: %v", err)
	}
	if _, err := os.Stat(folder); err != nil {
		t.Errorf("the folder: %v", err)
	}
}

// A part that was given up, or could not begin, does not stand in the way of
// the next try; what is made for it is for its owner alone.
func TestATryAgainIsNotInItsOwnWay(t *testing.T) {
	var room int64
	s, dir := &Store{Free: func(string) int64 { return room }}, filepath.Join(t.TempDir(), "new")
	if _, err := s.Create(dir, "a.txt", key, 10); err == nil {
		t.Fatal("there was no room")
	}
	room = -1 // not known
	for range 2 {
		p, err := s.Create(dir, "a.txt", key, 10)
		if err != nil || p.Discard() != nil {
			t.Errorf("%v", err)
		}
	}
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}
