package look

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

// The page goes on under the pointer where that is over a field, and the field
// what is below can still be clicked.
func TestTheWheelTurnsThePageOverAField(t *testing.T) {
	test.NewTempApp(t)
	pressed := false
	page := container.NewVBox(widget.NewButton("x", func() { pressed = true }))
	for range 30 {
		page.Add(widget.NewEntry())
	}
	scroll := container.NewVScroll(page)
	w := test.NewTempWindow(t, Wheeled(scroll))
	w.Resize(fyne.NewSize(200, 200))
	test.TapCanvas(w.Canvas(), fyne.NewPos(40, 25))
	if !pressed {
		t.Error("the button was not pressed")
	}
	test.Scroll(w.Canvas(), fyne.NewPos(40, 100), 0, -50)
	if scroll.Offset.Y != 50 {
		t.Errorf("over the field the page went to %v, want 50", scroll.Offset.Y)
	}
}
