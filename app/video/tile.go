package video

import (
	"image"
	"sync/atomic"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"parley/call"
)

// Tile is the place of one live picture in a window. It shows what a Clock
// brings from its slot. A hidden tile drops them.
type Tile struct {
	widget.BaseWidget

	OnDoubleTapped func()
	OnMoved        func() // the pointer moves over it

	slot  *call.Slot
	shown func(*call.Picture) // may be nil

	image *canvas.Image
	hook  *canvas.Raster

	// Written on Fyne's goroutine, read by the clock.
	pixels  atomic.Int64 // the tile's width on the screen
	mirror  atomic.Bool
	live    atomic.Bool // to be seen
	painted atomic.Bool // since the last swap
	onPaint func()      // set by the clock before it starts

	// The buffer that is not front is the clock's to write until it asks for a
	// swap; front changes in the swap, while the clock waits.
	buffers [2]*image.RGBA
	front   int
	shape   float32       // of what is shown: width by height
	taken   *call.Picture // by the clock: in the free buffer or on its way to the screen
}

var (
	_ fyne.DoubleTappable = (*Tile)(nil)
	_ desktop.Hoverable   = (*Tile)(nil)
)

// NewTile returns a tile of the pictures in slot, shaped to fill. shown, if
// not nil, is called by the clock with every picture that was painted; the
// picture is the clock's own and valid during the call.
func NewTile(slot *call.Slot, fill canvas.ImageFill, shown func(*call.Picture)) *Tile {
	t := &Tile{slot: slot, shown: shown, shape: 1}
	for i := range t.buffers {
		t.buffers[i] = image.NewRGBA(image.Rect(0, 0, 2, 2))
		for p := 3; p < len(t.buffers[i].Pix); p += 4 {
			t.buffers[i].Pix[p] = 0xff
		}
	}
	t.image = canvas.NewImageFromImage(t.buffers[0])
	t.image.FillMode = fill
	// Every other way of scaling costs four times the CPU.
	t.image.ScaleMode = canvas.ImageScaleFastest
	dot := image.NewRGBA(image.Rect(0, 0, 1, 1)) // transparent
	t.hook = canvas.NewRaster(func(int, int) image.Image {
		t.paintedNow()
		return dot
	})
	t.live.Store(true)
	t.ExtendBaseWidget(t)
	return t
}

// SetRadius rounds the picture's corners, in Fyne's units.
func (t *Tile) SetRadius(r float32) {
	if t.image.CornerRadius != r {
		t.image.CornerRadius = r
		t.image.Refresh()
	}
}

// SetMirror exchanges left and right from the next picture on.
func (t *Tile) SetMirror(on bool) { t.mirror.Store(on) }

// Blank shows black until the next picture.
func (t *Tile) Blank() {
	clear(t.buffers[t.front].Pix)
	for p := 3; p < len(t.buffers[t.front].Pix); p += 4 {
		t.buffers[t.front].Pix[p] = 0xff
	}
	t.image.Refresh()
}

// Show and Hide also tell the clock whether it needs to convert.
func (t *Tile) Show() {
	t.live.Store(true)
	t.BaseWidget.Show()
}

// Hide hides the tile.
func (t *Tile) Hide() {
	t.live.Store(false)
	t.BaseWidget.Hide()
}

// Resize notes how many pixels the tile has.
func (t *Tile) Resize(size fyne.Size) {
	t.BaseWidget.Resize(size)
	t.measure()
}

func (t *Tile) measure() {
	scale := float32(1)
	if c := fyne.CurrentApp().Driver().CanvasForObject(t); c != nil {
		scale = c.Scale()
	}
	t.pixels.Store(int64(t.Size().Width * scale))
}

// paintedNow is called by the painter when it draws a swapped picture.
func (t *Tile) paintedNow() {
	if !t.painted.Swap(true) && t.onPaint != nil {
		t.onPaint()
	}
}

// prepare takes the newest picture, if there is a new one, and converts it
// into the free buffer. It is called by the clock alone.
func (t *Tile) prepare() bool {
	pic, fresh := t.slot.Take()
	// What comes while the tile is hidden is taken as well: a call must not
	// begin with the last picture of the one before.
	if !fresh || !t.live.Load() || pic.Width() == 0 {
		return false
	}
	t.taken = pic
	width := t.pixels.Load()
	Convert(t.buffers[1-t.front], pic, Manner{
		Half:   width > 0 && 2*width <= int64(pic.Width()),
		Mirror: t.mirror.Load(),
	})
	return true
}

// swap shows what was prepared; on Fyne's goroutine, while the clock waits.
func (t *Tile) swap() {
	t.front = 1 - t.front
	t.measure()
	t.painted.Store(false)
	shown := t.buffers[t.front]
	t.image.Image = shown
	if shape := float32(shown.Rect.Dx()) / float32(shown.Rect.Dy()); shape != t.shape {
		t.shape = shape
		t.Refresh() // the bars
	}
	t.image.Refresh()
	t.hook.Refresh()
}

// report tells that the taken picture was painted; by the clock.
func (t *Tile) report() {
	if t.shown != nil {
		t.shown(t.taken)
	}
}

// DoubleTapped is Fyne's.
func (t *Tile) DoubleTapped(*fyne.PointEvent) {
	if t.OnDoubleTapped != nil {
		t.OnDoubleTapped()
	}
}

// MouseIn is Fyne's.
func (t *Tile) MouseIn(*desktop.MouseEvent) { t.moved() }

// MouseMoved is Fyne's.
func (t *Tile) MouseMoved(*desktop.MouseEvent) { t.moved() }

// MouseOut is Fyne's.
func (t *Tile) MouseOut() {}

func (t *Tile) moved() {
	if t.OnMoved != nil {
		t.OnMoved()
	}
}

// CreateRenderer is Fyne's.
func (t *Tile) CreateRenderer() fyne.WidgetRenderer { return newTileRenderer(t) }
