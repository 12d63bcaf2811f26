package editui

import (
	"errors"
	"fmt"
	"io/fs"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"parley/editor"
)

// Tab is the Edit tab. All of its methods are called on Fyne's goroutine; Close
// may also be called after that has ended.
type Tab struct {
	deps      Deps
	window    fyne.Window
	presenter *Presenter
	saved     int             // the revision that the saver has
	path      string          // of the project
	opening   bool            // another project is being read
	looked    map[string]bool // sources that were looked after

	pool       *pool
	pictures   *pictures
	sounds     *sounds
	arrivals   *arrivals
	saver      *saver
	filmer     *filmer
	foresight  foresight
	dialogs    dialogs
	background sync.WaitGroup // savers that come to their end, projects that are being read
	leaving    bool           // what was edited is being saved before something else is done
	ending     chan struct{}  // closed when the savers before this one have come to it; nil: there were none
	view       *view

	once   sync.Once
	closed bool
	learnt bool // what the tools can do has been asked

	sketched bool                     // what titles look like has been asked
	sketches map[string]editor.Sketch // by template, once that is known

	listening listening
	exports   exports
	err       error // of Close
}

// New opens the project at deps.ProjectPath, or begins one, and shows it.
func New(deps Deps, window fyne.Window) *Tab {
	project, past, err := deps.Store.Open(deps.ProjectPath)
	fresh := errors.Is(err, fs.ErrNotExist)
	t := &Tab{deps: deps, window: window, path: deps.ProjectPath, presenter: NewPresenter(project, past), pool: newPool()}
	t.presenter.UseEffects(deps.Effects)
	t.presenter.listens, t.presenter.watches = deps.Listener != nil, deps.Watcher != nil
	if err != nil && !fresh {
		t.presenter.Tell(sayError(fmt.Errorf("the last project cannot be opened and is kept as it is; this is a new one: %w", err)), Failure)
	}
	repaint := &latest[struct{}]{hop: t.hop, take: func(struct{}) {
		if t.view != nil {
			t.view.repaint()
		}
	}}
	again := func() { repaint.put(struct{}{}) }
	t.pictures = newPictures(deps.Thumbnailer, deps.Effects, t.pool, again)
	t.arrivals = &arrivals{hop: t.hop, take: func(all []Arrival) {
		for _, a := range all {
			t.forget(a.Source.Path)
		}
		t.act(func(p *Presenter) { p.Arrived(all) })
	}}
	t.sounds = newSounds(deps.Peaks, t.pool, again)
	t.saver = newSaver(deps.Store, deps.ProjectPath, err != nil && !fresh, t.notSaved)
	t.filmer = t.newFilmer()
	t.foresight.from, t.foresight.hop = deps.Forecaster, t.hop
	t.dialogs.begin(deps.Choose, t.hop)
	t.view = newView(t)
	t.view.show(t.presenter.Model())
	t.view.deck.follow()
	t.bindKeys()
	t.lookAfterSources()
	t.learn()
	t.sketchTitles()
	return t
}

// bindKeys has undo and redo work while nothing has the focus.
func (t *Tab) bindKeys() {
	again := &desktop.CustomShortcut{KeyName: fyne.KeyZ, Modifier: fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift}
	for shortcut, f := range map[fyne.Shortcut]func(){
		&fyne.ShortcutUndo{}: t.Undo, &fyne.ShortcutRedo{}: t.Redo, again: t.Redo,
	} {
		t.window.Canvas().AddShortcut(shortcut, func(fyne.Shortcut) {
			if t.view.content.Visible() {
				f()
			}
		})
	}
}

// Content is what the tab shows.
func (t *Tab) Content() fyne.CanvasObject { return t.view.content }

// OpenRecording puts the recording in a folder at the end of the film, or goes
// to it where the film has it already: asking twice is to see it, not to have
// it twice.
func (t *Tab) OpenRecording(dir string) {
	there := false
	t.act(func(p *Presenter) { there = p.SelectSource(dir) })
	if !there {
		t.bring(Place{}, []string{dir})
	}
}

