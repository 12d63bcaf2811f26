package look

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Meter shows how loud it is, as a bar in decibels. It falls slowly, so that
// the eye can follow.
type Meter struct {
	widget.BaseWidget
	part float32 // of the width, 0 to 1
}

const (
	meterFloor  = -54  // dBFS at the left end
	meterFall   = 0.05 // of the width, each time
	meterHeight = 6
	meterLoud   = 0.92 // from here on it is near clipping
)

// NewMeter returns a meter of silence.
func NewMeter() *Meter {
	m := &Meter{}
	m.ExtendBaseWidget(m)
	return m
}

// Set shows a peak between 0 and 1 of full scale. It refreshes only when
// something is to be seen of it, since that paints the window.
func (m *Meter) Set(peak float64) {
	part := float32(0)
	if peak > 0 {
		part = float32(min(max(1-20*math.Log10(peak)/meterFloor, 0), 1))
	}
	part = max(part, m.part-meterFall)
	if d := part - m.part; d < 0.004 && d > -0.004 {
		return
	}
	m.part = part
	m.Refresh()
}

// CreateRenderer is Fyne's.
func (m *Meter) CreateRenderer() fyne.WidgetRenderer {
	x := &meterRenderer{m, canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent)}
	x.groove.CornerRadius, x.bar.CornerRadius = meterHeight/2, meterHeight/2
	x.colours()
	return x
}

type meterRenderer struct {
	m           *Meter
	groove, bar *canvas.Rectangle
}

func (x *meterRenderer) MinSize() fyne.Size { return fyne.NewSize(40, meterHeight) }

func (x *meterRenderer) Layout(size fyne.Size) {
	top := (size.Height - meterHeight) / 2
	x.groove.Resize(fyne.NewSize(size.Width, meterHeight))
	x.groove.Move(fyne.NewPos(0, top))
	x.bar.Move(fyne.NewPos(0, top))
	x.bar.Resize(fyne.NewSize(size.Width*x.m.part, meterHeight))
}

func (x *meterRenderer) colours() {
	th, variant := x.m.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	x.groove.FillColor = th.Color(theme.ColorNameButton, variant)
	x.bar.FillColor = th.Color(theme.ColorNameSuccess, variant)
	if x.m.part > meterLoud {
		x.bar.FillColor = th.Color(theme.ColorNameError, variant)
	}
}

func (x *meterRenderer) Refresh() {
	x.colours()
	x.Layout(x.m.Size())
	x.groove.Refresh()
	x.bar.Refresh()
}

func (x *meterRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{x.groove, x.bar}
}

func (x *meterRenderer) Destroy() {}
