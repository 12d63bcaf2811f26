package editui

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"parley/editor"
)

// framer is a picture with one or two rectangles on it that are dragged: what
// is cropped, or what the camera goes from and to. While a tool is in hand it
// lies over the preview, since the preview shows what has been cropped already.
type framer struct {
	widget.BaseWidget
	told    framerTold
	tool    Tool
	picture *image.RGBA // all of what the rectangles are parts of
	aspect  float64     // of it, in heights
	grip    grip
	hover   grip
	shift   bool
	focused bool
}

// framerTold is what a framer tells.
type framerTold struct {
	taken func()                 // it is shown from now on, and wants the keys
	part  func(int)              // a rectangle was chosen
	rect  func(int, editor.Rect) // it was dragged or moved by keys
	rest  func()                 // it was let go
	done  func()                 // that was all
}

// grip is what is held of the rectangles: one of them, at an edge or corner,
// or all of it where corner is the zero one.
type grip struct {
	held   bool
	part   int
	corner corner
	dx, dy float64 // from the rectangle's top left corner to the pointer
}

var (
	_ fyne.Focusable     = (*framer)(nil)
	_ fyne.Draggable     = (*framer)(nil)
	_ desktop.Mouseable  = (*framer)(nil)
	_ desktop.Hoverable  = (*framer)(nil)
	_ desktop.Cursorable = (*framer)(nil)
	_ desktop.Keyable    = (*framer)(nil)
)

func newFramer(told framerTold) *framer {
	f := &framer{told: told, aspect: 16.0 / 9}
	f.ExtendBaseWidget(f)
	f.Hide()
	return f
}

// show shows a tool over a picture, which may be nil until it is made; aspect
// is the picture's in heights.
func (f *framer) show(t Tool, picture *image.RGBA, aspect float64) {
	taken := t.Kind != NoTool && (f.tool.Kind != t.Kind || f.tool.Clip.ID != t.Clip.ID)
	f.tool, f.aspect = t, aspect
	if picture != nil || taken {
		f.picture = picture
	}
	if t.Kind == NoTool {
		f.grip, f.hover = grip{}, grip{}
	}
	visible(f, t.Kind != NoTool)
	if t.Kind == NoTool {
		return
	}
	f.Refresh()
	if taken {
		f.told.taken()
	}
}

// Shown is where the picture is within the widget.
func (f *framer) Shown() (at fyne.Position, size fyne.Size) {
	room := f.Size()
	w, h := room.Width-2*framerInset, room.Height-framerInset-framerFoot
	if w <= 0 || h <= 0 {
		return fyne.Position{}, fyne.Size{}
	}
	if w > h*float32(f.aspect) {
		w = h * float32(f.aspect)
	} else {
		h = w / float32(f.aspect)
	}
	return fyne.NewPos((room.Width-w)/2, framerInset+(room.Height-framerInset-framerFoot-h)/2), fyne.NewSize(w, h)
}

// Room around the picture: for grips at its edge, and for the hint below.
const (
	framerInset = 14
	framerFoot  = 42
)

// on is where a part of the picture is within the widget.
func (f *framer) on(r editor.Rect) (fyne.Position, fyne.Size) {
	at, size := f.Shown()
	return at.AddXY(float32(r.X)*size.Width, float32(r.Y)*size.Height),
		fyne.NewSize(float32(r.W)*size.Width, float32(r.H)*size.Height)
}

// of is a place within the widget in fractions of the picture.
func (f *framer) of(p fyne.Position) (x, y float64) {
	at, size := f.Shown()
	if size.Width <= 0 || size.Height <= 0 {
		return 0, 0
	}
	return float64((p.X - at.X) / size.Width), float64((p.Y - at.Y) / size.Height)
}

// CreateRenderer is for Fyne.
func (f *framer) CreateRenderer() fyne.WidgetRenderer {
	r := newFramerRenderer(f)
	r.Refresh()
	return r
}

// shownPicture is a canvas image for what changes seldom.
func shownPicture() *canvas.Image {
	p := canvas.NewImageFromImage(nil)
	p.FillMode = canvas.ImageFillStretch
	p.ScaleMode = canvas.ImageScaleFastest
	return p
}
