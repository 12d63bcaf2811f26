package callui

import (
	"slices"

	"parley/call"
)

// shares lists what can be shown beside the camera, and nothing.
func shares(list []call.DeviceInfo) []Option { return append(screens(list), offOption) }

// Sharing tells whether a screen is shown beside the camera.
func (m Model) Sharing() bool { return m.Share.Chosen != call.DeviceOff }

// TheirScreen notes whether the other side shows a screen beside its camera.
func (p *Presenter) TheirScreen(shown bool) { p.model.TheirScreen = shown }

// shareEnded notes that a screen is no longer shared, through no wish of the
// person.
func (p *Presenter) shareEnded() { p.model.Share.Chosen = call.DeviceOff }

// StopSharing takes the screen away from the other side.
func (d *Desk) StopSharing() { d.Choose(call.Screen, call.DeviceOff) }

// openShare shows a screen beside the camera. One that opens only when the
// call is over by then is not kept for the next.
func (d *Desk) openShare(name, before string) {
	d.jobs.post(func() {
		d.tried(call.Screen, name, before, d.cfg.Media.ShareScreen(name), func(call.DeviceKind, string) {
			if name != call.DeviceOff && !d.presenter.InCall() {
				d.StopSharing()
			}
		})
	})
}

// ToggleShare shows the screen beside the camera, or ends that. Where there
// are several the person chooses one in the lists of devices.
func (v *View) ToggleShare() {
	m := v.model
	there := slices.DeleteFunc(slices.Clone(m.Share.Options), func(o Option) bool { return !o.Screen })
	switch {
	case !m.Connected:
	case m.Sharing():
		v.desk.StopSharing()
	case len(there) == 0:
		v.desk.Say(say("No screen can be shared here: that needs a display that lets its picture be taken (X11)."))
	case len(there) == 1:
		v.desk.Choose(call.Screen, there[0].Name)
	default:
		v.ToggleDevices()
	}
}
