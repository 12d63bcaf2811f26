package video

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// tileRenderer lays a tile's picture out over its whole size. The hook comes
// last and is one pixel: the painter asks it for its content after it has
// drawn the picture, which is how a tile learns that a picture was painted.
//
// The bars fill what a contained picture leaves free. One black surface behind
// it all would be simpler, and costs a software renderer a sixth more time for
// each frame.
type tileRenderer struct {
	tile *Tile
	bars [2]*canvas.Rectangle
}

func newTileRenderer(t *Tile) *tileRenderer {
	return &tileRenderer{tile: t, bars: [2]*canvas.Rectangle{
		canvas.NewRectangle(color.Black), canvas.NewRectangle(color.Black),
	}}
}

func (r *tileRenderer) Layout(size fyne.Size) {
	r.tile.image.Resize(size)
	r.tile.hook.Resize(fyne.NewSquareSize(1))
	if r.tile.image.FillMode != canvas.ImageFillContain {
		r.bars[0].Hide()
		r.bars[1].Hide()
		return
	}
	first, second := margins(size, r.tile.shape)
	place(r.bars[0], first)
	place(r.bars[1], second)
}

// area is a rectangle in Fyne's units.
type area struct {
	at   fyne.Position
	size fyne.Size
}

func place(o fyne.CanvasObject, a area) {
	o.Move(a.at)
	o.Resize(a.size)
}

// margins are what a picture of a shape (width by height) leaves free of a
// size on its two sides.
func margins(size fyne.Size, shape float32) (first, second area) {
	if shape <= 0 || size.Height <= 0 {
		return
	}
	if size.Width > size.Height*shape {
		w := (size.Width - size.Height*shape) / 2
		bar := fyne.NewSize(w, size.Height)
		return area{fyne.Position{}, bar}, area{fyne.NewPos(size.Width-w, 0), bar}
	}
	h := (size.Height - size.Width/shape) / 2
	bar := fyne.NewSize(size.Width, h)
	return area{fyne.Position{}, bar}, area{fyne.NewPos(0, size.Height-h), bar}
}

func (r *tileRenderer) MinSize() fyne.Size { return fyne.NewSquareSize(1) }

func (r *tileRenderer) Refresh() {
	r.Layout(r.tile.Size())
	r.tile.image.Refresh()
}

func (r *tileRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.bars[0], r.bars[1], r.tile.image, r.tile.hook}
}

func (r *tileRenderer) Destroy() {}
