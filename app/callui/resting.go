package callui

import "parley/call"

// Rest lets go of the camera and the microphone while nobody looks at the
// window; calls still ring. In a call it does nothing.
func (d *Desk) Rest() {
	d.do(func(p *Presenter) {
		if d.resting || p.model.Screen != Ready {
			return
		}
		d.resting = true
		d.rest()
	})
}

// Wake takes them again.
func (d *Desk) Wake() {
	d.do(func(p *Presenter) {
		if !d.resting {
			return
		}
		d.resting = false
		d.openCamera(p.model.Camera.Chosen, call.DeviceOff, forget)
		d.openSound(p.model.Microphone.Chosen, p.model.Speaker.Chosen, call.DeviceOff, call.Microphone, forget)
	})
}

// rest keeps the speaker, for calls to ring by.
func (d *Desk) rest() {
	speaker := d.presenter.model.Speaker.Chosen
	d.jobs.post(func() {
		if err := d.cfg.Media.UseCamera(call.DeviceOff); err != nil {
			d.cfg.Log.Warn("letting go of the camera", "err", err)
		}
		if err := d.cfg.Media.UseSound(call.DeviceOff, speaker); err != nil {
			d.cfg.Log.Warn("letting go of the microphone", "err", err)
		}
	})
}
