package store

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"
)

// Cache keeps small things that can be made again (thumbnails, waveforms) in a
// folder of its own. What was not used for longest goes first when it becomes
// too large. It is safe for concurrent use, by several programs too.
type Cache struct {
	Dir   string // made when it is needed
	Limit int64  // bytes, about

	mu   sync.Mutex
	size int64 // of all files, known once counted is set
	seen bool
}

// maxCached is the largest thing that is kept, in bytes.
const maxCached = 64 << 20

// fresh is how old a file's time of use may be before it is set anew.
const fresh = time.Hour

// FileKey names something that is made from a file as it is now; what says
// what it is. A file that changed has other keys.
func FileKey(path, what string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%q %d %d %s", path, info.Size(), info.ModTime().UnixNano(), what), nil
}

func (c *Cache) file(key string) string {
	sum := sha256.Sum256([]byte(key))
	name := hex.EncodeToString(sum[:16])
	return filepath.Join(c.Dir, name[:2], name[2:])
}

// Get returns what is kept under a key.
func (c *Cache) Get(key string) ([]byte, bool) {
	name := c.file(key)
	data, err := ReadBounded(name, maxCached)
	if err != nil {
		return nil, false
	}
	if info, err := os.Stat(name); err == nil && time.Since(info.ModTime()) > fresh {
		now := time.Now()
		_ = os.Chtimes(name, now, now) // it only goes sooner
	}
	return data, true
}

// Put keeps data under a key. An error means that it has to be made again.
func (c *Cache) Put(key string, data []byte) error {
	name := c.file(key)
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	temp, err := os.CreateTemp(filepath.Dir(name), ".new*")
	if err != nil {
		return err
	}
	_, err = temp.Write(data)
	err = errors.Join(err, temp.Close())
	if err == nil {
		err = os.Rename(temp.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(temp.Name()))
	}
	return c.grow(int64(len(data)))
}

func (c *Cache) grow(by int64) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.size += by
	if c.seen && c.size <= c.Limit {
		return nil
	}
	return c.tidy()
}

// kept is a file of the cache.
type kept struct {
	path string
	size int64
	used time.Time
}

// tidy counts what there is, and removes the oldest of it down to four fifths
// of the limit where that is passed.
func (c *Cache) tidy() error {
	files, err := c.files()
	if err != nil {
		return err
	}
	c.size, c.seen = 0, true
	for _, f := range files {
		c.size += f.size
	}
	if c.size <= c.Limit {
		return nil
	}
	slices.SortFunc(files, func(a, b kept) int { return a.used.Compare(b.used) })
	for _, f := range files {
		if c.size <= c.Limit*4/5 {
			return nil
		}
		if err := os.Remove(f.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		c.size -= f.size
	}
	return nil
}

func (c *Cache) files() (files []kept, err error) {
	err = filepath.WalkDir(c.Dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) { // another program tidied
			return nil
		}
		if err == nil {
			files = append(files, kept{path, info.Size(), info.ModTime()})
		}
		return err
	})
	return files, err
}

// Clear removes everything.
func (c *Cache) Clear() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.size = 0
	return os.RemoveAll(c.Dir)
}
