package render

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

const (
	partPrefix = ".parley-"
	partSuffix = ".part"
)

// outfile is the film while it has no name yet: a file beside the target.
type outfile struct {
	target string
	temp   string
	done   bool
}

// newOutfile makes the temporary file, so that a folder that cannot be
// written is known before any work is done.
func newOutfile(target string) (*outfile, error) {
	dir := filepath.Dir(target)
	sweepParts(dir)
	o := &outfile{target: target, temp: filepath.Join(dir, partPrefix+rand.Text()+partSuffix)}
	f, err := os.OpenFile(o.temp, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o666)
	if err != nil {
		return nil, fmt.Errorf("nothing can be written into the folder %s; choose another one: %w", dir, err)
	}
	return o, f.Close()
}

// commit makes sure that the film is on the disk, and only then gives it its
// name.
func (o *outfile) commit() error {
	if err := syncFile(o.temp); err != nil {
		return fmt.Errorf("the film could not be stored on its disk: %w", err)
	}
	if err := os.Rename(o.temp, o.target); err != nil {
		return fmt.Errorf("the film could not be given its name: %w", err)
	}
	o.done = true
	_ = syncFile(filepath.Dir(o.target)) // not every file system can; the film has its name all the same
	return nil
}

// discard removes what has no name yet.
func (o *outfile) discard() error {
	if o.done {
		return nil
	}
	if err := os.Remove(o.temp); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func (o *outfile) size() (int64, error) {
	info, err := os.Stat(o.target)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// sweepParts removes what renders that were killed left in a folder more than
// a day ago. It is a courtesy: what cannot be removed stays.
func sweepParts(dir string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), partPrefix) || !strings.HasSuffix(e.Name(), partSuffix) {
			continue
		}
		info, err := e.Info()
		if err == nil && info.Mode().IsRegular() && time.Since(info.ModTime()) > 24*time.Hour {
			_ = os.Remove(filepath.Join(dir, e.Name())) // see above
		}
	}
}

func syncFile(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
