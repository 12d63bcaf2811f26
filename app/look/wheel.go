package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Wheeled has the wheel turn a scroll wherever the pointer is in it. By itself
// a field for text takes the wheel, also where it has nothing to scroll, and the
// page stands still under the pointer.
func Wheeled(scroll *container.Scroll) *fyne.Container {
	w := &wheel{scroll: scroll}
	w.ExtendBaseWidget(w)
	return container.NewStack(scroll, w)
}

// wheel lies over a scroll, is not seen, and takes nothing but the wheel.
type wheel struct {
	widget.BaseWidget
	scroll *container.Scroll
}

// Scrolled is for Fyne.
func (w *wheel) Scrolled(e *fyne.ScrollEvent) { w.scroll.Scrolled(e) }

// CreateRenderer is for Fyne.
func (w *wheel) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewWithoutLayout())
}
