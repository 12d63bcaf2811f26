package site

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// replaceable says why a folder cannot be made: something of somebody's is in
// it.
func replaceable(dir string) error {
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist), err == nil && len(entries) == 0:
		return nil
	case err != nil:
		return fmt.Errorf("%w: %w; choose another folder", ErrSite, err)
	}
	if _, err := readMetadata(dir); err != nil {
		return fmt.Errorf("%w: %s holds other files, which are left as they are; choose a new folder", ErrSite, dir)
	}
	return nil
}

// swap moves what is in the folder work into dir, over what was exported there
// before; anything else in dir stays. The metadata goes first and comes last,
// so that a folder which was left in between does not pass for whole.
func swap(work, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("%w: %w; choose another folder", ErrSite, err)
	}
	if err := remove(filepath.Join(dir, MetadataName)); err != nil {
		return err
	}
	names := []string{PageName, MetadataName}
	for _, t := range types {
		names = slices.Insert(names, 0, t.name)
	}
	for _, name := range names {
		err := os.Rename(filepath.Join(work, name), filepath.Join(dir, name))
		if errors.Is(err, fs.ErrNotExist) { // a film without subtitles, say
			err = remove(filepath.Join(dir, name))
		}
		if err != nil {
			return fmt.Errorf("%w: %w", ErrSite, err)
		}
	}
	return nil
}

func remove(path string) error {
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
