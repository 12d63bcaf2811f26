package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"parley/editor"
)

// proberFunc answers for a file in place of ffprobe.
type proberFunc func(path string) (*editor.Media, error)

func (f proberFunc) Probe(_ context.Context, path string) (*editor.Media, error) { return f(path) }

func fourSeconds(path string) (*editor.Media, error) {
	return &editor.Media{Path: path, Duration: editor.Rational(4, 1), Still: filepath.Ext(path) == ".jpg"}, nil
}

func touch(t *testing.T, path, text string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestSaveAndLoad(t *testing.T) {
	dir := t.TempDir()
	p, err := Join(t.Context(), proberFunc(fourSeconds), touch(t, filepath.Join(dir, "a.mp4"), "x"), touch(t, filepath.Join(dir, "b.jpg"), "x"))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "film.parley")
	if err := Save(path, p); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("a project is for its owner alone: %v, %v", info.Mode(), err)
	}
	if err := os.Chmod(path, 0o640); err != nil {
		t.Fatal(err)
	}
	if err := Save(path, p); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("saving again keeps the mode: %v, %v", info.Mode(), err)
	}
	again, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if again.Timeline.Duration() != editor.Rational(9, 1) || again.Timeline.Clip(0).Source != filepath.Join(dir, "a.mp4") {
		t.Errorf("loaded %v", again.Timeline.Clips())
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 3 {
		t.Errorf("saving leaves something behind: %v, %v", entries, err)
	}
}

func TestSaveFails(t *testing.T) {
	dir := t.TempDir()
	path := touch(t, filepath.Join(dir, "folder.parley", "x"), "")
	before, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := Save(filepath.Dir(path), &editor.Project{}); err == nil {
		t.Error("a folder was saved over")
	}
	after, err := os.ReadDir(dir)
	if err != nil || len(after) != len(before) {
		t.Errorf("a failed save leaves something behind: %v, %v", after, err)
	}
	if _, err := Load(filepath.Join(dir, "none.parley")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a project that is not there: %v", err)
	}
	if _, err := Load(touch(t, filepath.Join(dir, "new.parley"), `{"format":"parley-project","version":99}`)); !errors.Is(err, editor.ErrNewer) {
		t.Errorf("a newer project: %v", err)
	}
}

const manifest = `{"format":"parley-recording","version":1,"me":"Ann","them":"Bob","tracks":[
	{"id":"v","who":"me","kind":"video","file":"v.mkv"},{"id":"a","who":"them","kind":"audio","file":"a.mkv"}]}`

func TestImportRecording(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "call")
	touch(t, filepath.Join(dir, editor.RecordingFile), manifest)
	touch(t, filepath.Join(dir, "v.mkv"), "x")
	for _, path := range []string{dir, filepath.Join(dir, editor.RecordingFile)} {
		s, err := Import(t.Context(), proberFunc(fourSeconds), path)
		if err != nil {
			t.Fatal(err)
		}
		if s.Kind() != editor.RecordingClip || s.Path != dir || len(s.Tracks) != 1 || s.Length() != editor.Rational(4, 1) {
			t.Errorf("imported %+v", s)
		}
	}
}

func TestImportRefuses(t *testing.T) {
	dir := t.TempDir()
	secret := touch(t, filepath.Join(dir, "secret"), "x")
	linked := filepath.Join(dir, "linked")
	touch(t, filepath.Join(linked, editor.RecordingFile), manifest)
	for _, name := range []string{"v.mkv", "a.mkv"} {
		if err := os.Symlink(secret, filepath.Join(linked, name)); err != nil {
			t.Fatal(err)
		}
	}
	never := proberFunc(func(path string) (*editor.Media, error) {
		t.Errorf("%s was opened", path)
		return nil, errors.New("opened")
	})
	for _, path := range []string{linked, dir, filepath.Dir(touch(t, filepath.Join(dir, "bad", editor.RecordingFile), "{"))} {
		if _, err := Import(t.Context(), never, path); !errors.Is(err, editor.ErrRecording) {
			t.Errorf("%s: %v", path, err)
		}
	}
	if _, err := Import(t.Context(), never, filepath.Join(dir, "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
}
