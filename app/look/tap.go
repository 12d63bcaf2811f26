package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Tap makes anything a button, also for the keys.
type Tap struct {
	widget.BaseWidget
	content fyne.CanvasObject
	tapped  func()
	ring    *canvas.Rectangle
}

var (
	_ fyne.Focusable     = (*Tap)(nil)
	_ fyne.Tappable      = (*Tap)(nil)
	_ desktop.Cursorable = (*Tap)(nil)
)

// NewTap returns content as a button.
func NewTap(content fyne.CanvasObject, tapped func()) *Tap {
	t := &Tap{content: content, tapped: tapped, ring: canvas.NewRectangle(color.Transparent)}
	t.ring.CornerRadius, t.ring.StrokeWidth = 15, 2
	t.ExtendBaseWidget(t)
	return t
}

// Tapped is Fyne's.
func (t *Tap) Tapped(*fyne.PointEvent) { t.tapped() }

// Cursor is Fyne's.
func (t *Tap) Cursor() desktop.Cursor { return desktop.PointerCursor }

// FocusGained is Fyne's.
func (t *Tap) FocusGained() {
	t.ring.StrokeColor = t.Theme().Color(theme.ColorNamePrimary, fyne.CurrentApp().Settings().ThemeVariant())
	t.ring.Refresh()
}

// FocusLost is Fyne's.
func (t *Tap) FocusLost() {
	t.ring.StrokeColor = color.Transparent
	t.ring.Refresh()
}

// TypedRune is Fyne's: letters are the window's.
func (t *Tap) TypedRune(char rune) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(t); char != ' ' && c != nil && c.OnTypedRune() != nil {
		c.OnTypedRune()(char)
	}
}

// TypedKey is Fyne's: space and Enter press it, any other key is the window's.
func (t *Tap) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		t.tapped()
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(t); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(e)
	}
}

// CreateRenderer is Fyne's.
func (t *Tap) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(t.content, t.ring))
}
