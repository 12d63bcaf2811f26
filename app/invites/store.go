package invites

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"parley/app/keep"
)

// Store is the file of the links. All methods may be called from any goroutine,
// and several programs may have the same file.
type Store struct {
	path string
	mu   sync.Mutex
}

// file is its form.
type file struct {
	Version int      `json:"version"`
	Links   []Invite `json:"links"`
}

const version = 1

// ErrFile is wrapped where the file cannot be used; it is left as it is then.
var ErrFile = errors.New("the file of links cannot be used")

// At is the store at a path, whose file need not exist yet.
func At(path string) *Store { return &Store{path: path} }

// Path is the file in the folder of a person's data.
func Path(data string) string { return filepath.Join(data, "links.json") }

// List is what is there, the newest first.
func (s *Store) List() ([]Invite, error) {
	data, err := os.ReadFile(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("%w; check who may read it: %w", ErrFile, err)
	}
	return decode(data, s.path)
}

func decode(data []byte, path string) ([]Invite, error) {
	var f file
	if err := json.Unmarshal(data, &f); err != nil {
		return nil, fmt.Errorf("%w: %s is damaged; remove it to start afresh: %w", ErrFile, path, err)
	}
	if f.Version > version {
		return nil, fmt.Errorf("%w: %s was written by a newer Parley; update this one", ErrFile, path)
	}
	for _, i := range f.Links {
		if err := i.check(); err != nil {
			return nil, fmt.Errorf("%w: %s is damaged; remove it to start afresh: %w", ErrFile, path, err)
		}
	}
	return f.Links, nil
}

// Add keeps a link.
func (s *Store) Add(i Invite) error {
	return s.change(func(all []Invite) []Invite { return slices.Insert(all, 0, i) })
}

// Remove forgets those with these IDs; one that is not there is no error.
func (s *Store) Remove(ids ...string) error {
	return s.change(func(all []Invite) []Invite {
		return slices.DeleteFunc(all, func(i Invite) bool { return slices.Contains(ids, i.ID) })
	})
}

// change rewrites the file, alone among programs.
func (s *Store) change(f func([]Invite) []Invite) (err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := os.MkdirAll(filepath.Dir(s.path), 0o700); err != nil {
		return fmt.Errorf("%w: %w", ErrFile, err)
	}
	lock := flock.New(s.path+".lock", flock.SetPermissions(0o600))
	if err := lock.Lock(); err != nil {
		return fmt.Errorf("%w: %w", ErrFile, err)
	}
	defer func() { err = errors.Join(err, lock.Unlock()) }()
	all, err := s.List()
	if err != nil {
		return err
	}
	if err := s.save(f(all)); err != nil {
		return fmt.Errorf("%w; check that there is room in its folder: %w", ErrFile, err)
	}
	return nil
}

func (s *Store) save(all []Invite) error {
	data, err := json.MarshalIndent(file{version, all}, "", "  ")
	if err != nil {
		return err
	}
	return keep.Replace(s.path, append(data, '\n'))
}

// changed is when the file was last written; zero where there is none.
func (s *Store) changed() time.Time {
	info, err := os.Stat(s.path)
	if err != nil {
		return time.Time{}
	}
	return info.ModTime()
}
