package editui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"parley/app/look"
	"parley/app/timeline"
	"parley/editor"
)

// menu shows what can be done with what is under the pointer.
func (v *view) menu(on timeline.Menu, at fyne.Position) {
	var items []*fyne.MenuItem
	switch {
	case on.Clip != "":
		items = v.clipItems()
	case on.Tune != "":
		items = v.tuneItems()
	case on.Marker != nil:
		items = v.markerItems(*on.Marker)
	default:
		items = v.placeItems()
	}
	m := widget.NewPopUpMenu(fyne.NewMenu("", items...), v.tab.window.Canvas())
	m.ShowAtPosition(at)
}

func (v *view) item(text string, f func(*Presenter)) *fyne.MenuItem {
	return fyne.NewMenuItem(lang.L(text), func() { v.tab.act(f) })
}

func (v *view) key(text string, c timeline.Command) *fyne.MenuItem {
	return fyne.NewMenuItem(lang.L(text), func() { v.command(c) })
}

func (v *view) clipItems() []*fyne.MenuItem {
	sep := fyne.NewMenuItemSeparator
	items := []*fyne.MenuItem{
		v.item("Cut in two at the mark", (*Presenter).Split),
		v.item("Begin at the mark", func(p *Presenter) { p.TrimHere(true) }),
		v.item("End at the mark", func(p *Presenter) { p.TrimHere(false) }),
		sep(),
		v.item("Fade over from the clip before", (*Presenter).Crossfade),
		v.item("Freeze the picture at the mark", (*Presenter).Freeze),
		sep(),
		v.key("Copy", timeline.Copy), v.key("Cut out", timeline.Cut), v.key("Paste behind it", timeline.Paste),
		v.item("Duplicate", (*Presenter).Duplicate),
		sep(),
		v.item("Remove", (*Presenter).Remove),
	}
	if v.tab.presenter.canUnderlay() {
		items = append(items, sep(), v.item("Lay it under the film as music", (*Presenter).ClipToTune))
	}
	if path := v.missingHere(); path != "" {
		items = append(items, sep(), fyne.NewMenuItem(lang.L("Find the file…"), func() { v.askFind(path) }))
	}
	if v.canSpread() {
		items = append(items, sep(), v.item("Spread pictures over the music", (*Presenter).SpreadOverMusic))
	}
	return items
}

// missingHere is the source of the chosen clip where that is missing.
func (v *view) missingHere() string {
	if i := v.model.Inspector; i.On && i.Clip.Missing {
		return i.Clip.Source
	}
	return ""
}

// canSpread tells whether there are pictures and music.
func (v *view) canSpread() bool {
	f := v.model.Strip.Film
	if len(f.Tunes) == 0 {
		return false
	}
	for i := range f.Clips {
		if f.Clips[i].Stands() {
			return true
		}
	}
	return false
}

func (v *view) tuneItems() []*fyne.MenuItem {
	items := []*fyne.MenuItem{v.item("Make it a clip", (*Presenter).TuneToClip)}
	if v.canSpread() {
		items = append(items, v.item("Spread pictures over the music", (*Presenter).SpreadOverMusic))
	}
	return append(items, fyne.NewMenuItemSeparator(), v.item("Remove music", (*Presenter).Remove))
}

func (v *view) markerItems(id editor.MarkerID) []*fyne.MenuItem {
	return []*fyne.MenuItem{
		fyne.NewMenuItem(lang.L("Name marker…"), func() { v.nameMarker(id) }),
		v.item("Remove marker", func(p *Presenter) { p.Unmark(id) }),
	}
}

func (v *view) placeItems() []*fyne.MenuItem {
	return []*fyne.MenuItem{
		v.item("Add marker at the mark", (*Presenter).Mark),
		v.key("Add text card at the mark", timeline.Card),
		v.key("Paste", timeline.Paste),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(lang.L("Show the whole film"), v.strip.Fit),
		fyne.NewMenuItem(lang.L("Keys…"), v.showKeys),
	}
}

// nameMarker asks for the name of a marker.
func (v *view) nameMarker(id editor.MarkerID) {
	m, at, ok := v.tab.presenter.line().Marker(id)
	if !ok {
		return
	}
	var d *dialog.CustomDialog
	entry := look.NewEntry(func() { d.Dismiss() })
	entry.SetText(m.Label)
	entry.SetPlaceHolder(lang.L("The film's chapters are called as its markers are"))
	rename := func() {
		d.Hide()
		v.tab.act(func(p *Presenter) { p.Rename(id, entry.Text) })
	}
	entry.OnSubmitted = func(string) { rename() }
	d = dialog.NewCustomWithoutButtons(tr(sayOf("Marker at {{.Time}}", "Time", showMoment(at))), entry, v.tab.window)
	remove := widget.NewButton(lang.L("Remove"), func() {
		d.Hide()
		v.tab.act(func(p *Presenter) { p.Unmark(id) })
	})
	done := widget.NewButton(lang.L("Done"), rename)
	done.Importance = widget.HighImportance
	d.SetButtons([]fyne.CanvasObject{remove, widget.NewButton(lang.L("Cancel"), d.Dismiss), done})
	d.Resize(fyne.NewSize(460, 0))
	look.ShowDialog(d, v.tab.window, v.focus)
	v.tab.window.Canvas().Focus(entry)
}
