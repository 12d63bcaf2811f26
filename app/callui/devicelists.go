package callui

import (
	"image/color"

	"parley/app/look"
	"parley/call"
)

// deviceLists are the lists of what to see and hear with.
type deviceLists struct {
	camera, microphone, speaker *deviceSelect
}

// newDeviceLists returns the lists with symbols of a colour.
func newDeviceLists(desk *Desk, ink color.Color) deviceLists {
	list := func(s look.Symbol, k call.DeviceKind) *deviceSelect {
		return newDeviceSelect(s, ink, func(name string) { desk.Choose(k, name) })
	}
	return deviceLists{
		list(look.Camera, call.Camera), list(look.Microphone, call.Microphone), list(look.Speaker, call.Speaker),
	}
}

func (l deviceLists) show(m Model) {
	l.camera.show(m.Camera)
	l.microphone.show(m.Microphone)
	l.speaker.show(m.Speaker)
}
