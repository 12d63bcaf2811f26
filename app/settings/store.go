package settings

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"parley/app/keep"
)

// ErrNewer is returned for a file that a newer Parley wrote.
var ErrNewer = errors.New("the settings were written by a newer Parley")

// ErrDamaged is returned for a file that is no settings file.
var ErrDamaged = errors.New("the settings file is damaged")

// Store keeps Settings in a file. All methods may be called from any goroutine.
type Store struct {
	path string

	mu       sync.Mutex
	now      Settings
	unknown  map[string]json.RawMessage // fields of the file that this program does not know
	watchers keep.Watchers[Settings]
}

// Open reads the settings at path; a file that is not there means defaults.
// With ErrNewer and ErrDamaged (wrapped) the file is left alone.
func Open(path string) (*Store, error) {
	s := &Store{path: path, now: Settings{Version: Version}}
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return nil, fmt.Errorf("the settings cannot be read; check who may read %s: %w", path, err)
	}
	if s.now, s.unknown, err = decode(data); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return s, nil
}

// decode reads a settings file and what it holds beyond the known fields.
func decode(data []byte) (Settings, map[string]json.RawMessage, error) {
	var s Settings
	var head struct {
		Version int `json:"version"`
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return s, nil, fmt.Errorf("%w; mend it or remove it to start afresh: %w", ErrDamaged, err)
	}
	if head.Version > Version {
		return s, nil, fmt.Errorf("%w (form %d, known is %d); update this one, or use another folder with --profile", ErrNewer, head.Version, Version)
	}
	if err := json.Unmarshal(data, &s); err != nil {
		return s, nil, fmt.Errorf("%w; mend it or remove it to start afresh: %w", ErrDamaged, err)
	}
	unknown := map[string]json.RawMessage{}
	if err := json.Unmarshal(data, &unknown); err != nil {
		return s, nil, fmt.Errorf("%w; mend it or remove it to start afresh: %w", ErrDamaged, err)
	}
	for _, name := range fieldNames {
		delete(unknown, name)
	}
	s.Version = Version
	return s, unknown, nil
}

// encode writes the settings together with the unknown fields.
func encode(s Settings, unknown map[string]json.RawMessage) ([]byte, error) {
	known, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	all := map[string]json.RawMessage{}
	for name, value := range unknown {
		all[name] = value
	}
	if err := json.Unmarshal(known, &all); err != nil {
		return nil, err
	}
	data, err := json.MarshalIndent(all, "", "  ")
	return append(data, '\n'), err
}

// Get returns the settings.
func (s *Store) Get() Settings {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

// Change applies f to the settings and saves them. When saving fails the
// change holds until the program ends, and the error says why.
func (s *Store) Change(f func(*Settings)) error {
	s.mu.Lock()
	f(&s.now)
	s.now.Version = Version
	now := s.now
	err := s.save()
	watchers := s.watchers.All()
	s.mu.Unlock()
	for _, w := range watchers {
		w(now)
	}
	if err != nil {
		return fmt.Errorf("the settings could not be saved and hold only until Parley is closed; check the folder %s: %w", filepath.Dir(s.path), err)
	}
	return nil
}

// Watch has f called after each change, from the goroutine that made it.
func (s *Store) Watch(f func(Settings)) (stop func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	remove := s.watchers.Add(f)
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		remove()
	}
}

// save writes the file. s.mu is held.
func (s *Store) save() error {
	data, err := encode(s.now, s.unknown)
	if err != nil {
		return err
	}
	return keep.Replace(s.path, data)
}
