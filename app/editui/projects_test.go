package editui

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"parley/editor"
)

// fakeProjects remembers what was opened.
type fakeProjects struct {
	opened chan string
	fresh  string
}

func (f *fakeProjects) Recent() []string           { return []string{"/films/one.parley", "/films/two.parley"} }
func (f *fakeProjects) Opened(path string) error   { f.opened <- path; return nil }
func (f *fakeProjects) Fresh() (string, error)     { return f.fresh, nil }
func (f *fakeProjects) Folder() (dir, name string) { return "/films", "My film.parley" }

func withProjects(t *testing.T, store *fakeStore) (*studio, *fakeProjects) {
	s := newStudio(t, store, nil)
	f := &fakeProjects{opened: make(chan string, 9), fresh: filepath.Join(s.deps.FilmFolder, "new.parley")}
	s.deps.Projects = f
	return s, f
}

func TestAnotherProjectIsOpened(t *testing.T) {
	other := brought(t, "/x.jpg")
	store := &fakeStore{files: map[string]*editor.Project{}, pasts: map[string]editor.Past{}}
	s, f := withProjects(t, store)
	path := filepath.Join(s.deps.FilmFolder, "other.parley")
	store.files[path], store.pasts[path] = other.Project(), other.Past()
	s.Dropped(fyne.Position{}, uris("/a.jpg"))
	s.becomes(t, "*a.jpg 5")
	s.Dropped(fyne.Position{}, uris(path))
	s.becomes(t, "*x.jpg? 5")
	if got := <-f.opened; got != path {
		t.Errorf("remembered %s", got)
	}
	if p := store.at(s.deps.ProjectPath); p == nil || p.Timeline.Len() != 1 {
		t.Error("the project before was not saved")
	}
	if s.view.bar.project.Text != "other" {
		t.Errorf("it is called %q", s.view.bar.project.Text)
	}
	s.Undo() // what was done to it before
	s.becomes(t, "")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if p := store.at(path); p.Timeline.Len() != 0 {
		t.Error("the edit was saved elsewhere")
	}
}

func TestANewProject(t *testing.T) {
	s, f := withProjects(t, &fakeStore{})
	s.Dropped(fyne.Position{}, uris("/a.jpg"))
	s.becomes(t, "*a.jpg 5")
	s.newProject()
	s.becomes(t, "")
	<-f.opened
	s.Dropped(fyne.Position{}, uris("/b.mp4"))
	s.becomes(t, "*b.mp4 10")
	if s.Undo(); s.shape() != "" {
		t.Errorf("the undo of the project before is left: %q", s.shape())
	}
	if s.path != f.fresh {
		t.Errorf("it is at %s", s.path)
	}
}

// What the program can do, and the films that wait, do not end with the project.
func TestAnotherProjectLeavesWhatIsNotItsOwn(t *testing.T) {
	s, _ := withProjects(t, &fakeStore{})
	p := s.presenter
	p.listens, p.watches = true, true
	p.Able(Abilities{Steady: errors.New("it lacks vidstab")})
	p.waiting = []order{{target: "/f/film.mp4"}}
	p.open(nil, editor.Past{})
	if !p.listens || !p.watches || p.abilities.Steady == nil || len(p.waitingFor()) != 1 {
		t.Errorf("listens %v, watches %v, able %v, waiting %q", p.listens, p.watches, p.abilities, p.waitingFor())
	}
}

func TestTitle(t *testing.T) {
	for path, want := range map[string]string{
		"/home/ann/Videos/Holiday.parley": "Holiday", "/home/ann/current.parley": "current",
		"/home/ann/.local/share/parley/projects/current.parley": "My film",
	} {
		if got := title(path); got != want {
			t.Errorf("%s is called %q, want %q", path, got, want)
		}
	}
}

func TestAProjectThatCannotBeOpenedLeavesTheOther(t *testing.T) {
	store := &fakeStore{}
	s, _ := withProjects(t, store)
	s.Dropped(fyne.Position{}, uris("/a.jpg"))
	s.becomes(t, "*a.jpg 5")
	store.mu.Lock()
	store.load = errors.New("it is damaged")
	store.mu.Unlock()
	s.openProject("/films/one.parley")
	s.hops.wait(t, "a sentence", func() bool { return len(said(s.presenter)) > 0 })
	if got := said(s.presenter)[0]; s.shape() != "*a.jpg 5" || !strings.Contains(got, "damaged") || s.path != s.deps.ProjectPath {
		t.Errorf("%s at %s, said %q", s.shape(), s.path, got)
	}
}

func TestAProjectIsSavedElsewhere(t *testing.T) {
	store := &fakeStore{}
	s, f := withProjects(t, store)
	s.Dropped(fyne.Position{}, uris("/a.jpg"))
	s.becomes(t, "*a.jpg 5")
	target := filepath.Join(s.deps.FilmFolder, "copy")
	s.saveAs(target)
	<-f.opened
	s.act((*Presenter).Duplicate)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if p := store.at(target + ".parley"); p == nil || p.Timeline.Len() != 2 {
		t.Errorf("the copy holds %v", p)
	}
	if p := store.at(s.deps.ProjectPath); p == nil || p.Timeline.Len() != 1 {
		t.Error("the old project changed")
	}
}

