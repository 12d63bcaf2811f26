package editui

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"go.uber.org/goleak"

	"parley/editor"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// hops stands for Fyne's goroutine: what is handed over runs in wait.
type hops struct{ work chan func() }

func (h hops) do(f func()) { h.work <- f }

// wait runs what is handed over until something is so.
func (h hops) wait(t *testing.T, what string, so func() bool) {
	t.Helper()
	patience := time.After(20 * time.Second)
	for !so() {
		select {
		case f := <-h.work:
			f()
		case <-patience:
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

// studio is a tab with fakes.
type studio struct {
	*Tab
	hops   hops
	store  *fakeStore
	window fyne.Window

	mu       sync.Mutex
	launched []string
}

const projectPath = "film.parley"

func newStudio(t *testing.T, store *fakeStore, render fakeRenderer) *studio {
	t.Helper()
	test.NewTempApp(t)
	s := &studio{hops: hops{make(chan func(), 4096)}, store: store}
	s.window = test.NewTempWindow(t, widget.NewLabel(""))
	folder := t.TempDir()
	s.Tab = New(Deps{
		Importer: fakeImporter{}, Thumbnailer: fakeThumbnailer(nil), Renderer: render, Store: store, Exporter: fakeExporter{},
		ProjectPath: filepath.Join(folder, projectPath), FilmFolder: folder,
		Hop: s.hops.do, Now: time.Now,
		Launch: func(path string) error { s.launched = append(s.launched, path); return nil },
	}, s.window)
	s.window.SetContent(s.Content())
	s.window.Resize(fyne.NewSize(1000, 700))
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func (s *studio) shape() string { return shape(s.presenter) }

func (s *studio) becomes(t *testing.T, want string) {
	t.Helper()
	s.hops.wait(t, want, func() bool { return s.shape() == want })
}

// button is the button with a text that is to be seen.
func button(t *testing.T, root fyne.CanvasObject, text string) *widget.Button {
	t.Helper()
	var found *widget.Button
	var walk func(fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if !o.Visible() {
			return
		}
		switch o := o.(type) {
		case *widget.Button:
			if o.Text == text {
				found = o
			}
		case *heardButton:
			if o.Text == text {
				found = &o.Button
			}
		case *fyne.Container:
			for _, c := range o.Objects {
				walk(c)
			}
		case fyne.Widget:
			for _, c := range test.WidgetRenderer(o).Objects() {
				walk(c)
			}
		}
	}
	walk(root)
	if found == nil {
		t.Fatalf("there is no button %q", text)
	}
	return found
}

func uris(paths ...string) []fyne.URI {
	var list []fyne.URI
	for _, p := range paths {
		list = append(list, storage.NewFileURI(p))
	}
	return list
}

func TestDroppedThingsComeIn(t *testing.T) {
	s := newStudio(t, &fakeStore{}, nil)
	if !s.view.empty.content.Visible() || s.view.full.Visible() {
		t.Error("an empty film does not say what to do")
	}
	web, err := storage.ParseURI("https://example.org/cat.jpg")
	if err != nil {
		t.Fatal(err)
	}
	s.Dropped(fyne.NewPos(1, 1), append(uris("/a.jpg", "/notes.txt", "/b.mp4"), web))
	s.becomes(t, "a.jpg 5 *b.mp4 10")
	if s.view.empty.content.Visible() || !s.view.full.Visible() {
		t.Error("the film is not shown")
	}
	all := strings.Join(said(s.presenter), "\n")
	if len(said(s.presenter)) != 2 || !strings.Contains(all, "cat.jpg is not a file") || !strings.Contains(all, "Notes.txt is text") {
		t.Errorf("said:\n%s", all)
	}
	s.OpenRecording("/call")
	s.becomes(t, "a.jpg 5 b.mp4 10 *call 10")
	s.OpenRecording("/call") // only goes there
	strip := fyne.CurrentApp().Driver().AbsolutePositionForObject(s.view.strip)
	s.Dropped(strip.AddXY(15, 60), uris("/first.jpg"))
	s.becomes(t, "*first.jpg 5 a.jpg 5 b.mp4 10 call 10")
}

func TestTheProjectIsBackAfterARestart(t *testing.T) {
	store := &fakeStore{}
	s := newStudio(t, store, nil)
	s.OpenRecording("/call")
	s.becomes(t, "*call 10")
	s.act(func(p *Presenter) { p.Pull("c1", false, editor.Rational(4, 1)) })
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil || store.saved() == 0 {
		t.Errorf("closed twice: %v, %d saves", err, store.saved())
	}
	s.OpenRecording("/call") // too late: nothing happens
	project, past, err := store.Open(s.deps.ProjectPath)
	if err != nil {
		t.Fatal(err)
	}
	again := newStudio(t, &fakeStore{}, nil)
	again.presenter = NewPresenter(project, past)
	if want := "*call 4"; again.shape() != want {
		t.Errorf("%q, want %q", again.shape(), want)
	}
	if again.Undo(); again.shape() != "*call 10" {
		t.Errorf("undone after a restart: %q", again.shape())
	}
}

func TestMissingSourcesAreShownAsMissing(t *testing.T) {
	dir := t.TempDir()
	gone := filepath.Join(dir, "gone.jpg")
	project := brought(t, gone, "/b.mp4").Project()
	test.NewTempApp(t)
	store := &always{fakeStore{}, project}
	h := hops{make(chan func(), 4096)}
	tab := New(Deps{
		Importer: fakeImporter{}, Thumbnailer: fakeThumbnailer(nil), Store: store,
		ProjectPath: filepath.Join(dir, projectPath), Hop: h.do, Now: time.Now,
	}, test.NewTempWindow(t, widget.NewLabel("")))
	h.wait(t, "both to be missing", func() bool { return shape(tab.presenter) == "*gone.jpg? 5 b.mp4? 10" })
	tab.act((*Presenter).Remove)
	if shape(tab.presenter) != "*b.mp4? 10" {
		t.Error("a missing clip cannot be removed")
	}
	if err := tab.Close(); err != nil {
		t.Error(err)
	}
}

// always is a store that has one project.
type always struct {
	fakeStore
	project *editor.Project
}

func (a *always) Open(string) (*editor.Project, editor.Past, error) {
	return a.project, editor.Past{}, nil
}

func TestAProjectThatCannotBeOpened(t *testing.T) {
	s := newStudio(t, &fakeStore{load: editor.ErrNewer}, nil)
	if got := said(s.presenter); len(got) != 1 || !strings.Contains(got[0], "made by a newer Parley") {
		t.Errorf("said %q", got)
	}
	if s.shape() != "" {
		t.Error("there is a film")
	}
}

func TestAFilmIsMadeAndShown(t *testing.T) {
	goOn := make(chan struct{})
	s := newStudio(t, &fakeStore{}, func(ctx context.Context, p *editor.Project, target string, progress func(Progress)) (Report, error) {
		progress(Progress{Phase: Rendering, Fraction: 0.25, Left: 3 * time.Second})
		<-goOn
		return Report{Output: editor.DefaultOutput, Duration: p.Timeline.Duration(), Size: 1e6}, nil
	})
	s.Dropped(fyne.Position{}, uris("/a.jpg"))
	s.becomes(t, "*a.jpg 5")
	test.Tap(button(t, s.Content(), "Make film…"))
	test.Tap(button(t, s.window.Canvas().Overlays().Top(), "Make film"))
	s.hops.wait(t, "progress", func() bool { return s.view.film.bar.Value == 0.25 })
	if !s.Busy() || s.view.film.line.Text != "Making the film  ·  3 s left" {
		t.Errorf("busy %v, %q", s.Busy(), s.view.film.line.Text)
	}
	s.act((*Presenter).Duplicate) // editing goes on meanwhile
	close(goOn)
	s.hops.wait(t, "the film", func() bool { return s.presenter.film.State == Made })
	want := filepath.Join(s.deps.FilmFolder, "Film.mp4")
	test.Tap(button(t, s.Content(), "Play"))
	test.Tap(button(t, s.Content(), "Show in folder"))
	if !slices.Equal(s.launched, []string{want, s.deps.FilmFolder}) {
		t.Errorf("opened %q", s.launched)
	}
}

func TestAFilmIsCancelled(t *testing.T) {
	s := newStudio(t, &fakeStore{}, func(ctx context.Context, _ *editor.Project, _ string, _ func(Progress)) (Report, error) {
		<-ctx.Done()
		return Report{}, ctx.Err()
	})
	s.Dropped(fyne.Position{}, uris("/a.jpg"))
	s.becomes(t, "*a.jpg 5")
	if err := s.film("/film.mp4", nil); err != nil {
		t.Fatal(err)
	}
	if err := s.film("/film.mp4", nil); !errors.Is(err, errBusyFilm) {
		t.Errorf("a second film: %v", err)
	}
	test.Tap(button(t, s.Content(), "Cancel"))
	s.hops.wait(t, "the end", func() bool { return !s.Busy() })
	if got := said(s.presenter); len(got) != 1 || !strings.Contains(got[0], "no file was written") {
		t.Errorf("said %q", got)
	}
	if err := s.film("/film.mp4", nil); err != nil { // Close gives this one up
		t.Fatal(err)
	}
}

func TestWrittenTimesInTheInspector(t *testing.T) {
	s := newStudio(t, &fakeStore{}, nil)
	s.Dropped(fyne.Position{}, uris("/b.mp4"))
	s.becomes(t, "*b.mp4 10")
	e := s.view.inspector.clip.time.out
	e.FocusGained()
	e.SetText("4.5")
	if s.presenter.Model().Inspector.PreviewTime != editor.Rational(9, 2) {
		t.Error("a time that is written is not previewed")
	}
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if s.shape() != "*b.mp4 4.5" || e.Text != "0:04.500" {
		t.Errorf("%q, the entry shows %q", s.shape(), e.Text)
	}
	e.SetText("eleven")
	if !s.view.inspector.problem.Visible() || !strings.Contains(s.view.inspector.problem.Text, "This is no time") {
		t.Errorf("said %q", s.view.inspector.problem.Text)
	}
	e.FocusLost()
	if s.shape() != "*b.mp4 4.5" || e.Text != "0:04.500" || s.view.inspector.problem.Visible() {
		t.Errorf("a wrong time stays: %q, %q", s.shape(), e.Text)
	}
	e.SetText("3")
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	e.FocusLost()
	if s.shape() != "*b.mp4 4.5" {
		t.Errorf("Escape gives a time in: %q", s.shape())
	}
}

func TestKeysOfTheStrip(t *testing.T) {
	s := newStudio(t, &fakeStore{}, nil)
	s.Dropped(fyne.Position{}, uris("/a.jpg", "/b.mp4"))
	s.becomes(t, "a.jpg 5 *b.mp4 10")
	s.Shown()
	if s.window.Canvas().Focused() != s.view.strip {
		t.Error("keys do not go to the strip")
	}
	s.view.strip.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	s.view.strip.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	if s.shape() != "*b.mp4 10" {
		t.Errorf("%q", s.shape())
	}
	s.view.strip.TypedShortcut(&fyne.ShortcutUndo{})
	if s.shape() != "*a.jpg 5 b.mp4 10" {
		t.Errorf("undone: %q", s.shape())
	}
}

func TestTargets(t *testing.T) {
	t.Setenv("HOME", "/home/ann")
	tests := []struct{ written, want string }{
		{"Film", "/videos/Film.mp4"},
		{" a/b.MP4 ", "/videos/a/b.MP4"},
		{"/x/../film.mkv", "/film.mkv.mp4"},
		{"~/film", "/home/ann/film.mp4"},
		{"", ""},
		{"/videos/", ""},
	}
	for _, tt := range tests {
		got, err := targetOf(tt.written, "/videos", ".mp4")
		if got != tt.want || (err == nil) != (tt.want != "") {
			t.Errorf("%q: %q, %v; want %q", tt.written, got, err, tt.want)
		}
	}
	dir := t.TempDir()
	first := filepath.Join(dir, "Film.mp4")
	if got := suggested(dir, "Film", ".mp4", func(string) bool { return false }); got != first {
		t.Errorf("suggested %q", got)
	}
	if got := suggested(dir, "Film", ".mp4", func(path string) bool { return path == first }); got != filepath.Join(dir, "Film 2.mp4") {
		t.Errorf("suggested %q while a film is being made", got)
	}
	if warning(dir).IsZero() || !warning(filepath.Join(dir, "new.mp4")).IsZero() {
		t.Error("a folder is taken for a file, or nothing for something")
	}
}

// held counts what is done to a render.
type held struct{ holds, releases int }

func (h *held) Hold()    { h.holds++ }
func (h *held) Release() { h.releases++ }

func TestAFilmIsMadeAsAPresetAndHeldBack(t *testing.T) {
	goOn, made := make(chan struct{}), make(chan *editor.Project, 1)
	s := newStudio(t, &fakeStore{}, func(_ context.Context, p *editor.Project, _ string, progress func(Progress)) (Report, error) {
		progress(Progress{Phase: Rendering, Fraction: 0.5, Left: -1})
		made <- p
		<-goOn
		return Report{Output: p.Spec(), Duration: p.Timeline.Duration(), Size: 1e6}, nil
	})
	var h held
	s.filmer.pausable = func(ctx context.Context) (context.Context, Hold) { return ctx, &h }
	s.Dropped(fyne.Position{}, uris("/a.jpg"))
	s.becomes(t, "*a.jpg 5")
	c := newMadeAs(s.view.model, nil, func(string) {})
	if o, err := c.output(); o != nil || err != nil || c.ext() != ".mp4" {
		t.Errorf("usually %+v, %v, %s", o, err, c.ext())
	}
	c.list.Select(5)
	webm, err := c.output()
	if err != nil || webm == nil || webm.Format != editor.WebM || c.ext() != ".webm" {
		t.Errorf("WebM is %+v, %v, %s", webm, err, c.ext())
	}
	if err := s.film(filepath.Join(s.deps.FilmFolder, "film.webm"), webm); err != nil {
		t.Fatal(err)
	}
	if p := <-made; p.Spec().Format != editor.WebM {
		t.Errorf("made as %+v", p.Spec())
	}
	s.hops.wait(t, "progress", func() bool { return s.presenter.film.Progress.Fraction == 0.5 })
	s.holdFilm()
	if h.holds != 1 || s.view.film.line.Text != "Paused" || s.view.film.hold.Text != "Go on" {
		t.Errorf("held %d times, %q, %q", h.holds, s.view.film.line.Text, s.view.film.hold.Text)
	}
	s.holdFilm()
	if h.releases != 1 || s.presenter.film.Held {
		t.Errorf("released %d times", h.releases)
	}
	close(goOn)
	s.hops.wait(t, "the film", func() bool { return s.presenter.film.State == Made })
}
