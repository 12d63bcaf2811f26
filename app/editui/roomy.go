package editui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/layout"
)

// yielding lays out a row in which some give way where there is no room, the
// first of them first.
type yielding struct{ optional []fyne.CanvasObject }

var rowLayout = layout.NewHBoxLayout()

// MinSize satisfies fyne.Layout.
func (y yielding) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return rowLayout.MinSize(slices.DeleteFunc(slices.Clone(objects), func(o fyne.CanvasObject) bool { return slices.Contains(y.optional, o) }))
}

// Layout satisfies fyne.Layout.
func (y yielding) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range y.optional {
		visible(o, true)
	}
	for _, o := range y.optional {
		if rowLayout.MinSize(objects).Width <= size.Width {
			break
		}
		visible(o, false)
	}
	rowLayout.Layout(objects, size)
}

// either shows the first of two rows where there is room for it, and else the
// second.
type either struct{}

// MinSize satisfies fyne.Layout.
func (either) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[1].MinSize() }

// Layout satisfies fyne.Layout.
func (either) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	wide := objects[0].MinSize().Width <= size.Width
	visible(objects[0], wide)
	visible(objects[1], !wide)
	for _, o := range objects {
		o.Resize(size)
	}
}

// flanked lays out what stands on either side of something in the middle: as
// wide as that may be on both sides, or less where there is no room.
type flanked struct {
	widest, narrowest float32
	optional          fyne.CanvasObject // within the left one, where that is at its widest
}

// MinSize satisfies fyne.Layout.
func (f flanked) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := objects[1].MinSize()
	for _, o := range objects {
		size.Height = max(size.Height, o.MinSize().Height)
	}
	return fyne.NewSize(size.Width+2*f.narrowest, size.Height)
}

// Layout satisfies fyne.Layout.
func (f flanked) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	middle := objects[1].MinSize().Width
	side := max(f.narrowest, min(f.widest, (size.Width-middle)/2))
	visible(f.optional, side == f.widest)
	for i, at := range []struct{ x, w float32 }{{0, side}, {(size.Width - middle) / 2, middle}, {size.Width - side, side}} {
		objects[i].Move(fyne.NewPos(at.x, 0))
		objects[i].Resize(fyne.NewSize(at.w, size.Height))
	}
}
