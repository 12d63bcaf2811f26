package look

import "fyne.io/fyne/v2"

// Corner is a layout that gives its objects one pixel in the upper left.
type Corner struct{}

// MinSize is Fyne's.
func (Corner) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSquareSize(1) }

// Layout is Fyne's.
func (Corner) Layout(objects []fyne.CanvasObject, _ fyne.Size) {
	for _, o := range objects {
		o.Resize(fyne.NewSquareSize(1))
		o.Move(fyne.Position{})
	}
}
