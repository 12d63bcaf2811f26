package store

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"parley/editor"
)

// maxFindFiles bounds how many files are looked at for those that are missing.
const maxFindFiles = 200000

// Find looks below a folder for sources that are no longer where they were,
// and returns where each that it found is now, by its old path. A file is the
// same that has the name, and the size where that is known; a recording that
// has the same session.
func Find(ctx context.Context, folder string, missing []editor.Source) (map[string]string, error) {
	wanted := map[string][]editor.Source{} // by name, in small letters
	for _, s := range missing {
		name := strings.ToLower(filepath.Base(s.Path))
		wanted[name] = append(wanted[name], s)
	}
	found := map[string]string{}
	seen := 0
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		seen++
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case len(found) == len(missing) || seen > maxFindFiles:
			return filepath.SkipAll
		case err != nil && d != nil && d.IsDir() && path != folder: // one that is not to be read hides no other
			return filepath.SkipDir
		case err != nil:
			return err
		case d.IsDir() && strings.HasPrefix(d.Name(), ".") && path != folder:
			return filepath.SkipDir
		}
		for _, s := range wanted[strings.ToLower(d.Name())] {
			if _, already := found[s.Path]; !already && same(s, path, d) {
				found[s.Path] = path
			}
		}
		return nil
	})
	return found, err
}

// same tells whether what is at a path is the source that is missing.
func same(s editor.Source, path string, d fs.DirEntry) bool {
	if s.Recording != nil {
		r, err := ReadRecording(path)
		return d.IsDir() && err == nil && r.Session == s.Recording.Session
	}
	if d.IsDir() {
		return false
	}
	info, err := os.Stat(path) // of what a link leads to
	return err == nil && info.Mode().IsRegular() && (s.Media == nil || s.Media.Size == 0 || s.Media.Size == info.Size())
}
