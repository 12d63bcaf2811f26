package editui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"parley/editor"
)

// titleEntry is one field of a title.
type titleEntry struct {
	content fyne.CanvasObject
	field   editor.TemplateField
	entry   *textEntry   // of a text or a colour
	choice  *heardSelect // of one of several
}

func newTitleEntry(i *inspector, field editor.TemplateField, wrote func(string)) *titleEntry {
	e := &titleEntry{field: field}
	name := lang.L(field.Label)
	switch field.Kind {
	case editor.ChoiceField:
		var names []string
		for _, c := range field.Choices {
			names = append(names, lang.L(c))
		}
		e.choice = i.choice(names, func(n int) { wrote(field.Choices[n]) })
		e.content = row(name, e.choice, nil)
	default:
		e.entry = newTextEntry(field, wrote, func() { i.tab.act((*Presenter).EndRun) })
		e.entry.done = i.done
		e.entry.focusing = i.focusing
		e.content = container.NewVBox(indent(quiet(name)), wide(e.entry))
		if field.Kind == editor.ColorField {
			e.content = row(name, e.entry, nil)
		}
	}
	return e
}

// set shows what is filled in, unless the person is writing just that.
func (e *titleEntry) set(text string, anew bool) {
	if e.choice != nil {
		e.choice.set(max(0, placeOf(e.field.Choices, text)))
		return
	}
	if e.entry.Text != text && (anew || !e.entry.writing) {
		e.entry.told = nil
		e.entry.SetText(text)
		e.entry.told = e.entry.wrote
	}
}

// textEntry is an entry whose text is told as it is written.
type textEntry struct {
	widget.Entry
	wrote    func(string)
	told     func(string) // nil while it is set from outside
	left     func()
	done     func() // the keys are wanted elsewhere
	focusing func(fyne.CanvasObject)
	writing  bool
}

func newTextEntry(field editor.TemplateField, wrote func(string), left func()) *textEntry {
	e := &textEntry{wrote: wrote, told: wrote, left: left}
	e.MultiLine = field.Kind == editor.LinesField
	e.Wrapping = fyne.TextWrapWord
	if !e.MultiLine {
		e.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
		e.Scroll = fyne.ScrollHorizontalOnly
	}
	if field.Default != "" {
		e.PlaceHolder = lang.L(field.Default)
	}
	e.OnSubmitted = func(string) { e.done() } // of one line
	e.OnChanged = func(text string) {
		if e.told != nil {
			e.told(text)
		}
	}
	e.ExtendBaseWidget(e)
	if e.MultiLine {
		e.SetMinRowsVisible(3)
	}
	return e
}

// TypedKey has Escape lead back to the strip; what is written stays.
func (e *textEntry) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape {
		e.done()
		return
	}
	e.Entry.TypedKey(k)
}

// FocusGained is for Fyne.
func (e *textEntry) FocusGained() {
	e.Entry.FocusGained()
	e.writing = true
	e.focusing(e)
}

// FocusLost is for Fyne.
func (e *textEntry) FocusLost() {
	e.Entry.FocusLost()
	e.writing = false
	e.left()
}
