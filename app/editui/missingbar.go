package editui

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// missingBar tells of sources that cannot be found, and helps to find them.
type missingBar struct {
	content *fyne.Container
	view    *view
	shown   string
}

func newMissingBar(v *view) *missingBar { return &missingBar{content: container.NewVBox(), view: v} }

func (b *missingBar) show(missing []string) {
	text := tr(tellMissing(missing))
	if text == b.shown {
		return
	}
	b.shown = text
	b.content.RemoveAll()
	if len(missing) == 0 {
		return
	}
	find := widget.NewButton(lang.L("Find the file…"), func() { b.view.askFind(missing[0]) })
	if len(missing) > 1 {
		find.SetText(tr(sayOf("Find {{.File}}…", "File", shortName(missing[0]))))
	}
	folder := widget.NewButton(lang.L("Look in a folder…"), b.view.askFolder)
	folder.Importance = widget.HighImportance
	b.content.Add(bar(theme.ColorNameWarning, text, container.NewCenter(find), container.NewCenter(folder)))
}

// mostNamed is how many missing files are named.
const mostNamed = 3

func tellMissing(missing []string) Text {
	switch n := len(missing); {
	case n == 0:
		return Text{}
	case n == 1:
		return sayOf("{{.File}} is not where it was.", "File", filepath.Base(missing[0]))
	default:
		var names []string
		for _, path := range missing[:min(n, mostNamed)] {
			names = append(names, shortName(path))
		}
		if n > mostNamed {
			names = append(names, "…")
		}
		return Text{"{{.N}} files are not where they were: {{.Files}}", map[string]any{"N": n, "Files": strings.Join(names, ", ")}}
	}
}

// shortName is a file's name for where there is little room.
func shortName(path string) string {
	const most = 28
	name := []rune(filepath.Base(path))
	if len(name) > most {
		name = append(append(name[:most-8:most-8], '…'), name[len(name)-7:]...)
	}
	return string(name)
}

// askFind asks for the file that one that is missing is now.
func (v *view) askFind(path string) {
	parent, title := v.handle(), tr(sayOf("Find {{.File}}…", "File", filepath.Base(path)))
	take := func(paths []string) {
		if len(paths) > 0 {
			v.tab.findAs(path, paths[0])
		}
	}
	asked := v.tab.dialogs.ask(
		func(ctx context.Context, c Chooser) ([]string, error) { return c.Open(ctx, parent, title) },
		func(paths []string, err error) {
			switch {
			case !v.refused(err):
				take(paths)
			case errors.Is(err, ErrNoChooser):
				v.askInside(nil, take)
			}
		})
	if !asked {
		v.askInside(nil, take)
	}
}

// askFolder asks for a folder in which what is missing is looked for.
func (v *view) askFolder() {
	parent, title := v.handle(), lang.L("Look for missing files in")
	take := func(paths []string) {
		if len(paths) > 0 && paths[0] != "" {
			v.tab.findIn(paths[0])
		}
	}
	asked := v.tab.dialogs.ask(
		func(ctx context.Context, c Chooser) ([]string, error) {
			path, err := c.Folder(ctx, parent, title)
			return []string{path}, err
		},
		func(paths []string, err error) {
			switch {
			case !v.refused(err):
				take(paths)
			case errors.Is(err, ErrNoChooser):
				v.folderInside(take)
			}
		})
	if !asked {
		v.folderInside(take)
	}
}

// folderInside asks for a folder with Fyne's dialog.
func (v *view) folderInside(take func([]string)) {
	d := dialog.NewFolderOpen(func(folder fyne.ListableURI, err error) {
		if err != nil {
			v.tab.act(func(p *Presenter) { p.Tell(sayError(err), Failure) })
			return
		}
		if folder != nil {
			take([]string{folder.Path()})
		}
	}, v.tab.window)
	d.Resize(fyne.NewSize(820, 560))
	d.Show()
}

// askInside asks for a file with Fyne's dialog; of these extensions, nil all.
func (v *view) askInside(extensions []string, take func([]string)) {
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if err == nil && r != nil {
			err = r.Close()
		}
		if err != nil {
			v.tab.act(func(p *Presenter) { p.Tell(sayError(err), Failure) })
			return
		}
		if r != nil {
			take([]string{r.URI().Path()})
		}
		v.focus() // keys are for the strip again
	}, v.tab.window)
	if extensions != nil {
		d.SetFilter(storage.NewExtensionFileFilter(extensions))
	}
	d.Resize(fyne.NewSize(820, 560))
	d.Show()
}
