package people

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/gofrs/flock"

	"parley/app/keep"
	"parley/call"
)

// Store keeps a Book in a file. All methods may be called from any goroutine.
type Store struct {
	path string

	mu       sync.Mutex
	now      Book
	unknown  map[string]json.RawMessage
	read     os.FileInfo // of the file that now was read from or written to; nil: none
	watchers keep.Watchers[Book]
}

// Open reads the book at path; a file that is not there means an empty one.
// With ErrNewer and ErrDamaged (wrapped) the file is left alone.
func Open(path string) (*Store, error) {
	s := &Store{path: path, now: Book{Version: Version}}
	return s, s.refresh()
}

// refresh reads the file where somebody else has written it. s.mu is held, or
// nobody has s yet.
func (s *Store) refresh() error {
	info, err := os.Stat(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil && s.read != nil && os.SameFile(info, s.read) && info.ModTime().Equal(s.read.ModTime()) && info.Size() == s.read.Size() {
		return nil
	}
	data, err := os.ReadFile(s.path)
	if err != nil {
		return fmt.Errorf("the contacts cannot be read; check who may read %s: %w", s.path, err)
	}
	b, unknown, err := decode(data)
	if err != nil {
		return fmt.Errorf("%s: %w", s.path, err)
	}
	s.now, s.unknown, s.read = b, unknown, info
	return nil
}

// Get returns a copy of the book.
func (s *Store) Get() Book {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.look()
	return s.now.clone()
}

// look takes over what another Parley wrote. Where that cannot be read the
// book stays as it was, and the next change tells. s.mu is held.
func (s *Store) look() { _ = s.refresh() }

// Change applies f to the book and saves it. An error of f changes nothing;
// where saving fails the change holds until the program ends.
func (s *Store) Change(f func(*Book) error) error {
	s.mu.Lock()
	changed, err := s.change(f)
	now := s.now.clone()
	watchers := s.watchers.All()
	s.mu.Unlock()
	if changed {
		for _, w := range watchers {
			w(now)
		}
	}
	return err
}

// change holds the file while it is read and written: two Parleys may share a
// profile. s.mu is held.
func (s *Store) change(f func(*Book) error) (changed bool, err error) {
	unlock, locked := s.lock()
	defer unlock()
	if err := s.refresh(); err != nil {
		return false, err
	}
	next := s.now.clone()
	if err := f(&next); err != nil {
		return false, err
	}
	s.now = next
	if err := errors.Join(locked, s.save()); err != nil {
		return true, fmt.Errorf("the contacts could not be saved and hold only until Parley is closed; check the folder %s: %w", filepath.Dir(s.path), err)
	}
	return true, nil
}

func (s *Store) lock() (unlock func(), err error) {
	if err := os.MkdirAll(filepath.Dir(s.path), 0o700); err != nil {
		return func() {}, err
	}
	l := flock.New(s.path+".lock", flock.SetPermissions(0o600))
	if err := l.Lock(); err != nil {
		return func() {}, err
	}
	return func() { _ = l.Unlock() }, nil // ends with the file at the latest
}

// save writes the file. s.mu is held.
func (s *Store) save() error {
	data, err := encode(s.now, s.unknown)
	if err == nil {
		err = keep.Replace(s.path, data)
	}
	if err == nil {
		s.read, err = os.Stat(s.path)
	}
	return err
}

// Watch has f called with the book after each change of this program's, from
// the goroutine that made it.
func (s *Store) Watch(f func(Book)) (stop func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	remove := s.watchers.Add(f)
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		remove()
	}
}

// Standing and Admits ask the book as it is now: hand them to call.Policy.
func (s *Store) Standing(c call.Caller) call.Standing {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.look()
	return s.now.Standing(c)
}

// Admits says whether a call that comes in may ring.
func (s *Store) Admits(c call.Caller) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.look()
	return s.now.Admits(c)
}
