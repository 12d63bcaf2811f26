package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/widget"
)

// ShowDialog shows a dialog that Escape closes, as one that was not agreed to.
// While it is there the window's own keys rest. closed, which may be nil, is
// called when it is gone. What has the keys in it takes Escape itself, and
// should be an Entry or a Select of this package.
func ShowDialog(d dialog.Dialog, w fyne.Window, closed func()) {
	c := w.Canvas()
	before := c.OnTypedKey()
	d.SetOnClosed(func() {
		c.SetOnTypedKey(before)
		if closed != nil {
			closed()
		}
	})
	d.Show()
	own := c.Overlays().Top()
	c.SetOnTypedKey(func(e *fyne.KeyEvent) {
		if e.Name == fyne.KeyEscape && c.Overlays().Top() == own { // none that it opened is above it
			d.Dismiss()
		}
	})
}

// Entry is a field that tells of Escape where somebody wants to know.
type Entry struct {
	widget.Entry
	Escape func()
}

// NewEntry makes a field of one line; escape may be set later.
func NewEntry(escape func()) *Entry {
	e := &Entry{Escape: escape}
	e.ExtendBaseWidget(e)
	return e
}

// TypedKey is for Fyne.
func (e *Entry) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape && e.Escape != nil {
		e.Escape()
		return
	}
	e.Entry.TypedKey(k)
}

// Select is a choice that tells of Escape where somebody wants to know.
type Select struct {
	widget.Select
	Escape func()
}

// NewSelect makes a choice; escape may be set later.
func NewSelect(options []string, changed func(string), escape func()) *Select {
	s := &Select{Escape: escape}
	s.Options, s.OnChanged = options, changed
	s.ExtendBaseWidget(s)
	return s
}

// TypedKey is for Fyne.
func (s *Select) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape && s.Escape != nil {
		s.Escape()
		return
	}
	s.Select.TypedKey(k)
}
