package editui

import "fyne.io/fyne/v2"

// fixedWidth gives its objects a width and all the height that there is.
type fixedWidth float32

// MinSize is Fyne's.
func (w fixedWidth) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var height float32
	for _, o := range objects {
		height = max(height, o.MinSize().Height)
	}
	return fyne.NewSize(float32(w), height)
}

// Layout is Fyne's.
func (w fixedWidth) Layout(objects []fyne.CanvasObject, size fyne.Size) { fill(objects, size) }

// fixedHeight gives its objects a height and all the width that there is.
type fixedHeight float32

// MinSize is Fyne's.
func (h fixedHeight) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var width float32
	for _, o := range objects {
		width = max(width, o.MinSize().Width)
	}
	return fyne.NewSize(width, float32(h))
}

// Layout is Fyne's.
func (h fixedHeight) Layout(objects []fyne.CanvasObject, size fyne.Size) { fill(objects, size) }

func fill(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.Position{})
		o.Resize(size)
	}
}
