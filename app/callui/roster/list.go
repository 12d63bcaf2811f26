package roster

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Actions are what may be done with a person.
type Actions struct {
	Call   func(Person)
	Keep   func(Person) // as a contact, under a name that is asked for
	Remove func(Person) // from the contacts
	Block  func(Person)
}

// List shows people, by kind.
type List struct {
	Content fyne.CanvasObject
	column  *fyne.Container
	scroll  *container.Scroll
	empty   *widget.Label
	actions Actions
	shown   []Person
	day     string // that the times were written on
}

// NewList returns a list of nobody.
func NewList(a Actions) *List {
	l := &List{actions: a, column: container.New(layout.NewCustomPaddedVBoxLayout(0))}
	l.empty = widget.NewLabel(lang.L("People on your network appear here, and whom you talked with."))
	l.empty.Wrapping, l.empty.Importance = fyne.TextWrapWord, widget.LowImportance
	l.scroll = container.NewVScroll(l.column)
	l.Content = container.NewStack(l.empty, l.scroll)
	return l
}

// Show shows people; nothing is laid out anew where nothing changed.
func (l *List) Show(people []Person, now time.Time) {
	day := now.Format(time.DateOnly)
	if l.day == day && slices.Equal(people, l.shown) {
		return
	}
	l.shown, l.day = slices.Clone(people), day
	l.empty.Hidden = len(people) > 0
	focused := l.focused()
	l.column.RemoveAll()
	for i, p := range people {
		if i == 0 || people[i-1].Kind != p.Kind {
			l.column.Add(caption(p.Kind.section()))
		}
		r := newRow(p, now, l.actions.Call, l.menu)
		l.column.Add(r)
		if focused != nil && focused.Kind == p.Kind && focused.Name == p.Name && focused.At.Equal(p.At) {
			l.focus(r)
		}
	}
	l.Content.Refresh()
}

// focused is the person whose row has the keys.
func (l *List) focused() *Person {
	if c := fyne.CurrentApp().Driver().CanvasForObject(l.column); c != nil {
		if r, ok := c.Focused().(*row); ok {
			return &r.person
		}
	}
	return nil
}

func (l *List) focus(r *row) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(l.column); c != nil {
		c.Focus(r)
	}
}

// menu tells what can be done with a person.
func (l *List) menu(p Person, at fyne.Position) {
	c := fyne.CurrentApp().Driver().CanvasForObject(l.column)
	if c == nil {
		return
	}
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", l.items(p)...), c, at)
}

func (l *List) items(p Person) (items []*fyne.MenuItem) {
	add := func(text string, f func(Person), ok bool) {
		if ok && f != nil {
			items = append(items, fyne.NewMenuItem(text, func() { f(p) }))
		}
	}
	add(lang.L("Call"), l.actions.Call, p.Address != "")
	add(lang.L("Keep as a contact…"), l.actions.Keep, !p.Known)
	add(lang.L("Remove from the contacts"), l.actions.Remove, p.Kind == Contact)
	add(lang.L("Block"), l.actions.Block, p.Kind == Recent && p.Incoming)
	return items
}

func caption(text string) fyne.CanvasObject {
	l := widget.NewLabel(text)
	l.SizeName = theme.SizeNameCaptionText
	l.Importance = widget.LowImportance
	return l
}
