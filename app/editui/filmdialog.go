package editui

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// filmDialog asks where the film goes.
type filmDialog struct {
	view  *view
	made  *madeAs
	entry *widget.Entry
	note  *widget.Label
	box   *dialog.ConfirmDialog
}

// askFilm begins to make a film, once the person said where.
func (v *view) askFilm() {
	if err := v.tab.presenter.filmable(""); err != nil {
		v.tab.act(func(p *Presenter) { p.Tell(sayError(err), Failure) })
		return
	}
	d := &filmDialog{view: v, entry: widget.NewEntry(), note: widget.NewLabel("")}
	d.note.Wrapping = fyne.TextWrapWord
	d.note.SizeName = theme.SizeNameCaptionText
	d.entry.OnChanged = func(string) { d.look() }
	d.entry.OnSubmitted = func(string) { d.box.Confirm() }
	browse := widget.NewButtonWithIcon("", theme.FolderOpenIcon(), d.browse)
	d.made = newMadeAs(v.model, d.chosen)
	body := container.NewVBox(d.made.content, container.NewBorder(nil, nil, nil, browse, d.entry), d.note)
	d.box = dialog.NewCustomConfirm(lang.L("Make film"), lang.L("Make film"), lang.L("Cancel"), body, d.answered, v.tab.window)
	d.entry.SetText(suggested(v.tab.deps.FilmFolder, lang.L("Film"), d.made.ext()))
	d.look()
	d.box.Resize(fyne.NewSize(620, 320))
	d.box.Show()
	v.tab.window.Canvas().Focus(d.entry)
}

// chosen gives the name the ending of what the film is made as now.
func (d *filmDialog) chosen(before string) {
	d.entry.SetText(strings.TrimSuffix(d.entry.Text, before) + d.made.ext())
}

// look says what would happen with what is written.
func (d *filmDialog) look() {
	path, err := targetOf(d.entry.Text, d.view.tab.deps.FilmFolder, d.made.ext())
	if err != nil {
		d.note.SetText(tr(sayError(err)))
		return
	}
	d.note.SetText(tr(warning(path)))
}

func (d *filmDialog) answered(yes bool) {
	if !yes {
		d.view.focus()
		return
	}
	if err := d.begin(); err != nil {
		d.view.tab.act(func(p *Presenter) { p.Tell(sayError(err), Failure) })
	}
	d.view.focus()
}

func (d *filmDialog) begin() error {
	t := d.view.tab
	path, err := targetOf(d.entry.Text, t.deps.FilmFolder, d.made.ext())
	if err != nil {
		return err
	}
	if filepath.Dir(path) == filepath.Clean(t.deps.FilmFolder) {
		if err := os.MkdirAll(t.deps.FilmFolder, 0o755); err != nil {
			return fmt.Errorf("the folder for films cannot be made; choose another: %w", err)
		}
	}
	return t.film(path, d.made.output())
}

// browse asks for the file with the desktop's dialog, or for its folder with
// Fyne's, whose own dialog for saving would empty a file that is there.
func (d *filmDialog) browse() {
	t := d.view.tab
	path, err := targetOf(d.entry.Text, t.deps.FilmFolder, d.made.ext())
	if err != nil {
		path = suggested(t.deps.FilmFolder, lang.L("Film"), d.made.ext())
	}
	parent, title := d.view.handle(), lang.L("Where the film goes")
	asked := t.dialogs.ask(func(ctx context.Context, c Chooser) ([]string, error) {
		chosen, err := c.Save(ctx, parent, title, filepath.Dir(path), filepath.Base(path))
		return []string{chosen}, err
	}, func(chosen []string, err error) {
		if d.view.refused(err) {
			d.browseInside(filepath.Base(path))
			return
		}
		if chosen[0] != "" {
			d.entry.SetText(chosen[0])
		}
	})
	if !asked {
		d.browseInside(filepath.Base(path))
	}
}

func (d *filmDialog) browseInside(name string) {
	box := dialog.NewFolderOpen(func(folder fyne.ListableURI, err error) {
		if err != nil {
			d.view.tab.act(func(p *Presenter) { p.Tell(sayError(err), Failure) })
			return
		}
		if folder != nil {
			d.entry.SetText(filepath.Join(folder.Path(), name))
		}
	}, d.view.tab.window)
	box.Resize(fyne.NewSize(820, 560))
	box.Show()
}
