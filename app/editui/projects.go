package editui

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/storage"

	"parley/editor"
)

// Projects is where projects are when a person does not choose a place. Its
// methods may be called from any goroutine.
type Projects interface {
	Recent() []string           // the project that was open last is the first
	Opened(path string) error   // puts it first
	Fresh() (string, error)     // the path of a project that there is not yet
	Folder() (dir, name string) // what is suggested for one that is saved elsewhere
}

// title is what a project is called.
func title(path string) string {
	name := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	if name == "current" && filepath.Base(filepath.Dir(path)) == "projects" {
		return lang.L("My film") // the one project of earlier versions, which nobody named
	}
	return name
}

// open begins with another project. What is told and what is being made goes
// on; what was to come in does not.
func (p *Presenter) open(project *editor.Project, past editor.Past) {
	n := NewPresenter(project, past)
	n.notices, n.noticeID, n.film, n.exporting = p.notices, p.noticeID, p.film, p.exporting
	n.filmBegan, n.filmLength = p.filmBegan, p.filmLength
	n.waiting = p.waiting
	n.effects, n.brings, n.abilities = p.effects, p.brings, p.abilities
	n.listens, n.watches, n.ducked = p.listens, p.watches, p.ducked
	n.revision, n.sights, n.opened = p.revision+1, p.sights+1, p.opened+1
	*p = *n
}

// openProject turns to the project at a path, after the one that is open is
// saved.
func (t *Tab) openProject(path string) {
	if path == t.path || t.opening {
		return
	}
	t.AfterSaving(func() { t.read(path) })
}

// read reads a project and turns to it.
func (t *Tab) read(path string) {
	t.opening = true
	ending := t.ending
	t.background.Go(func() {
		if ending != nil { // it may be this project whose last edits are being saved
			<-ending
		}
		project, past, err := t.deps.Store.Open(path)
		t.hop(func() {
			t.opening = false
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				t.act(func(p *Presenter) { p.Tell(sayErrorOf(err, path), Failure) })
				return
			}
			t.turnTo(path)
			t.presenter.open(project, past)
			t.saved = t.presenter.Revision()
			t.act(func(*Presenter) {})
			t.view.strip.Fit()
			t.lookAfterSources()
			t.view.focus()
		})
	})
}

// turnTo has what is done from now on saved at another path.
func (t *Tab) turnTo(path string) {
	before, earlier, ended := t.saver, t.ending, make(chan struct{})
	t.path, t.ending = path, ended
	t.saver = newSaver(t.deps.Store, path, false, t.notSaved)
	t.view.bar.name(title(path))
	t.background.Go(func() {
		err := before.close()
		if earlier != nil {
			<-earlier
		}
		close(ended)
		if t.deps.Projects != nil {
			err = errors.Join(err, t.deps.Projects.Opened(path))
		}
		if err != nil {
			t.notSaved(err)
		}
	})
}

// newProject begins an empty film.
func (t *Tab) newProject() {
	path, err := t.deps.Projects.Fresh()
	if err != nil {
		t.act(func(p *Presenter) { p.Tell(sayError(err), Failure) })
		return
	}
	t.openProject(path)
}

// saveAs goes on with the project under another name; the old one stays as it
// is now.
func (t *Tab) saveAs(path string) {
	if path == "" {
		return
	}
	if !isProject(path) {
		path += projectExtension
	}
	if path != t.path {
		t.turnTo(path)
	} // else a dialog may have emptied the very file
	t.saver.put(saving{t.presenter.Project(), t.presenter.Past()})
}

// askOpen asks for a project.
func (v *view) askOpen() {
	parent, title := v.handle(), lang.L("Open a project")
	open := func(paths []string) {
		if len(paths) > 0 {
			v.tab.openProject(paths[0])
		}
	}
	inside := func() { v.askInside([]string{projectExtension}, open) }
	asked := v.tab.dialogs.ask(
		func(ctx context.Context, c Chooser) ([]string, error) { return c.Open(ctx, parent, title) },
		func(paths []string, err error) {
			if v.refused(err) {
				if errors.Is(err, ErrNoChooser) {
					inside()
				}
				return
			}
			open(paths)
		})
	if !asked {
		inside()
	}
}

// askSaveAs asks where the project is to be saved.
func (v *view) askSaveAs() {
	folder, name := v.tab.deps.Projects.Folder()
	parent, title := v.handle(), lang.L("Save the project as")
	asked := v.tab.dialogs.ask(
		func(ctx context.Context, c Chooser) ([]string, error) {
			path, err := c.Save(ctx, parent, title, folder, name)
			return []string{path}, err
		},
		func(paths []string, err error) {
			if v.refused(err) {
				if errors.Is(err, ErrNoChooser) {
					v.saveInside(name)
				}
				return
			}
			v.tab.saveAs(paths[0])
		})
	if !asked {
		v.saveInside(name)
	}
}

// saveInside asks with Fyne's dialog, which makes a file where there is none.
func (v *view) saveInside(name string) {
	d := dialog.NewFileSave(func(w fyne.URIWriteCloser, err error) {
		if err == nil && w != nil {
			err = w.Close()
		}
		if err != nil {
			v.tab.act(func(p *Presenter) {
				p.Tell(sayError(fmt.Errorf("the project cannot be saved there: %w", err)), Failure)
			})
			return
		}
		if w != nil {
			v.savedInside(w.URI().Path())
		}
	}, v.tab.window)
	d.SetFileName(name)
	d.SetFilter(storage.NewExtensionFileFilter([]string{projectExtension}))
	d.Resize(fyne.NewSize(820, 560))
	d.Show()
}

// savedInside goes on at a path where Fyne's dialog has made an empty file. It
// has asked before it emptied one, but only for the name as it was written.
func (v *view) savedInside(path string) {
	if isProject(path) {
		v.tab.saveAs(path)
		return
	}
	err := os.Remove(path)
	if _, there := os.Lstat(path + projectExtension); err == nil && there == nil {
		err = refuse(sayOf("there is a project called {{.File}} already; choose another name", "File", filepath.Base(path)))
	}
	if err != nil {
		v.tab.act(func(p *Presenter) { p.Tell(sayErrorOf(err, path), Failure) })
		return
	}
	v.tab.saveAs(path)
}
