package roster

import (
	"image/color"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"parley/app/look"
)

// row is one person. A click calls; the other button, or the menu key, tells
// what else there is.
type row struct {
	widget.BaseWidget
	person           Person
	now              time.Time
	call             func(Person)
	more             func(Person, fyne.Position)
	hovered, focused bool
}

var (
	_ fyne.Focusable         = (*row)(nil)
	_ fyne.Tappable          = (*row)(nil)
	_ fyne.SecondaryTappable = (*row)(nil)
	_ desktop.Hoverable      = (*row)(nil)
	_ desktop.Cursorable     = (*row)(nil)
)

func newRow(p Person, now time.Time, call func(Person), more func(Person, fyne.Position)) *row {
	r := &row{person: p, now: now, call: call, more: more}
	r.ExtendBaseWidget(r)
	return r
}

// Tapped is Fyne's. The sign at the right opens the menu.
func (r *row) Tapped(e *fyne.PointEvent) {
	if e != nil && e.Position.X > r.Size().Width-moreWidth {
		r.more(r.person, e.AbsolutePosition)
		return
	}
	r.dial()
}

// dial calls; whoever can only call here is told what else can be done.
func (r *row) dial() {
	if r.person.Address == "" {
		r.menu()
		return
	}
	r.call(r.person)
}

// menu opens the menu below the row.
func (r *row) menu() {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(r)
	r.more(r.person, at.AddXY(r.Size().Width-moreWidth, r.Size().Height))
}

// TappedSecondary is Fyne's.
func (r *row) TappedSecondary(e *fyne.PointEvent) { r.more(r.person, e.AbsolutePosition) }

// Cursor is Fyne's.
func (r *row) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MouseIn is Fyne's.
func (r *row) MouseIn(*desktop.MouseEvent) { r.hovered = true; r.Refresh() }

// MouseMoved is Fyne's.
func (r *row) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is Fyne's.
func (r *row) MouseOut() { r.hovered = false; r.Refresh() }

// FocusGained is Fyne's.
func (r *row) FocusGained() { r.focused = true; r.Refresh() }

// FocusLost is Fyne's.
func (r *row) FocusLost() { r.focused = false; r.Refresh() }

// TypedRune is Fyne's.
func (r *row) TypedRune(rune) {}

// TypedKey is Fyne's: Enter and space call, the arrow to the right and the menu
// key tell what else there is.
func (r *row) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		r.dial()
	case fyne.KeyRight, desktop.KeyMenu:
		r.menu()
	}
}

// CreateRenderer is Fyne's.
func (r *row) CreateRenderer() fyne.WidgetRenderer {
	x := &rowRenderer{
		row: r, face: canvas.NewRectangle(color.Transparent), disc: canvas.NewCircle(color.Transparent), dot: canvas.NewCircle(color.Transparent),
		initial: canvas.NewText("", color.Transparent), name: canvas.NewText("", color.Transparent), detail: canvas.NewText("", color.Transparent),
		check: canvas.NewImageFromResource(nil), more: canvas.NewText("⋯", color.Transparent),
	}
	x.face.CornerRadius = 10
	x.initial.Alignment, x.initial.TextStyle.Bold, x.initial.TextSize = fyne.TextAlignCenter, true, 15
	x.name.TextStyle.Bold = true
	x.check.FillMode = canvas.ImageFillContain
	x.more.Alignment, x.more.TextSize = fyne.TextAlignCenter, 20
	x.Refresh()
	return x
}

type rowRenderer struct {
	row                         *row
	face                        *canvas.Rectangle
	disc, dot                   *canvas.Circle
	initial, name, detail, more *canvas.Text
	check                       *canvas.Image
}

const (
	rowHeight = 48
	discSize  = 34
	moreWidth = 34
	textLeft  = 8 + discSize + 11
)

// MinSize is Fyne's.
func (x *rowRenderer) MinSize() fyne.Size { return fyne.NewSize(180, rowHeight) }

// Layout is Fyne's.
func (x *rowRenderer) Layout(size fyne.Size) {
	put := func(o fyne.CanvasObject, left, top, width, height float32) {
		o.Move(fyne.NewPos(left, top))
		o.Resize(fyne.NewSize(width, height))
	}
	x.face.Resize(size)
	top := (size.Height - discSize) / 2
	put(x.disc, 8, top, discSize, discSize)
	put(x.initial, 8, top, discSize, discSize)
	put(x.dot, 8+discSize-10, top+discSize-10, 11, 11)
	room := size.Width - textLeft - moreWidth
	x.fit(x.name, x.row.person.Name, room-18)
	x.fit(x.detail, x.row.person.Detail(x.row.now), room)
	h := x.name.MinSize().Height
	put(x.name, textLeft, 5, room, h)
	put(x.detail, textLeft, 5+h-1, room, x.detail.MinSize().Height)
	put(x.check, textLeft+x.name.MinSize().Width+5, 5+(h-14)/2, 14, 14)
	put(x.more, size.Width-moreWidth, 0, moreWidth-4, size.Height)
}

// fit shortens a text to a width.
func (x *rowRenderer) fit(t *canvas.Text, text string, width float32) {
	t.Text = text
	for runes := []rune(text); len(runes) > 1 && t.MinSize().Width > width; {
		runes = runes[:len(runes)-1]
		t.Text = strings.TrimRight(string(runes), " ") + "…"
	}
}

// Refresh is Fyne's.
func (x *rowRenderer) Refresh() {
	p := x.row.person
	th, variant := x.row.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	of := func(name fyne.ThemeColorName) color.Color { return th.Color(name, variant) }
	x.face.FillColor, x.face.StrokeWidth = color.Transparent, 0
	if x.row.hovered {
		x.face.FillColor = of(theme.ColorNameHover)
	}
	if x.row.focused {
		x.face.StrokeWidth, x.face.StrokeColor = 2, of(theme.ColorNamePrimary)
	}
	x.disc.FillColor = look.FaceOf(p.Name)
	x.initial.Text, x.initial.Color = look.InitialOf(p.Name), color.White
	x.dot.FillColor, x.dot.StrokeColor, x.dot.StrokeWidth = color.Transparent, of(theme.ColorNameBackground), 2
	if name, ok := dots[p.Presence]; ok {
		x.dot.FillColor = of(name)
	} else {
		x.dot.StrokeWidth = 0
	}
	x.name.Color, x.name.TextSize = of(theme.ColorNameForeground), th.Size(theme.SizeNameText)
	x.detail.Color, x.detail.TextSize = of(theme.ColorNamePlaceHolder), th.Size(theme.SizeNameCaptionText)
	if p.New {
		x.detail.Color = of(theme.ColorNameError)
	}
	x.check.Hidden = !p.Verified
	x.check.Resource = look.Shield.In(of(theme.ColorNameSuccess))
	x.more.Color = color.Transparent
	if x.row.hovered || x.row.focused {
		x.more.Color = of(theme.ColorNamePlaceHolder)
	}
	x.Layout(x.row.Size())
	for _, o := range x.Objects() {
		o.Refresh()
	}
}

// dots are the colours of presences.
var dots = map[Presence]fyne.ThemeColorName{
	Free: theme.ColorNameSuccess, Busy: theme.ColorNameError,
}

// Objects is Fyne's.
func (x *rowRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{x.face, x.disc, x.initial, x.dot, x.name, x.detail, x.check, x.more}
}

// Destroy is Fyne's.
func (x *rowRenderer) Destroy() {}
