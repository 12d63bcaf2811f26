package editui

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"parley/editor"
)

// saveDelay is how long an edit may wait for others before all of them are
// saved.
const saveDelay = 300 * time.Millisecond

// saver saves the newest state of a project. It owns one goroutine, so that a
// slow disk never holds up the window.
type saver struct {
	store Store
	path  string
	tell  func(error) // called from the saver's goroutine

	kick  chan struct{}
	asked chan chan error // to save at once, and say what came of it
	stop  chan struct{}
	end   chan struct{}
	once  sync.Once

	mu      sync.Mutex
	pending *saving
	aside   bool  // the file at path could not be read: keep it under another name
	last    error // of the newest attempt
}

// saving is what is to be saved.
type saving struct {
	project *editor.Project
	past    editor.Past
}

func newSaver(store Store, path string, aside bool, tell func(error)) *saver {
	s := &saver{
		store: store, path: path, tell: tell, aside: aside,
		kick: make(chan struct{}, 1), asked: make(chan chan error), stop: make(chan struct{}), end: make(chan struct{}),
	}
	go s.run()
	return s
}

// put has p saved soon; whatever waited is outdated by it.
func (s *saver) put(p saving) {
	s.mu.Lock()
	s.pending = &p
	s.mu.Unlock()
	select {
	case s.kick <- struct{}{}:
	default:
	}
}

// close saves what waits, ends the goroutine and returns why the newest state
// is not on the disk, if it is not.
func (s *saver) close() error {
	s.once.Do(func() { close(s.stop) })
	<-s.end
	return s.outcome()
}

// flush saves what waits now, and returns why the newest state is not on the
// disk, if it is not.
func (s *saver) flush() error {
	answer := make(chan error, 1)
	select {
	case s.asked <- answer:
		return <-answer
	case <-s.end:
		return s.outcome()
	}
}

// forget gives up what could not be saved.
func (s *saver) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pending, s.last = nil, nil
}

func (s *saver) outcome() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.last
}

func (s *saver) run() {
	defer close(s.end)
	for {
		select {
		case <-s.kick:
			s.linger()
		case answer := <-s.asked:
			s.save()
			answer <- s.outcome()
		case <-s.stop:
			s.save()
			return
		}
	}
}

// linger lets more edits come before it saves, unless somebody waits for them.
func (s *saver) linger() {
	select {
	case <-time.After(saveDelay):
		s.save()
	case answer := <-s.asked:
		s.save()
		answer <- s.outcome()
	case <-s.stop: // which saves
	}
}

func (s *saver) save() {
	s.mu.Lock()
	p := s.pending
	s.pending = nil
	s.mu.Unlock()
	if p == nil {
		return
	}
	err := s.write(p)
	s.mu.Lock()
	s.last = err
	if err != nil && s.pending == nil {
		s.pending = p // so that close tries once more
	}
	s.mu.Unlock()
	if err != nil {
		s.tell(err)
	}
}

func (s *saver) write(p *saving) error {
	if err := os.MkdirAll(filepath.Dir(s.path), 0o700); err != nil {
		return fmt.Errorf("the project cannot be saved; its folder cannot be made: %w", err)
	}
	if s.aside {
		if _, err := setAside(s.path); err != nil {
			return err
		}
		s.aside = false
	}
	return s.store.Save(s.path, p.project, p.past)
}

// setAside gives a file that cannot be read another name, so that saving does
// not destroy it. No file is as good as one that was set aside.
func setAside(path string) (string, error) {
	ext := filepath.Ext(path)
	for n := 1; ; n++ {
		name := fmt.Sprintf("%s (unread %d)%s", strings.TrimSuffix(path, ext), n, ext)
		_, err := os.Lstat(name)
		if err == nil {
			continue
		}
		err = os.Rename(path, name)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return "", fmt.Errorf("the project that could not be read cannot be set aside, so nothing is saved: %w", err)
		}
		return name, nil
	}
}
