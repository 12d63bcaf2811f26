package callui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"parley/app/look"
)

// veil dims their picture, which stands still, while the connection is being
// looked for again, and says so in its middle.
type veil struct {
	shade *canvas.Rectangle
	sign  *fyne.Container
	words *canvas.Text
	busy  *widget.Activity
}

func newVeil() *veil {
	v := &veil{
		shade: canvas.NewRectangle(color.NRGBA{R: 8, G: 9, B: 12, A: 150}),
		words: look.Words("", 17, true), busy: widget.NewActivity(),
	}
	row := container.NewHBox(container.NewCenter(v.busy), look.Gap(4, 1), container.NewCenter(v.words))
	v.sign = container.NewStack(container.NewThemeOverride(look.Pill(24, 22, 13, row), look.Dark()))
	v.shade.Hide()
	v.sign.Hide()
	return v
}

func (v *veil) show(m Model) {
	on := m.Connected && m.Reconnecting
	if on {
		v.words.Text = tr(m.Status)
		v.words.Refresh()
	}
	if on == v.sign.Visible() {
		return
	}
	visible(v.shade, on)
	visible(v.sign, on)
	if on {
		v.busy.Start()
	} else {
		v.busy.Stop()
	}
}
