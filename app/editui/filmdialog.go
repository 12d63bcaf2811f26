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
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"parley/app/look"
)

// filmDialog asks what the film is made as and where it goes, and tells what
// that would be.
type filmDialog struct {
	view  *view
	made  *madeAs
	entry *look.Entry
	note  *lines
	guess *lines
	box   *dialog.ConfirmDialog
}

// askFilm begins to make a film, once the person said where.
func (v *view) askFilm() {
	if err := v.tab.presenter.filmable(""); err != nil {
		v.tab.act(func(p *Presenter) { p.Tell(sayError(err), Failure) })
		return
	}
	d := v.newFilmDialog()
	look.ShowDialog(d.box, v.tab.window, v.focus)
	v.tab.window.Canvas().Focus(d.entry)
}

func (v *view) newFilmDialog() *filmDialog {
	d := &filmDialog{view: v, note: quietLines(""), guess: quietLines("")}
	d.entry = look.NewEntry(func() { d.box.Dismiss() })
	d.entry.OnChanged = func(string) { d.look() }
	d.entry.OnSubmitted = func(string) { d.box.Confirm() }
	d.made = newMadeAs(v.model, v.tab.presenter.abilities.Hardware, d.chosen)
	d.made.limit.OnSubmitted, d.made.limit.Escape = d.entry.OnSubmitted, d.entry.Escape
	d.box = dialog.NewCustomConfirm(lang.L("Make film"), lang.L("Make film"), lang.L("Cancel"), d.body(), d.answered, v.tab.window)
	d.entry.SetText(suggested(v.tab.deps.FilmFolder, lang.L("Film"), d.made.ext(), v.tab.presenter.ordered))
	d.look()
	d.foresee()
	d.box.Resize(fyne.NewSize(820, 560))
	return d
}

// body has the presets on the left, what can be said about them on the right,
// and where the film goes below.
func (d *filmDialog) body() fyne.CanvasObject {
	browse := widget.NewButtonWithIcon("", theme.FolderOpenIcon(), d.browse)
	guess := container.New(layout.NewCustomPaddedLayout(0, 0, -theme.InnerPadding(), 0), d.guess) // in line with what is above
	right := container.New(fixedWidth(300), indent(container.NewBorder(d.made.details, nil, nil, nil, guess)))
	where := container.NewVBox(container.NewBorder(nil, nil, nil, browse, d.entry), d.note)
	return container.NewBorder(nil, where, nil, right, d.made.list)
}

// chosen gives the name the ending of what the film is made as now.
func (d *filmDialog) chosen(before string) {
	d.entry.SetText(strings.TrimSuffix(d.entry.Text, before) + d.made.ext())
	d.look()
	d.foresee()
}

// foresee finds out how large the film would be and how long it would take.
// Nothing is tried while another film needs the machine.
func (d *filmDialog) foresee() {
	t := d.view.tab
	out, err := d.made.output()
	if err != nil || t.foresight.from == nil {
		t.foresight.forget()
		d.guess.SetText("")
		return
	}
	project := t.presenter.Project()
	if out != nil {
		project.Output = out
	}
	d.guess.SetText(lang.L("Estimating…"))
	t.foresight.ask(project, !t.Busy(), func(f Forecast, err error) {
		if err != nil {
			d.guess.SetText(tr(sayErrorOf(err, t.presenter.Sources()...)))
			return
		}
		d.guess.SetText(showForecast(f))
	})
}

// showForecast says what the film would be: "About 12.3 MB, made in 40 s."
func showForecast(f Forecast) string {
	text := lang.L("About {{.Size}}, made in {{.Time}}.", map[string]any{"Size": showBytes(f.Size), "Time": showLeft(f.Time)})
	if copied := showCopied(f.Copied); copied != "" {
		text += "\n" + sentence(copied)
	}
	return text
}

// look says what would happen with what is written.
func (d *filmDialog) look() {
	path, err := targetOf(d.entry.Text, d.view.tab.deps.FilmFolder, d.made.ext())
	if err == nil {
		_, err = d.made.output()
	}
	if err != nil {
		d.note.SetText(tr(sayError(err)))
		return
	}
	d.note.SetText(tr(warning(path)))
}

func (d *filmDialog) answered(yes bool) {
	d.view.tab.foresight.forget()
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
	out, err := d.made.output()
	if err != nil {
		return err
	}
	if filepath.Dir(path) == filepath.Clean(t.deps.FilmFolder) {
		if err := os.MkdirAll(t.deps.FilmFolder, 0o755); err != nil {
			return fmt.Errorf("the folder for films cannot be made; choose another: %w", err)
		}
	}
	return t.film(path, out)
}

// browse asks for the file with the desktop's dialog, or for its folder with
// Fyne's, whose own dialog for saving would empty a file that is there.
func (d *filmDialog) browse() {
	t := d.view.tab
	path, err := targetOf(d.entry.Text, t.deps.FilmFolder, d.made.ext())
	if err != nil {
		path = suggested(t.deps.FilmFolder, lang.L("Film"), d.made.ext(), t.presenter.ordered)
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
