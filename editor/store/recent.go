package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// Recent is the list of projects that were open last, in a file of its own.
type Recent struct {
	Path string // of the file; its folder is made when it is needed
}

// maxRecent is how many projects are remembered.
const maxRecent = 12

// List is the projects that are still there, the last one first. A list that
// cannot be read is empty.
func (r Recent) List() []string {
	var there []string
	for _, path := range r.read() {
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			there = append(there, path)
		}
	}
	return there
}

func (r Recent) read() []string {
	data, err := ReadBounded(r.Path, 1<<20)
	if err != nil {
		return nil
	}
	var paths []string
	if err := json.Unmarshal(data, &paths); err != nil {
		return nil
	}
	return paths[:min(len(paths), maxRecent)]
}

// Add puts a project at the list's beginning.
func (r Recent) Add(path string) error {
	path, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	paths := slices.DeleteFunc(r.read(), func(p string) bool { return p == path })
	paths = slices.Insert(paths, 0, path)
	data, err := json.MarshalIndent(paths[:min(len(paths), maxRecent)], "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(r.Path), 0o700); err != nil {
		return fmt.Errorf("the list of projects cannot be kept: %w", err)
	}
	return replace(r.Path, append(data, '\n'))
}

// Fresh is a path in a folder that no project has yet: "Film.parley", then
// "Film 2.parley".
func Fresh(folder, name string) (string, error) {
	for n := 1; n < 10000; n++ {
		path := filepath.Join(folder, name+Extension)
		if n > 1 {
			path = filepath.Join(folder, fmt.Sprintf("%s %d%s", name, n, Extension))
		}
		if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
			return path, nil
		}
	}
	return "", fmt.Errorf("there are too many projects called %s in %s", name, folder)
}