func TestTheMenuOfProjects(t *testing.T) {
	s, _ := withProjects(t, &fakeStore{})
	s.path = "/films/one.parley"
	var names []string
	for _, item := range s.view.projectItems() {
		names = append(names, item.Label)
	}
	if got := strings.Join(names, "|"); got != "New project|Open project…|Save project as…||two" {
		t.Errorf("%s", got)
	}
}

// A project is left when its last edits are on the disk, however slow that is.
func TestAProjectIsLeftOnceItIsSaved(t *testing.T) {
	store := &fakeStore{slow: make(chan struct{})}
	s, f := withProjects(t, store)
	first := s.deps.ProjectPath
	s.Dropped(fyne.Position{}, uris("/a.jpg"))
	s.becomes(t, "*a.jpg 5")
	s.newProject()
	s.openProject("/films/one.parley") // one after the other
	close(store.slow)
	s.becomes(t, "")
	if p := store.at(first); p == nil || p.Timeline.Len() != 1 || s.path != f.fresh {
		t.Errorf("the disk holds %v, and %s is open", p, s.path)
	}
	s.openProject(first)
	<-f.opened
	s.hops.wait(t, "the first project", func() bool { return s.path == first })
	if got := s.shape(); got != "*a.jpg? 5" && got != "*a.jpg 5" {
		t.Errorf("it is %q", got)
	}
}

// Edits that cannot be saved are given up only when a person says so.
func TestAProjectThatCannotBeSavedIsNotLeftUnasked(t *testing.T) {
	store := &fakeStore{save: errors.New("the disk is full")}
	s, f := withProjects(t, store)
	s.Dropped(fyne.Position{}, uris("/a.jpg"))
	s.becomes(t, "*a.jpg 5")
	over := s.window.Canvas().Overlays()
	for _, answer := range []string{"Cancel", "Go on without saving"} {
		s.newProject()
		s.hops.wait(t, "a question", func() bool { return over.Top() != nil })
		if s.newProject(); s.shape() != "*a.jpg 5" {
			t.Fatalf("before the answer it is %q", s.shape())
		}
		test.Tap(button(t, over.Top(), answer))
		if over.Top() != nil {
			t.Fatalf("%s: the question stays", answer)
		}
	}
	s.becomes(t, "")
	if got := <-f.opened; got != f.fresh || store.at(s.deps.ProjectPath) != nil {
		t.Errorf("%s is open", got)
	}
}

// Once there is room again nothing is asked.
func TestAFailedSaveIsTriedAgainBeforeAProjectIsLeft(t *testing.T) {
	store := &fakeStore{save: errors.New("the disk is full")}
	s, _ := withProjects(t, store)
	s.Dropped(fyne.Position{}, uris("/a.jpg"))
	s.becomes(t, "*a.jpg 5")
	s.hops.wait(t, "a sentence", func() bool { return len(said(s.presenter)) > 0 })
	store.mu.Lock()
	store.save = nil
	store.mu.Unlock()
	left := false
	s.AfterSaving(func() { left = true })
	s.hops.wait(t, "all is saved", func() bool { return left })
	if store.at(s.deps.ProjectPath) == nil {
		t.Error("it was left unsaved")
	}
}

// What was looked into for one project is nothing to another.
func TestWhatComesTooLateForAProjectStaysOut(t *testing.T) {
	s := newStudio(t, &fakeStore{}, nil)
	s.bring(Place{}, []string{"/a.jpg"})
	late := <-s.hops.work
	s.presenter.open(nil, editor.Past{})
	late()
	if n := s.presenter.importing(); s.shape() != "" || n != 0 {
		t.Errorf("it is %q, and %d are being looked into", s.shape(), n)
	}
	s.bring(Place{}, []string{"/b.mp4"})
	s.becomes(t, "*b.mp4 10")
}

// Fyne's dialog empties the file that is chosen, be it the open project's.
func TestAProjectIsSavedOverItself(t *testing.T) {
	store := &fakeStore{}
	s, _ := withProjects(t, store)
	s.Dropped(fyne.Position{}, uris("/a.jpg"))
	s.becomes(t, "*a.jpg 5")
	if err := s.saver.close(); err != nil { // all is saved
		t.Fatal(err)
	}
	s.saver = newSaver(store, s.path, false, s.notSaved)
	store.forget(s.path)
	s.view.savedInside(s.path)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if p := store.at(s.path); p == nil || p.Timeline.Len() != 1 {
		t.Errorf("it holds %v", p)
	}
}

func TestAProjectIsSavedUnderANameWithoutItsEnding(t *testing.T) {
	store := &fakeStore{}
	s, f := withProjects(t, store)
	taken, free := filepath.Join(s.deps.FilmFolder, "taken"), filepath.Join(s.deps.FilmFolder, "free")
	for _, path := range []string{taken, taken + ".parley", free} {
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s.view.savedInside(taken)
	if got := strings.Join(said(s.presenter), " "); s.path != s.deps.ProjectPath || !strings.Contains(got, "already; choose another name") {
		t.Errorf("at %s it says %q", s.path, got)
	}
	s.view.savedInside(free)
	if got := <-f.opened; got != free+".parley" || s.path != got {
		t.Errorf("it is at %s", got)
	}
	for _, path := range []string{taken, free} {
		if _, err := os.Lstat(path); err == nil {
			t.Errorf("%s was left", path)
		}
	}
}