// Shown tells the tab that the person came to it: keys go to the strip.
func (t *Tab) Shown() { t.view.focus() }

// Hidden tells the tab that the person went elsewhere: nothing plays unseen.
func (t *Tab) Hidden() { t.view.deck.pause() }

// Undo takes the last step back.
func (t *Tab) Undo() { t.act((*Presenter).Undo) }

// Redo does again what was undone last.
func (t *Tab) Redo() { t.act((*Presenter).Redo) }

// Busy tells whether a film is being made or handed on, so that a person can be
// asked before the program ends.
func (t *Tab) Busy() bool { return t.presenter.busy() || len(t.presenter.exporting) > 0 }

// Close gives up what is going on, saves the project, and waits for all of
// it. It returns why the project is not saved, if it is not.
func (t *Tab) Close() error {
	t.once.Do(func() {
		t.closed = true
		t.dialogs.close()
		t.foresight.close()
		t.listening.close()
		t.exports.close()
		t.filmer.close()
		t.pool.close()
		t.background.Wait()
		t.err = errors.Join(t.view.deck.close(), t.saver.close())
	})
	return t.err
}

// act changes the presenter, has the change saved, and shows it.
func (t *Tab) act(f func(*Presenter)) {
	if t.closed {
		return
	}
	f(t.presenter)
	if r := t.presenter.Revision(); r != t.saved {
		t.saved = r
		t.saver.put(saving{t.presenter.Project(), t.presenter.Past()})
	}
	t.view.show(t.presenter.Model())
	t.view.deck.follow()
	t.lookAfterNew()
	t.learn()
	t.sketchTitles()
	t.listen()
}

// hop runs f on Fyne's goroutine, unless the tab was closed by then.
func (t *Tab) hop(f func()) {
	t.deps.Hop(func() {
		if !t.closed {
			f()
		}
	})
}

// here is hop for what concerns the project that is open now: nothing happens
// where another is by then. It has to be asked for on Fyne's goroutine.
func (t *Tab) here() (hop func(func())) {
	number := t.presenter.opened
	return func(f func()) {
		t.hop(func() {
			if t.presenter.opened == number {
				f()
			}
		})
	}
}

func (t *Tab) notSaved(err error) {
	t.hop(func() { t.act(func(p *Presenter) { p.Tell(sayError(err), Failure) }) })
}

func (t *Tab) newFilmer() *filmer {
	progress := &latest[Progress]{hop: t.hop, take: func(g Progress) {
		t.act(func(p *Presenter) { p.FilmProgress(g, t.deps.Now()) })
	}}
	return &filmer{
		renderer: t.deps.Renderer,
		pausable: t.deps.Pausable,
		progress: progress.put,
		finished: func(r Report, err error) {
			t.hop(func() { t.act(func(p *Presenter) { t.filmDone(p, r, err) }) })
		},
	}
}

// filmDone takes the end of a film, and begins the one that waits.
func (t *Tab) filmDone(p *Presenter, r Report, err error) {
	p.FilmDone(r, err)
	if project, target, ok := p.Next(t.deps.Now()); ok {
		t.filmer.begin(project, target)
	}
}

// forget has what is known of a source's pictures and sounds made anew.
func (t *Tab) forget(path string) {
	t.pictures.forgetSource(path)
	t.sounds.forgetSource(path)
}

// film makes the film at target, or has it wait for the one before it; out is what as, nil as the project says.
func (t *Tab) film(target string, out *editor.Output) error {
	var err error
	t.act(func(p *Presenter) {
		var project *editor.Project
		if project, err = p.Order(target, out, t.deps.Now()); project != nil {
			t.filmer.begin(project, target)
		}
	})
	return err
}

func (t *Tab) cancelFilm() {
	t.act((*Presenter).FilmCancelling)
	t.filmer.stop()
}

// holdFilm holds the film back that is being made, or lets it go on.
func (t *Tab) holdFilm() {
	t.act(func(p *Presenter) { p.FilmHeld(t.filmer.turn()) })
}
