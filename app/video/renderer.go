package video

import "fyne.io/fyne/v2"

// tileRenderer lays a tile's picture out over its whole size. The hook comes
// last and is one pixel: the painter asks it for its content after it has
// drawn the picture, which is how a tile learns that a picture was painted.
type tileRenderer struct{ tile *Tile }

func (r *tileRenderer) Layout(size fyne.Size) {
	r.tile.image.Resize(size)
	r.tile.hook.Resize(fyne.NewSquareSize(1))
}

func (r *tileRenderer) MinSize() fyne.Size { return fyne.NewSquareSize(1) }

func (r *tileRenderer) Refresh() { r.tile.image.Refresh() }

func (r *tileRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.tile.image, r.tile.hook}
}

func (r *tileRenderer) Destroy() {}
