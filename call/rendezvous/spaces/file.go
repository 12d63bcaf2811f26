package spaces

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// version is that of the file's form.
const version = 1

type content struct {
	Version int      `json:"version"`
	Spaces  []record `json:"spaces"`
}

// decode reads the file's text and checks it.
func decode(data []byte) ([]record, error) {
	var c content
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields() // a misspelt quota must not be no quota
	if err := d.Decode(&c); err != nil {
		return nil, err
	}
	if c.Version != version {
		return nil, fmt.Errorf("it has version %d, and this program knows %d", c.Version, version)
	}
	seen := map[string]bool{}
	for _, r := range c.Spaces {
		if err := r.check(); err != nil {
			return nil, err
		}
		if seen[r.Name] {
			return nil, fmt.Errorf("%s is there twice", r.Name)
		}
		seen[r.Name] = true
	}
	return c.Spaces, nil
}

// read returns the spaces of a file; none where there is no file.
func read(path string) ([]record, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("the spaces cannot be read: %w", err)
	}
	all, err := decode(data)
	if err != nil {
		return nil, fmt.Errorf("%s is damaged; mend or remove it: %w", path, err)
	}
	return all, nil
}

// write replaces the file as a whole, readable by its owner alone.
func write(path string, all []record) (err error) {
	data, err := json.MarshalIndent(content{version, all}, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("the folder for the spaces cannot be made: %w", err)
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".spaces-*") // 0600
	if err != nil {
		return fmt.Errorf("the spaces cannot be kept: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("the spaces cannot be kept: %w", err), os.Remove(f.Name()))
		}
	}()
	_, err = f.Write(append(data, '\n'))
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
