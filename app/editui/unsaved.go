package editui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"parley/app/look"
)

// AfterSaving calls then, on Fyne's goroutine, once everything that was edited
// is on the disk. Where it cannot be saved nothing of it is given up unasked:
// a person saves it elsewhere, goes on all the same, or stays. Until that is
// answered another call does nothing.
func (t *Tab) AfterSaving(then func()) {
	if t.leaving || t.closed {
		return
	}
	t.leaving = true
	saver := t.saver
	t.background.Go(func() {
		err := saver.flush()
		t.hop(func() {
			switch {
			case t.closed:
			case err == nil:
				t.leaving = false
				then()
			default:
				t.view.askUnsaved(err, func() { saver.forget(); then() })
			}
		})
	})
}

// askUnsaved asks what is to become of edits that cannot be saved.
func (v *view) askUnsaved(err error, without func()) {
	why := widget.NewLabel(tr(sayErrorOf(err, v.tab.path)))
	kept := widget.NewLabel(lang.L("What you edited is still here. Save it elsewhere, or go on without it."))
	for _, l := range []*widget.Label{why, kept} {
		l.Wrapping = fyne.TextWrapWord
	}
	d := dialog.NewCustomWithoutButtons(lang.L("The project is not saved"), container.NewVBox(why, kept), v.tab.window)
	choice := func(name string, f func()) *widget.Button {
		return widget.NewButton(lang.L(name), func() { d.Hide(); v.focus(); f() })
	}
	buttons := []fyne.CanvasObject{choice("Go on without saving", without), choice("Cancel", func() {})}
	if v.tab.deps.Projects != nil {
		elsewhere := choice("Save project as…", v.askSaveAs)
		elsewhere.Importance = widget.HighImportance
		buttons = append(buttons, elsewhere)
	}
	d.SetButtons(buttons)
	d.Resize(fyne.NewSize(520, 0))
	look.ShowDialog(d, v.tab.window, func() { v.tab.leaving = false })
}
