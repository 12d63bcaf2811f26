package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Tone is what a Round says by its colour.
type Tone int

// The tones.
const (
	Calm    Tone = iota
	On           // something unusual is switched on: muted, camera off
	Danger       // ends or records
	Welcome      // begins
)

// Round is a round button with a symbol. Its name is shown by whoever listens
// to OnHint while the pointer or the focus is on it.
type Round struct {
	widget.DisableableWidget

	Name     string // translated
	Key      string // the key that does the same, "M"
	OnTapped func()
	OnHint   func(*Round) // nil when neither pointer nor focus is there any more

	symbol           Symbol
	tone             Tone
	diameter         float32
	hovered, focused bool
	badge            bool
}

var (
	_ fyne.Focusable     = (*Round)(nil)
	_ fyne.Tappable      = (*Round)(nil)
	_ desktop.Hoverable  = (*Round)(nil)
	_ desktop.Cursorable = (*Round)(nil)
)

// NewRound returns a button of a diameter in Fyne's units.
func NewRound(symbol Symbol, name, key string, diameter float32, tapped func()) *Round {
	r := &Round{Name: name, Key: key, OnTapped: tapped, symbol: symbol, diameter: diameter}
	r.ExtendBaseWidget(r)
	return r
}

// Set changes symbol, tone and name together.
func (r *Round) Set(symbol Symbol, tone Tone, name string) {
	if r.symbol == symbol && r.tone == tone && r.Name == name {
		return
	}
	r.symbol, r.tone, r.Name = symbol, tone, name
	r.Refresh()
	if r.hovered || r.focused {
		r.hint(r)
	}
}

// Hint is the button's name with its key.
func (r *Round) Hint() string {
	if r.Key == "" {
		return r.Name
	}
	return r.Name + "  ·  " + r.Key
}

// Tapped is Fyne's.
func (r *Round) Tapped(*fyne.PointEvent) {
	if !r.Disabled() && r.OnTapped != nil {
		r.OnTapped()
	}
}

// MouseIn is Fyne's.
func (r *Round) MouseIn(*desktop.MouseEvent) { r.hover(true) }

// MouseMoved is Fyne's.
func (r *Round) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is Fyne's.
func (r *Round) MouseOut() { r.hover(false) }

// Cursor is Fyne's.
func (r *Round) Cursor() desktop.Cursor {
	if r.Disabled() {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// FocusGained is Fyne's.
func (r *Round) FocusGained() { r.focus(true) }

// FocusLost is Fyne's.
func (r *Round) FocusLost() { r.focus(false) }

// TypedKey is Fyne's: space and Enter press the button, any other key is the
// window's.
func (r *Round) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		r.Tapped(nil)
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(r); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(e)
	}
}

// TypedRune is Fyne's.
func (r *Round) TypedRune(char rune) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(r); char != ' ' && c != nil && c.OnTypedRune() != nil {
		c.OnTypedRune()(char)
	}
}

// SetBadge shows or hides a dot that draws the eye to it.
func (r *Round) SetBadge(on bool) {
	if r.badge != on {
		r.badge = on
		r.Refresh()
	}
}

func (r *Round) hover(on bool) {
	r.hovered = on
	r.Refresh()
	r.tell()
}

func (r *Round) focus(on bool) {
	r.focused = on
	r.Refresh()
	r.tell()
}

func (r *Round) tell() {
	if r.hovered || r.focused {
		r.hint(r)
		return
	}
	r.hint(nil)
}

func (r *Round) hint(of *Round) {
	if r.OnHint != nil {
		r.OnHint(of)
	}
}

// CreateRenderer is Fyne's.
func (r *Round) CreateRenderer() fyne.WidgetRenderer {
	face := canvas.NewRectangle(color.Transparent)
	veil := canvas.NewRectangle(color.Transparent)
	ring := canvas.NewRectangle(color.Transparent)
	ring.StrokeWidth = 3
	sign := canvas.NewImageFromResource(nil)
	sign.FillMode = canvas.ImageFillContain
	x := &roundRenderer{r: r, face: face, veil: veil, ring: ring, sign: sign, dot: canvas.NewCircle(color.Transparent)}
	x.Refresh()
	return x
}

type roundRenderer struct {
	r                *Round
	face, veil, ring *canvas.Rectangle
	sign             *canvas.Image
	dot              *canvas.Circle
}

func (x *roundRenderer) MinSize() fyne.Size { return fyne.NewSquareSize(x.r.diameter) }

func (x *roundRenderer) Layout(size fyne.Size) {
	d := min(size.Width, size.Height)
	at := fyne.NewPos((size.Width-d)/2, (size.Height-d)/2)
	for _, o := range []*canvas.Rectangle{x.face, x.veil, x.ring} {
		o.Resize(fyne.NewSquareSize(d))
		o.Move(at)
		o.CornerRadius = d / 2
	}
	s := d * 0.46
	x.sign.Resize(fyne.NewSquareSize(s))
	x.sign.Move(at.AddXY((d-s)/2, (d-s)/2))
	x.dot.Resize(fyne.NewSquareSize(11))
	x.dot.Move(at.AddXY(d*0.66, d*0.2))
}

func (x *roundRenderer) Refresh() {
	th, variant := x.r.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	of := func(name fyne.ThemeColorName) color.Color { return th.Color(name, variant) }
	fill, sign := of(theme.ColorNameButton), of(theme.ColorNameForeground)
	switch x.r.tone {
	case On:
		fill, sign = of(theme.ColorNameForeground), of(theme.ColorNameBackground)
	case Danger:
		fill, sign = of(theme.ColorNameError), of(theme.ColorNameForegroundOnError)
	case Welcome:
		fill, sign = of(theme.ColorNameSuccess), of(theme.ColorNameForegroundOnSuccess)
	}
	if x.r.Disabled() {
		fill, sign = of(theme.ColorNameDisabledButton), of(theme.ColorNameDisabled)
	}
	x.face.FillColor = fill
	x.veil.FillColor = color.Transparent
	if x.r.hovered && !x.r.Disabled() {
		x.veil.FillColor = of(theme.ColorNameHover)
	}
	x.ring.StrokeColor = color.Transparent
	if x.r.focused {
		x.ring.StrokeColor = of(theme.ColorNamePrimary)
	}
	x.dot.FillColor = color.Transparent
	if x.r.badge {
		x.dot.FillColor = of(theme.ColorNameError)
	}
	x.sign.Resource = x.r.symbol.In(sign)
	for _, o := range x.Objects() {
		o.Refresh()
	}
}

func (x *roundRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{x.face, x.veil, x.ring, x.sign, x.dot}
}

func (x *roundRenderer) Destroy() {}
