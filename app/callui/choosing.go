package callui

import "parley/call"

// Begin lists the devices and opens those that the person used before, or the
// system's. It is called once the window is to be seen.
func (d *Desk) Begin() {
	d.jobs.post(func() {
		mine := d.cfg.Addresses()
		d.do(func(p *Presenter) { p.Addresses(mine) })
	})
	d.jobs.post(func() {
		list, err := d.cfg.Devices.List()
		d.do(func(p *Presenter) { d.found(list, err) })
	})
}

// Refresh lists the devices anew, when something may have been plugged in.
func (d *Desk) Refresh() {
	d.jobs.post(func() {
		list, err := d.cfg.Devices.List()
		if err != nil {
			d.cfg.Log.Warn("listing devices", "err", err)
			return
		}
		d.do(func(p *Presenter) { p.Relist(list) })
	})
}

// found opens the first devices.
func (d *Desk) found(list []call.DeviceInfo, err error) {
	if err != nil {
		d.cfg.Log.Warn("listing devices", "err", err)
	}
	camera, microphone, speaker := d.presenter.Devices(list, d.choice)
	d.openCamera(camera, call.DeviceOff)
	d.openSound(microphone, speaker, call.DeviceOff, call.DeviceOff, call.Microphone)
}

// Choose puts a device to use; the one before stays where that fails.
func (d *Desk) Choose(kind call.DeviceKind, name string) {
	d.do(func(p *Presenter) {
		before := *p.picker(kind)
		if before.Busy || before.Chosen == name {
			return
		}
		p.Choosing(kind, name)
		microphone, speaker := p.model.Microphone.Chosen, p.model.Speaker.Chosen
		switch kind {
		case call.Camera:
			d.openCamera(name, before.Chosen)
		case call.Microphone:
			d.openSound(microphone, speaker, before.Chosen, speaker, kind)
		case call.Speaker:
			d.openSound(microphone, speaker, microphone, before.Chosen, kind)
		}
		d.keep(kind, name)
	})
}

// UsePattern puts the test pattern and the test tone in the place of what is
// not there.
func (d *Desk) UsePattern() {
	d.Choose(call.Camera, call.DevicePattern)
	d.do(func(p *Presenter) {
		if p.model.Microphone.Chosen == call.DeviceOff {
			d.Choose(call.Microphone, call.DeviceTone)
		}
	})
}

func (d *Desk) openCamera(name, before string) {
	d.jobs.post(func() {
		err := d.cfg.Media.UseCamera(name)
		d.opened(call.Camera, name, before, err)
	})
}

// openSound opens microphone and speaker, which are one device on one clock.
func (d *Desk) openSound(microphone, speaker, microphoneBefore, speakerBefore string, asked call.DeviceKind) {
	d.jobs.post(func() {
		err := d.cfg.Media.UseSound(microphone, speaker)
		if asked == call.Speaker {
			d.opened(call.Speaker, speaker, speakerBefore, err)
			return
		}
		d.opened(call.Microphone, microphone, microphoneBefore, err)
	})
}

func (d *Desk) opened(kind call.DeviceKind, name, before string, err error) {
	if err != nil {
		d.cfg.Log.Warn("opening a device", "kind", kind, "name", name, "err", err)
	}
	d.do(func(p *Presenter) { p.Chose(kind, name, before, err) })
}

// keep remembers a choice for the next start.
func (d *Desk) keep(kind call.DeviceKind, name string) {
	switch kind {
	case call.Camera:
		d.choice.Camera = &name
	case call.Microphone:
		d.choice.Microphone = &name
	case call.Speaker:
		d.choice.Speaker = &name
	}
	d.remember()
}
