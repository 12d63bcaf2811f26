package store

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"parley/editor"
)

func TestLookingThroughAFolder(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"10.jpg", "2.jpg", "1.JPG", "notes.txt", ".hidden.jpg", "b/5.mp4", "a/x.srt", ".git/y.jpg",
		"call/" + editor.RecordingFile, "call/v.mkv"} {
		touch(t, filepath.Join(dir, name), "x")
	}
	files, err := Look(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range files {
		rel, err := filepath.Rel(dir, f)
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, filepath.ToSlash(rel))
	}
	if want := []string{"1.JPG", "2.jpg", "10.jpg", "call", "a/x.srt", "b/5.mp4"}; !slices.Equal(names, want) {
		t.Errorf("%q, want %q", names, want)
	}
	for _, path := range []string{filepath.Join(dir, "notes.txt"), filepath.Join(dir, "call"), filepath.Join(dir, "none")} {
		if files, err := Look(t.Context(), path); err != nil || !slices.Equal(files, []string{path}) {
			t.Errorf("%s: %q, %v", path, files, err)
		}
	}
	if _, err := Look(t.Context(), filepath.Join(dir, ".git", "..", "a", "..")); err != nil {
		t.Error(err)
	}
	if _, err := Look(t.Context(), t.TempDir()); err == nil || !strings.Contains(err.Error(), "no picture") {
		t.Errorf("an empty folder: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Look(ctx, dir); !errors.Is(err, context.Canceled) {
		t.Errorf("given up: %v", err)
	}
}

func TestNaturalOrder(t *testing.T) {
	want := []string{"", "1", "2", "007", "10", "a", "A1", "a2b", "a2c", "a10", "b"}
	got := []string{"b", "a10", "a2c", "a2b", "10", "A1", "007", "2", "a", "", "1"}
	slices.SortFunc(got, Natural)
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if Natural("a1", "A1") == 0 || Natural("01", "1") == 0 || Natural("x", "x") != 0 {
		t.Error("unlike names are the same")
	}
}

func TestMissingFilesAreFound(t *testing.T) {
	dir := t.TempDir()
	media := func(path string, size int64) editor.Source {
		return editor.Source{Path: path, Media: &editor.Media{Size: size}}
	}
	touch(t, filepath.Join(dir, "old", "a.mp4"), "wrong size")
	right := touch(t, filepath.Join(dir, "z", "A.MP4"), "right")
	touch(t, filepath.Join(dir, ".trash", "b.mp4"), "right")
	call := filepath.Join(dir, "calls", "call")
	touch(t, filepath.Join(call, editor.RecordingFile), strings.Replace(manifest, `"version":1`, `"version":1,"session":"s1"`, 1))
	recording := func(session string) *editor.Recording { return &editor.Recording{Session: session} }
	found, err := Find(t.Context(), dir, []editor.Source{
		media("/gone/a.mp4", 5), media("/gone/b.mp4", 5), {Path: "/gone/call", Recording: recording("s1")},
	})
	if want := map[string]string{"/gone/a.mp4": right, "/gone/call": call}; err != nil || !maps.Equal(found, want) {
		t.Errorf("found %v (%v), want %v", found, err, want)
	}
	found, err = Find(t.Context(), dir, []editor.Source{{Path: "/gone/call", Recording: recording("s2")}, {Path: "/x/old"}})
	if err != nil || len(found) > 0 {
		t.Errorf("found %v (%v)", found, err)
	}
	if _, err := Find(t.Context(), filepath.Join(dir, "none"), nil); err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}

func TestRecentProjects(t *testing.T) {
	dir := t.TempDir()
	r := Recent{filepath.Join(dir, "new", "recent.json")}
	if len(r.List()) > 0 {
		t.Error("there are projects that nobody opened")
	}
	var paths []string
	for i := range maxRecent + 3 {
		path := touch(t, filepath.Join(dir, strings.Repeat("x", i+1)+Extension), "")
		paths = append([]string{path}, paths...)
		if err := r.Add(path); err != nil {
			t.Fatal(err)
		}
	}
	if got := r.List(); !slices.Equal(got, paths[:maxRecent]) {
		t.Errorf("%q, want %q", got, paths[:maxRecent])
	}
	if err := r.Add(paths[4]); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(paths[0]); err != nil {
		t.Fatal(err)
	}
	if got := r.List(); len(got) != maxRecent-1 || got[0] != paths[4] || got[1] != paths[1] {
		t.Errorf("%q", got)
	}
	touch(t, r.Path, "{")
	if len(r.List()) > 0 {
		t.Error("a broken list names projects")
	}
	if first, err := Fresh(dir, "Film"); err != nil || filepath.Base(first) != "Film.parley" {
		t.Errorf("%s, %v", first, err)
	}
	touch(t, filepath.Join(dir, "Film.parley"), "")
	if second, err := Fresh(dir, "Film"); err != nil || filepath.Base(second) != "Film 2.parley" {
		t.Errorf("%s, %v", second, err)
	}
}
