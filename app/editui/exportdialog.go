package editui

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"parley/app/look"
)

// exportDialog asks in which way and where to the film is handed on.
type exportDialog struct {
	view  *view
	ways  []ExportWay
	names []string // of the ways, translated
	kind  *look.Select
	entry *look.Entry
	note  *widget.Label
	box   *dialog.ConfirmDialog
}

// askExport hands the film on, once the person said how and where.
func (v *view) askExport() {
	d := &exportDialog{view: v, ways: v.tab.deps.Exporter.Ways(), note: widget.NewLabel("")}
	for _, w := range d.ways {
		d.names = append(d.names, lang.L(w.Title))
	}
	d.note.Wrapping = fyne.TextWrapWord
	d.note.SizeName = theme.SizeNameCaptionText
	escape := func() { d.box.Dismiss() }
	d.entry = look.NewEntry(escape)
	d.kind = look.NewSelect(d.names, func(string) { d.chosen() }, escape)
	d.entry.OnChanged = func(string) { d.look() }
	d.entry.OnSubmitted = func(string) { d.box.Confirm() }
	browse := widget.NewButtonWithIcon("", theme.FolderOpenIcon(), d.browse)
	body := container.NewVBox(d.kind, container.NewBorder(nil, nil, nil, browse, d.entry), d.note)
	d.box = dialog.NewCustomConfirm(lang.L("Export"), lang.L("Export"), lang.L("Cancel"), body, d.answered, v.tab.window)
	d.kind.SetSelectedIndex(0)
	d.box.Resize(fyne.NewSize(620, 260))
	look.ShowDialog(d.box, v.tab.window, v.focus)
	v.tab.window.Canvas().Focus(d.kind)
}

// way is what is chosen.
func (d *exportDialog) way() ExportWay {
	return d.ways[max(0, slices.Index(d.names, d.kind.Selected))]
}

// chosen suggests a name with the way's ending.
func (d *exportDialog) chosen() {
	name := filepath.Base(suggested(d.view.tab.deps.FilmFolder, lang.L("Film"), ".mp4", d.view.tab.presenter.ordered))
	if d.entry.Text != "" {
		name = filepath.Base(d.entry.Text)
	}
	for _, w := range append(d.ways, ExportWay{Extension: ".mp4"}) {
		name = strings.TrimSuffix(name, w.Extension)
	}
	folder := d.view.tab.deps.FilmFolder
	if filepath.IsAbs(d.entry.Text) {
		folder = filepath.Dir(d.entry.Text)
	}
	d.entry.SetText(filepath.Join(folder, name+d.way().Extension))
	d.look()
}

// target is what the person means by what they wrote.
func (d *exportDialog) target() (string, error) {
	path, err := targetOf(d.entry.Text, d.view.tab.deps.FilmFolder, ".mp4")
	if err != nil {
		return "", err
	}
	path, ext := strings.TrimSuffix(path, ".mp4"), d.way().Extension
	if !strings.EqualFold(filepath.Ext(path), ext) {
		path += ext
	}
	return path, nil
}

// look says what would happen with what is written.
func (d *exportDialog) look() {
	path, err := d.target()
	if err != nil {
		d.note.SetText(tr(sayError(err)))
		return
	}
	if d.way().Extension == "" {
		d.note.SetText(lang.L("A folder that any web server can show: the film as MP4 and WebM, a poster, subtitles, chapters and a page that plays it."))
		return
	}
	if info, err := os.Stat(path); err == nil && !info.IsDir() {
		d.note.SetText(lang.L("There is such a file; it will be replaced."))
		return
	}
	d.note.SetText("")
}

func (d *exportDialog) answered(yes bool) {
	if yes {
		path, err := d.target()
		if err == nil {
			err = os.MkdirAll(filepath.Dir(path), 0o755)
		}
		if err != nil {
			d.view.tab.act(func(p *Presenter) { p.Tell(sayError(err), Failure) })
		} else {
			d.view.tab.export(d.way(), path)
		}
	}
	d.view.focus()
}

// browse chooses the folder.
func (d *exportDialog) browse() {
	path, err := d.target()
	if err != nil {
		path = lang.L("Film") + d.way().Extension
	}
	box := dialog.NewFolderOpen(func(folder fyne.ListableURI, err error) {
		if err != nil {
			d.view.tab.act(func(p *Presenter) { p.Tell(sayError(err), Failure) })
			return
		}
		if folder != nil {
			d.entry.SetText(filepath.Join(folder.Path(), filepath.Base(path)))
		}
	}, d.view.tab.window)
	box.Resize(fyne.NewSize(820, 560))
	box.Show()
}
