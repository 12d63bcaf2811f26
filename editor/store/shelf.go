package store

import (
	"errors"
	"fmt"
	"path/filepath"
	"sync"

	"parley/editor"
)

// Shelf keeps projects, each with what can be undone in it: a file beside it
// to which every edit is added (HistoryExtension). Its zero value is ready; it
// is safe for concurrent use.
type Shelf struct {
	mu   sync.Mutex
	logs map[string]*log // by the project's path
}

// Open reads a project as Load does, with its history. A history that is
// another project's or damaged is none.
func (s *Shelf) Open(path string) (*editor.Project, editor.Past, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p, data, err := load(path)
	if err != nil {
		return nil, editor.Past{}, err
	}
	l, err := s.log(path)
	if err != nil {
		return nil, editor.Past{}, err
	}
	return p, l.read(data), nil
}

// Save writes a project as store.Save does, and what was added to its history
// since it was saved or opened last.
func (s *Shelf) Save(path string, p *editor.Project, past editor.Past) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	path, data, err := encode(path, p)
	if err != nil {
		return err
	}
	l, err := s.log(path)
	if err != nil {
		return err
	}
	// The history first: it then knows the project whichever of the two a
	// crash leaves behind.
	kept := l.add(past, data)
	if err := write(path, data); err != nil {
		return errors.Join(err, kept)
	}
	if kept != nil {
		return fmt.Errorf("the project is saved, but not what can be undone in it: %w", kept)
	}
	return nil
}

func (s *Shelf) log(path string) (*log, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if s.logs == nil {
		s.logs = map[string]*log{}
	}
	if s.logs[path] == nil {
		s.logs[path] = &log{path: path + HistoryExtension, dir: filepath.Dir(path)}
	}
	return s.logs[path], nil
}
