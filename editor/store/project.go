package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"parley/editor"
)

// Extension is that of a project file.
const Extension = ".parley"

// maxProject is the largest project file that is read, in bytes.
const maxProject = 64 << 20

// Load reads a project file. The error is fs.ErrNotExist where there is none,
// editor.ErrNewer or editor.ErrProject where it cannot be read.
func Load(path string) (*editor.Project, error) {
	p, _, err := load(path)
	return p, err
}

// load also returns the file's contents.
func load(path string) (*editor.Project, []byte, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, nil, err
	}
	data, err := ReadBounded(path, maxProject)
	if err != nil {
		return nil, nil, fmt.Errorf("the project cannot be opened: %w", err)
	}
	p, err := editor.DecodeProject(data, filepath.Dir(path))
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", path, err)
	}
	return p, data, nil
}

// Save writes a project file. The file is whole or what it was before,
// whatever happens; a new one can be read by its owner alone.
func Save(path string, p *editor.Project) error {
	path, data, err := encode(path, p)
	if err != nil {
		return err
	}
	return write(path, data)
}

// encode returns the absolute path and what is to be written there.
func encode(path string, p *editor.Project) (string, []byte, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", nil, err
	}
	data, err := editor.EncodeProject(p, filepath.Dir(path))
	if err != nil {
		return "", nil, fmt.Errorf("the project cannot be written to %s: %w", path, err)
	}
	return path, data, nil
}

func write(path string, data []byte) error {
	if err := replace(path, data); err != nil {
		return fmt.Errorf("the project cannot be saved to %s; choose another folder: %w", path, err)
	}
	return nil
}

// Write writes a file that is whole or what it was before, whatever happens; a
// new one can be read by its owner alone.
func Write(path string, data []byte) error {
	path, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	if err := replace(path, data); err != nil {
		return fmt.Errorf("%s cannot be written; choose another folder: %w", path, err)
	}
	return nil
}

func replace(path string, data []byte) (err error) {
	temp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(temp.Name()))
		}
	}()
	if err := fill(temp, path, data); err != nil {
		return err
	}
	if err := os.Rename(temp.Name(), path); err != nil {
		return err
	}
	syncDir(filepath.Dir(path))
	return nil
}

func fill(temp *os.File, path string, data []byte) error {
	err := keepMode(temp, path)
	if err == nil {
		_, err = temp.Write(data)
	}
	if err == nil {
		err = temp.Sync()
	}
	return errors.Join(err, temp.Close())
}

// keepMode gives the new file the mode of the one that it replaces.
func keepMode(temp *os.File, path string) error {
	old, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return temp.Chmod(old.Mode().Perm())
}

// syncDir makes a rename last through a loss of power, where the file system
// can. Where it cannot, or the folder may not be read, the file is in its place
// all the same.
func syncDir(dir string) {
	d, err := os.Open(dir)
	if err != nil {
		return
	}
	_, _ = d.Sync(), d.Close()
}
