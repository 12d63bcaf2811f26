package editui

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// fold is a part of the panel under a head that opens and closes it. While it
// is closed its head tells in a few words what is inside.
type fold struct {
	content *fyne.Container
	head    *foldHead
	body    *fyne.Container
}

// fold makes one with a body.
func (k kit) fold(title string, open bool, body ...fyne.CanvasObject) *fold {
	f := &fold{body: container.NewVBox(append(body, gap(8))...)}
	f.head = &foldHead{title: title, focusing: k.focusing}
	f.head.ExtendBaseWidget(f.head)
	f.head.toggle = func() {
		f.set(!f.head.open)
		if f.head.open {
			k.opened(f)
		}
	}
	f.content = container.NewVBox(widget.NewSeparator(), f.head, f.body)
	f.set(open)
	return f
}

func (f *fold) set(open bool) {
	f.head.open = open
	visible(f.body, open)
	f.head.Refresh()
}

// show shows or hides all of it, and tells what is inside.
func (f *fold) show(on bool, summary []Text) {
	visible(f.content, on)
	text := ""
	for i, t := range summary {
		if i > 0 {
			text += " · "
		}
		text += tr(t)
	}
	if f.head.summary != text {
		f.head.summary = text
		f.head.Refresh()
	}
}

// foldHead is the line that opens and closes a fold, by pointer or by key.
type foldHead struct {
	widget.BaseWidget
	title, summary   string
	calm             bool // the summary tells of nothing that was changed
	open             bool
	toggle           func()
	focusing         func(fyne.CanvasObject)
	hovered, focused bool
}

var (
	_ fyne.Focusable    = (*foldHead)(nil)
	_ fyne.Tappable     = (*foldHead)(nil)
	_ desktop.Hoverable = (*foldHead)(nil)
)

// Tapped is for Fyne.
func (h *foldHead) Tapped(*fyne.PointEvent) { h.toggle() }

// TypedKey is for Fyne: space and Enter, or the arrows as in a tree.
func (h *foldHead) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		h.toggle()
	case fyne.KeyRight:
		if !h.open {
			h.toggle()
		}
	case fyne.KeyLeft:
		if h.open {
			h.toggle()
		}
	}
}

// TypedRune is for Fyne.
func (h *foldHead) TypedRune(rune) {}

// FocusGained is for Fyne.
func (h *foldHead) FocusGained() {
	h.focused = true
	h.Refresh()
	h.focusing(h)
}

// FocusLost is for Fyne.
func (h *foldHead) FocusLost() {
	h.focused = false
	h.Refresh()
}

// MouseIn is for Fyne.
func (h *foldHead) MouseIn(*desktop.MouseEvent) {
	h.hovered = true
	h.Refresh()
}

// MouseMoved is for Fyne.
func (h *foldHead) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for Fyne.
func (h *foldHead) MouseOut() {
	h.hovered = false
	h.Refresh()
}

// CreateRenderer is for Fyne.
func (h *foldHead) CreateRenderer() fyne.WidgetRenderer {
	r := &foldRenderer{
		head: h, ground: canvas.NewRectangle(color.Transparent), sign: canvas.NewImageFromResource(nil),
		title: canvas.NewText("", nil), summary: canvas.NewText("", nil),
	}
	r.ground.CornerRadius = theme.InputRadiusSize()
	r.sign.FillMode = canvas.ImageFillContain
	r.title.TextStyle.Bold = true
	r.Refresh()
	return r
}

type foldRenderer struct {
	head           *foldHead
	ground         *canvas.Rectangle
	sign           *canvas.Image
	title, summary *canvas.Text
	width          float32
}

// foldHeight is that of a head.
const foldHeight = 36

func (r *foldRenderer) MinSize() fyne.Size {
	return fyne.NewSize(r.title.MinSize().Width+60, max(foldHeight, float32(math.Ceil(float64(r.title.MinSize().Height)))+12))
}

func (r *foldRenderer) Layout(size fyne.Size) {
	r.width = size.Width
	r.ground.Resize(fyne.NewSize(size.Width, max(0, size.Height-2)))
	r.ground.Move(fyne.NewPos(0, 1))
	r.sign.Resize(fyne.NewSquareSize(18))
	r.sign.Move(fyne.NewPos(4, middle(size.Height, 18)))
	title := r.title.MinSize()
	r.title.Move(fyne.NewPos(26, middle(size.Height, title.Height)))
	r.title.Resize(title)
	r.write()
}

// write puts as much of the summary to the right as there is room for.
func (r *foldRenderer) write() {
	room := r.width - r.title.MinSize().Width - 26 - 14 - theme.InnerPadding()
	r.summary.Text = ""
	if !r.head.open {
		r.summary.Text = fitted(r.head.summary, room, r.summary.TextSize)
	}
	size := r.summary.MinSize()
	r.summary.Resize(size)
	r.summary.Move(fyne.NewPos(r.width-size.Width-theme.InnerPadding(), middle(r.head.Size().Height, size.Height)))
}

func (r *foldRenderer) Refresh() {
	th := r.head.Theme()
	colour := func(name fyne.ThemeColorName) color.Color { return colourOfTheme(th, name) }
	r.ground.FillColor, r.ground.StrokeWidth = color.Transparent, 0
	if r.head.hovered {
		r.ground.FillColor = colour(theme.ColorNameHover)
	}
	if r.head.focused {
		r.ground.StrokeColor, r.ground.StrokeWidth = colour(theme.ColorNamePrimary), 2
	}
	r.sign.Resource = chevronRight
	if r.head.open {
		r.sign.Resource = chevronDown
	}
	r.title.Text, r.title.Color, r.title.TextSize = r.head.title, colour(theme.ColorNameForeground), th.Size(theme.SizeNameText)
	r.summary.Color, r.summary.TextSize = colour(theme.ColorNamePrimary), th.Size(theme.SizeNameCaptionText)
	if r.head.calm {
		r.summary.Color = colour(theme.ColorNamePlaceHolder)
	}
	r.write()
	for _, o := range r.Objects() {
		o.Refresh()
	}
}

func (r *foldRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.sign, r.title, r.summary}
}

func (r *foldRenderer) Destroy() {}

// middle is where something of a height begins in the middle of another, on a
// whole unit, so that letters are sharp.
func middle(of, height float32) float32 {
	return float32(math.Floor(float64(of-height) / 2))
}
