package editui

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"parley/editor"
)

func projectOf(t *testing.T, seconds int64) *editor.Project {
	t.Helper()
	p := brought(t, "/a.jpg")
	p.SetDuration("c1", editor.Rational(seconds, 1))
	return p.Project()
}

func TestEditsAreSavedSoonAndTogether(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "film.parley")
	synctest.Test(t, func(t *testing.T) {
		store := &fakeStore{}
		s := newSaver(store, path, false, func(err error) { t.Error(err) })
		for i := range int64(5) {
			s.put(saving{project: projectOf(t, i+1)})
			time.Sleep(40 * time.Millisecond)
		}
		synctest.Wait()
		if store.saved() != 0 {
			t.Error("every edit is saved on its own")
		}
		time.Sleep(300 * time.Millisecond)
		synctest.Wait()
		if p := store.at(path); store.saved() != 1 || p == nil || p.Timeline.Clip(0).Duration != editor.Rational(5, 1) {
			t.Errorf("%d saves, the last %v; half a second after the first edit", store.saved(), p)
		}
		s.put(saving{project: projectOf(t, 9)})
		if err := s.close(); err != nil {
			t.Error(err)
		}
		if p := store.at(path); p.Timeline.Clip(0).Duration != editor.Rational(9, 1) {
			t.Error("what was edited last is lost when the program ends")
		}
		if err := s.close(); err != nil || store.saved() != 2 {
			t.Error("closing twice does something")
		}
	})
}

func TestAFailedSaveIsToldAndTriedAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "film.parley")
	synctest.Test(t, func(t *testing.T) {
		store := &fakeStore{save: errors.New("the disk is full")}
		var told []error
		s := newSaver(store, path, false, func(err error) { told = append(told, err) })
		s.put(saving{project: projectOf(t, 3)})
		time.Sleep(time.Second)
		synctest.Wait()
		if len(told) != 1 {
			t.Errorf("told %v", told)
		}
		store.mu.Lock()
		store.save = nil
		store.mu.Unlock()
		if err := s.close(); err != nil || store.at(path) == nil {
			t.Errorf("nothing is saved at the end: %v", err)
		}
	})
}

func TestWhoWaitsHasItSavedAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "film.parley")
	synctest.Test(t, func(t *testing.T) {
		store, full, began := &fakeStore{}, errors.New("the disk is full"), time.Now()
		s := newSaver(store, path, false, func(error) {})
		if err := s.flush(); err != nil || store.saved() != 0 {
			t.Errorf("nothing waits, and it says %v", err)
		}
		s.put(saving{project: projectOf(t, 3)})
		if err := s.flush(); err != nil || store.at(path) == nil {
			t.Errorf("it is not there: %v", err)
		}
		store.mu.Lock()
		store.save = full
		store.mu.Unlock()
		s.put(saving{project: projectOf(t, 4)})
		synctest.Wait() // it lingers
		for range 2 {
			if err := s.flush(); !errors.Is(err, full) {
				t.Errorf("it says %v", err)
			}
		}
		s.forget()
		if err := s.flush(); err != nil {
			t.Errorf("what was given up is tried again: %v", err)
		}
		if time.Since(began) != 0 {
			t.Errorf("it took %v", time.Since(began))
		}
		s.put(saving{project: projectOf(t, 5)})
		if err := s.close(); !errors.Is(err, full) || !errors.Is(s.flush(), full) {
			t.Errorf("at the end it says %v", err)
		}
	})
}

func TestAProjectThatCannotBeReadIsNotOverwritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "film.parley")
	if err := os.WriteFile(path, []byte("from the future"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := newSaver(&fakeStore{}, path, true, func(err error) { t.Error(err) })
	s.put(saving{project: projectOf(t, 3)})
	if err := s.close(); err != nil {
		t.Fatal(err)
	}
	kept, err := os.ReadFile(filepath.Join(filepath.Dir(path), "film (unread 1).parley"))
	if err != nil || string(kept) != "from the future" {
		t.Errorf("%q, %v", kept, err)
	}
}
