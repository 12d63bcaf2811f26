package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// RailItem is one entry of the rail at a window's side: a symbol with a word
// beneath it. A badge draws the eye to it.
type RailItem struct {
	widget.BaseWidget

	OnTapped func()

	symbol                   Symbol
	word                     string
	chosen, hovered, focused bool
	badge                    bool
}

var (
	_ fyne.Focusable    = (*RailItem)(nil)
	_ fyne.Tappable     = (*RailItem)(nil)
	_ desktop.Hoverable = (*RailItem)(nil)
)

// NewRailItem returns an item with a translated word.
func NewRailItem(symbol Symbol, word string, tapped func()) *RailItem {
	i := &RailItem{symbol: symbol, word: word, OnTapped: tapped}
	i.ExtendBaseWidget(i)
	return i
}

// SetChosen marks the item whose page is shown.
func (i *RailItem) SetChosen(on bool) {
	i.chosen = on
	i.Refresh()
}

// SetBadge shows or hides the badge.
func (i *RailItem) SetBadge(on bool) {
	if i.badge != on {
		i.badge = on
		i.Refresh()
	}
}

// Symbol is the one that is shown.
func (i *RailItem) Symbol() Symbol { return i.symbol }

// Set changes the symbol and its word.
func (i *RailItem) Set(symbol Symbol, word string) {
	if i.symbol != symbol || i.word != word {
		i.symbol, i.word = symbol, word
		i.Refresh()
	}
}

// Tapped is Fyne's.
func (i *RailItem) Tapped(*fyne.PointEvent) { i.OnTapped() }

// MouseIn is Fyne's.
func (i *RailItem) MouseIn(*desktop.MouseEvent) { i.hovered = true; i.Refresh() }

// MouseMoved is Fyne's.
func (i *RailItem) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is Fyne's.
func (i *RailItem) MouseOut() { i.hovered = false; i.Refresh() }

// FocusGained is Fyne's.
func (i *RailItem) FocusGained() { i.focused = true; i.Refresh() }

// FocusLost is Fyne's.
func (i *RailItem) FocusLost() { i.focused = false; i.Refresh() }

// TypedRune is Fyne's.
func (i *RailItem) TypedRune(rune) {}

// TypedKey is Fyne's.
func (i *RailItem) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		i.OnTapped()
	}
}

// CreateRenderer is Fyne's.
func (i *RailItem) CreateRenderer() fyne.WidgetRenderer {
	x := &railRenderer{
		item: i,
		face: canvas.NewRectangle(color.Transparent),
		sign: canvas.NewImageFromResource(nil),
		word: canvas.NewText(i.word, color.Transparent),
		dot:  canvas.NewCircle(color.Transparent),
	}
	x.face.CornerRadius = 12
	x.sign.FillMode = canvas.ImageFillContain
	x.word.Alignment = fyne.TextAlignCenter
	x.Refresh()
	return x
}

type railRenderer struct {
	item *RailItem
	face *canvas.Rectangle
	sign *canvas.Image
	word *canvas.Text
	dot  *canvas.Circle
}

const railSign = 24

func (x *railRenderer) MinSize() fyne.Size {
	w := x.word.MinSize()
	return fyne.NewSize(max(w.Width+12, 66), railSign+w.Height+22)
}

func (x *railRenderer) Layout(size fyne.Size) {
	x.face.Resize(size)
	h := x.word.MinSize().Height
	top := (size.Height - railSign - h - 3) / 2
	x.sign.Resize(fyne.NewSquareSize(railSign))
	x.sign.Move(fyne.NewPos((size.Width-railSign)/2, top))
	x.word.Resize(fyne.NewSize(size.Width, h))
	x.word.Move(fyne.NewPos(0, top+railSign+3))
	x.dot.Resize(fyne.NewSquareSize(9))
	x.dot.Move(fyne.NewPos(size.Width/2+10, top-3))
}

func (x *railRenderer) Refresh() {
	th, variant := x.item.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	of := func(name fyne.ThemeColorName) color.Color { return th.Color(name, variant) }
	ink := of(theme.ColorNamePlaceHolder)
	x.face.FillColor = color.Transparent
	if x.item.hovered {
		x.face.FillColor = of(theme.ColorNameHover)
	}
	if x.item.chosen {
		ink = of(theme.ColorNameForeground)
		x.face.FillColor = of(theme.ColorNameButton)
	}
	x.face.StrokeWidth = 0
	if x.item.focused {
		x.face.StrokeWidth, x.face.StrokeColor = 2, of(theme.ColorNamePrimary)
	}
	x.sign.Resource = x.item.symbol.In(ink)
	x.word.Text = x.item.word
	x.word.Color, x.word.TextSize = ink, th.Size(theme.SizeNameCaptionText)
	x.dot.FillColor = color.Transparent
	if x.item.badge {
		x.dot.FillColor = of(theme.ColorNameError)
	}
	for _, o := range x.Objects() {
		o.Refresh()
	}
}

func (x *railRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{x.face, x.sign, x.word, x.dot}
}

func (x *railRenderer) Destroy() {}
