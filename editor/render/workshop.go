package render

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/gofrs/flock"

	"parley/editor/ffmpeg"
)

const (
	workPrefix = "work-"
	lockName   = "lock"
)

// abandoned is how long a workshop without an owner is left alone: its owner
// may be about to lock it.
const abandoned = 10 * time.Minute

// workshop is the folder in which one film is made. It lies in the cache's
// folder, so that segments can have a name in both, and goes with the job.
type workshop struct {
	dir     string
	lock    *flock.Flock
	writing sync.Mutex
}

// workshop makes a folder, and clears away those whose owner was killed.
func (c *cache) workshop() (*workshop, error) {
	if err := os.MkdirAll(c.dir, 0o700); err != nil {
		return nil, fmt.Errorf("there is no room to work in: %w", err)
	}
	if err := c.sweep(abandoned); err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(c.dir, workPrefix)
	if err != nil {
		return nil, fmt.Errorf("there is no room to work in: %w", err)
	}
	w := &workshop{dir: dir, lock: flock.New(filepath.Join(dir, lockName))}
	if _, err := w.lock.TryLock(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return w, nil
}

// noRoom is a failure to write into the workshop, nil where there is none.
func noRoom(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.ENOSPC):
		return fmt.Errorf("%w: %w", ffmpeg.ErrDiskFull, err)
	}
	return fmt.Errorf("there is no room to work in: %w", err)
}

func (w *workshop) path(name string) string { return filepath.Join(w.dir, name) }

// write writes a text. One that is there already stays as it is: somebody may be
// reading it.
func (w *workshop) write(name, text string) error {
	w.writing.Lock()
	defer w.writing.Unlock()
	if there, err := os.ReadFile(w.path(name)); err == nil && string(there) == text {
		return nil
	}
	return os.WriteFile(w.path(name), []byte(text), 0o600)
}

func (w *workshop) close() error {
	return errors.Join(os.RemoveAll(w.dir), w.lock.Close())
}

// sweep removes the workshops of jobs that were killed, if they are of some age.
func (c *cache) sweep(age time.Duration) error {
	entries, err := os.ReadDir(c.dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !e.IsDir() || !strings.HasPrefix(e.Name(), workPrefix) || time.Since(info.ModTime()) < age {
			continue
		}
		if err := removeUnlocked(filepath.Join(c.dir, e.Name())); err != nil {
			return err
		}
	}
	return nil
}

func removeUnlocked(dir string) error {
	lock := flock.New(filepath.Join(dir, lockName))
	got, err := lock.TryLock()
	if errors.Is(err, fs.ErrNotExist) {
		return nil // another program removed it just now
	}
	if err != nil || !got {
		return err
	}
	return errors.Join(os.RemoveAll(dir), lock.Close())
}
