package callui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"parley/app/look"
	"parley/call"
)

// devicesPanel lies on the picture in a call, while it is asked for: another
// camera, a screen in its place or beside it, other sound.
type devicesPanel struct {
	content fyne.CanvasObject
	deviceLists
	share *deviceSelect // a screen beside the camera
	meter *look.Meter
	open  bool
}

const devicesWidth = 296

func newDevicesPanel(desk *Desk) *devicesPanel {
	p := &devicesPanel{deviceLists: newDeviceLists(desk, softWhite), meter: look.NewMeter()}
	p.share = newDeviceSelect(look.Screen, softWhite, func(name string) { desk.Choose(call.Screen, name) })
	column := container.New(layout.NewCustomPaddedVBoxLayout(6),
		p.camera.content, p.share.content, p.microphone.content,
		container.NewBorder(nil, nil, look.Gap(31, 1), look.Gap(3, 1), p.meter),
		p.speaker.content, look.Gap(devicesWidth, 0))
	p.content = container.NewThemeOverride(look.Pill(18, 14, 12, column), look.Dark())
	p.content.Hide()
	return p
}

func (p *devicesPanel) show(m Model) {
	p.open = p.open && m.Connected
	visible(p.content, p.open)
	if p.open {
		p.deviceLists.show(m)
		p.share.show(m.Share)
	}
}

// ToggleDevices shows the lists of devices in a call, or hides them.
func (v *View) ToggleDevices() { v.SetDevices(!v.devices.open) }

// SetDevices shows or hides the lists of devices in a call.
func (v *View) SetDevices(on bool) {
	v.devices.open = on && v.model.Connected
	v.devices.show(v.model)
	v.bar.show(v.model)
	v.moved()
	v.stage.content.Refresh()
}

// DevicesOpen tells whether the lists of devices are to be seen.
func (v *View) DevicesOpen() bool { return v.devices.open }
