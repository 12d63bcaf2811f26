package wire

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"parley/app/settings"
	"parley/editor/render"
)

// Cache is the folder of what can be made again: parts of films, small
// pictures.
type Cache struct {
	dir      string
	segments string
}

// NewCache is the cache in the folders.
func NewCache(folders settings.Folders) Cache {
	return Cache{folders.Cache, filepath.Join(folders.Cache, "segments")}
}

// Size is how many bytes it takes.
func (c Cache) Size() (total int64, err error) {
	err = c.walk(func(_ string, info fs.FileInfo) error {
		total += info.Size()
		return nil
	})
	return total, err
}

// Trim has no more than limit bytes of parts of films be kept.
func (c Cache) Trim(limit int64) error { return render.TrimCache(c.segments, limit) }

// Clear empties it. What is being worked with stays.
func (c Cache) Clear() error {
	err := render.ClearCache(c.segments)
	return errors.Join(err, c.walk(func(path string, info fs.FileInfo) error {
		if isBelow(path, c.segments) || time.Since(info.ModTime()) < time.Minute {
			return nil
		}
		return gone(os.Remove(path))
	}))
}

// walk goes through all files that are there.
func (c Cache) walk(do func(path string, info fs.FileInfo) error) error {
	return filepath.WalkDir(c.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return gone(err)
		}
		info, err := d.Info()
		if err != nil {
			return gone(err)
		}
		return do(path, info)
	})
}

// gone is no error: others tidy up as well.
func gone(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func isBelow(path, dir string) bool {
	rel, err := filepath.Rel(dir, path)
	return err == nil && filepath.IsLocal(rel)
}
