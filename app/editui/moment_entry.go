package editui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// momentEntry is an entry for a time. It asks for a check while something is
// written, and gives it up or in when the person is done.
type momentEntry struct {
	widget.Entry
	shown  string // what the clip has
	typing func(string)
	enter  func(string) error // an error leaves the text as it is
	done   func()             // keys go elsewhere again

	focusing func(fyne.CanvasObject) // nil: nobody minds
}

func newMomentEntry(typing func(string), enter func(string) error, done func()) *momentEntry {
	e := &momentEntry{typing: typing, enter: enter, done: done}
	e.ExtendBaseWidget(e)
	e.OnChanged = func(text string) {
		if text != e.shown {
			e.typing(text)
		}
	}
	e.OnSubmitted = func(string) { e.submit() }
	return e
}

// set shows what the clip has, unless the person is writing something else.
func (e *momentEntry) set(text string, always bool) {
	if e.shown == text && !always {
		return
	}
	e.shown = text
	e.SetText(text)
}

func (e *momentEntry) submit() {
	if e.enter(e.Text) == nil {
		e.SetText(e.shown)
		e.done()
	}
}

// TypedKey takes Escape back to what was there.
func (e *momentEntry) TypedKey(k *fyne.KeyEvent) {
	if k.Name != fyne.KeyEscape {
		e.Entry.TypedKey(k)
		return
	}
	e.SetText(e.shown)
	e.typing(e.shown)
	e.done()
}

// FocusGained is for Fyne.
func (e *momentEntry) FocusGained() {
	e.Entry.FocusGained()
	if e.focusing != nil {
		e.focusing(e)
	}
}

// FocusLost gives in what was written, or forgets it where it is not possible.
func (e *momentEntry) FocusLost() {
	e.Entry.FocusLost()
	if e.Text == e.shown {
		return
	}
	if e.enter(e.Text) != nil {
		e.SetText(e.shown)
		e.typing(e.shown)
	}
}
