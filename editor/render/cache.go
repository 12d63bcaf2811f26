package render

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"parley/editor"
)

// CacheLimit bounds what a cache holds between renders unless another limit is
// set, in bytes.
const CacheLimit = 4 << 30

// cache keeps segments as files that are named by a hash of all that they are
// made of. A file's time of change is that of its last use.
type cache struct {
	dir   string
	limit func() int64 // bytes, asked whenever it is trimmed
}

func usualLimit() int64 { return CacheLimit }

// key names a step's result: the exact command, the files that it reads as
// they are now, and the ffmpeg that runs it.
func (s sources) key(step editor.Step, version string) string {
	h := sha256.New()
	fmt.Fprintf(h, "parley %d ffmpeg %q before %q args %q", editor.PlanVersion, version, step.Before, step.Args)
	for _, name := range slices.Sorted(maps.Keys(step.Files)) {
		fmt.Fprintf(h, " text %q %q", name, step.Files[name])
	}
	for _, path := range step.Inputs {
		fmt.Fprintf(h, " file %q %d %d", path, s[path].size, s[path].changed)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func (c *cache) path(key, ext string) string { return filepath.Join(c.dir, key+ext) }

// take puts the segment of a key at a path inside the workshop, if there is
// one. A second name keeps it there even if the cache lets go of it. What was at
// the path goes first, whether or not there is one: it may be the cache's own
// under another key, and what is made there next is not to be written into it.
func (c *cache) take(key, to string) bool {
	path := c.path(key, filepath.Ext(to))
	if removeIfThere(to) != nil || os.Link(path, to) != nil {
		return false
	}
	_ = os.Chtimes(path, time.Time{}, time.Now()) // without it, it is let go of earlier
	return true
}

// put keeps a finished file of the workshop under a key.
func (c *cache) put(key, from string) error {
	err := os.Link(from, c.path(key, filepath.Ext(from)))
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	return err
}

// drop forgets a segment that turned out to be unfit.
func (c *cache) drop(key, ext string) error {
	err := os.Remove(c.path(key, ext))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// trim removes what was not used for longest until the rest is within the
// limit.
func (c *cache) trim() error {
	files, total, err := c.list()
	if err != nil {
		return err
	}
	limit := c.limit()
	for _, f := range files {
		if total <= limit {
			break
		}
		if err := os.Remove(filepath.Join(c.dir, f.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		total -= f.Size()
	}
	return nil
}

// list are the segments, the one not used for longest first, and their size
// together.
func (c *cache) list() (files []fs.FileInfo, total int64, err error) {
	entries, err := os.ReadDir(c.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, nil // somebody cleared it away
	}
	if err != nil {
		return nil, 0, err
	}
	for _, e := range entries {
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) || err == nil && !info.Mode().IsRegular() {
			continue
		}
		if err != nil {
			return nil, 0, err
		}
		files = append(files, info)
		total += info.Size()
	}
	slices.SortFunc(files, func(a, b fs.FileInfo) int { return cmp.Compare(a.ModTime().UnixNano(), b.ModTime().UnixNano()) })
	return files, total, nil
}
