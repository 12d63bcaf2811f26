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
	camera, microphone, speaker := d.presenter.Devices(list, d.choice.under(d.cfg.ThisTime))
	if d.resting {
		d.rest()
		return
	}
	d.openCamera(camera, call.DeviceOff, forget)
	d.openSound(microphone, speaker, call.DeviceOff, call.Microphone, forget)
}

// Choose puts a device to use; the one before stays where that fails.
func (d *Desk) Choose(kind call.DeviceKind, name string) {
	d.do(func(p *Presenter) {
		before := *p.picker(kind)
		if before.Busy || before.Chosen == name {
			return
		}
		p.Choosing(kind, name)
		switch kind {
		case call.Camera:
			d.openCamera(name, before.Chosen, d.keep)
			return
		case call.Screen:
			d.openShare(name, before.Chosen)
			return
		}
		d.openSound(p.model.Microphone.Chosen, p.model.Speaker.Chosen, before.Chosen, kind, d.keep)
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

// opened is what follows when a device was put to use; it is called by the
// presenter's goroutine.
type opened func(kind call.DeviceKind, name string)

// forget is for what the person did not choose themself.
func forget(call.DeviceKind, string) {}

func (d *Desk) openCamera(name, before string, then opened) {
	d.jobs.post(func() {
		d.tried(call.Camera, name, before, d.cfg.Media.UseCamera(name), then)
	})
}

// openSound opens microphone and speaker, which are one device on one clock;
// asked is the one that the person changed.
func (d *Desk) openSound(microphone, speaker, before string, asked call.DeviceKind, then opened) {
	name := microphone
	if asked == call.Speaker {
		name = speaker
	}
	d.jobs.post(func() {
		d.tried(asked, name, before, d.cfg.Media.UseSound(microphone, speaker), then)
	})
}

func (d *Desk) tried(kind call.DeviceKind, name, before string, err error, then opened) {
	if err != nil {
		d.cfg.Log.Warn("opening a device", "kind", kind, "name", name, "err", err)
	}
	d.do(func(p *Presenter) {
		p.Chose(kind, name, before, err)
		if err == nil {
			then(kind, name)
		}
	})
}

// keep remembers a choice for the next start. A screen is not: nobody expects
// to be showing it then.
func (d *Desk) keep(kind call.DeviceKind, name string) {
	switch kind {
	case call.Camera:
		if d.presenter.model.Camera.showsScreen() {
			return
		}
		d.choice.Camera = &name
	case call.Microphone:
		d.choice.Microphone = &name
	case call.Speaker:
		d.choice.Speaker = &name
	}
	d.remember()
}
