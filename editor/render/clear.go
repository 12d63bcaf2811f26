package render

import (
	"errors"
	"io/fs"
	"time"
)

// TrimCache removes from the cache in a folder what was not used for longest,
// until no more than limit bytes are left. A render that runs loses nothing: it
// holds what it works with by names of its own.
func TrimCache(dir string, limit int64) error {
	c := &cache{dir: dir, limit: func() int64 { return limit }}
	return c.trim()
}

// ClearCache empties the cache in a folder, and removes the workshops of
// renders that were killed. Renders that run go on.
func ClearCache(dir string) error {
	const justMade = time.Second // its owner may be about to lock it
	c := &cache{dir: dir, limit: usualLimit}
	if err := TrimCache(dir, 0); err != nil {
		return err
	}
	if err := c.sweep(justMade); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
