package callui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"parley/app/look"
)

// devicesRow stands below the own picture before a call: what to see and hear
// with.
type devicesRow struct {
	content *fyne.Container
	deviceLists
	meter *look.Meter
}

func newDevicesRow(desk *Desk) *devicesRow {
	app := fyne.CurrentApp().Settings()
	r := &devicesRow{meter: look.NewMeter()}
	r.deviceLists = newDeviceLists(desk, app.Theme().Color(theme.ColorNamePlaceHolder, app.ThemeVariant()))
	meter := container.NewBorder(nil, nil, look.Gap(31, 1), look.Gap(3, 1), r.meter)
	r.content = container.New(r, r.camera.content, r.microphone.content, meter, r.speaker.content)
	return r
}

const (
	rowGapX  = 16
	rowLeast = 520 // of a row's width; less is a column
)

// height is the room that it needs at a width.
func (r *devicesRow) height(width float32) float32 {
	list, meter := r.camera.content.MinSize().Height, r.meter.MinSize().Height
	if width < rowLeast {
		return 3*list + meter + 3*6
	}
	return list + meter + 6
}

// MinSize is Fyne's.
func (r *devicesRow) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(160, r.height(rowLeast))
}

// Layout is Fyne's: side by side where there is room, with the meter below the
// microphone.
func (r *devicesRow) Layout(o []fyne.CanvasObject, size fyne.Size) {
	list, meter := o[0].MinSize().Height, r.meter.MinSize().Height
	if size.Width >= rowLeast {
		width := (size.Width - 2*rowGapX) / 3
		place(o[0], fyne.Position{}, fyne.NewSize(width, list))
		place(o[1], fyne.NewPos(width+rowGapX, 0), fyne.NewSize(width, list))
		place(o[2], fyne.NewPos(width+rowGapX, list+6), fyne.NewSize(width, meter))
		place(o[3], fyne.NewPos(2*(width+rowGapX), 0), fyne.NewSize(width, list))
		return
	}
	y := float32(0)
	for _, one := range o {
		height := list
		if one == o[2] {
			height = meter
		}
		place(one, fyne.NewPos(0, y), fyne.NewSize(size.Width, height))
		y += height + 6
	}
}
