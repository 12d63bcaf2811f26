package callui

import (
	"errors"
	"strings"
	"time"

	"parley/call"
)

// do has f called by the presenter's goroutine.
func (d *Desk) do(f func(p *Presenter)) {
	d.events.post(func() { f(d.presenter) })
}

// Dial calls an address: a host, host:port or whatever else the phone takes.
func (d *Desk) Dial(address string) {
	address = strings.TrimSpace(address)
	d.do(func(p *Presenter) {
		if address == "" {
			p.Failed(say("Type the address of the other Parley first, for example 192.168.1.7."))
			return
		}
		p.Dialling(address)
		if mayKeep(address) {
			d.choice.Address = address
			d.remember()
		}
		d.countAnew()
		d.dialled(d.cfg.Phone.Dial(address))
	})
}

// mayKeep says whether an address is good for another time: a link's secret
// stays out of the settings, and a spoken code is used once.
func mayKeep(address string) bool {
	_, err := call.ParseCode(address)
	return err != nil && call.Shown(address) == address
}

// DialSelf makes a call to oneself, to try everything.
func (d *Desk) DialSelf() {
	d.do(func(p *Presenter) {
		d.countAnew()
		d.dialled(d.cfg.Phone.DialSelf())
	})
}

// countAnew lets the figures begin with the call that comes. It has to be done
// before there are tracks, and not while there is another call.
func (d *Desk) countAnew() {
	if d.presenter.model.Screen == Ready {
		d.cfg.Media.ResetStats(false)
	}
}

func (d *Desk) dialled(err error) {
	switch {
	case errors.Is(err, call.ErrBusy):
		d.presenter.Failed(say("There is a call already; hang up first."))
	case err != nil:
		d.presenter.Failed(sayOf("The call could not be made: {{.Error}}", "Error", err.Error()))
	}
}

// Accept takes the call that rings.
func (d *Desk) Accept() { d.do(func(*Presenter) { d.cfg.Phone.Accept() }) }

// Decline refuses the call that rings.
func (d *Desk) Decline() { d.do(func(*Presenter) { d.cfg.Phone.Decline() }) }

// HangUp ends the call, or the attempt at one.
func (d *Desk) HangUp() { d.do(func(*Presenter) { d.cfg.Phone.HangUp() }) }

// ToggleMute mutes the microphone, or ends that.
func (d *Desk) ToggleMute() {
	d.do(func(p *Presenter) {
		on := !p.model.Muted
		d.cfg.Media.SetMuted(on)
		p.Muted(on)
	})
}

// ToggleCamera turns the camera off, or on again.
func (d *Desk) ToggleCamera() {
	d.do(func(p *Presenter) {
		off := !p.model.CameraOff
		p.CameraOff(off)
		d.jobs.post(func() {
			err := d.cfg.Media.SetCameraOff(off)
			d.do(func(p *Presenter) {
				if err != nil {
					p.CameraOff(!off)
					p.Failed(sayOf("The camera could not be switched: {{.Error}}", "Error", err.Error()))
				}
			})
		})
	})
}

// ToggleStats shows or hides the figures.
func (d *Desk) ToggleStats() {
	d.do(func(p *Presenter) {
		on := !p.model.ShowStats
		p.ShowStats(on)
		d.choice.Stats = on
		d.remember()
	})
}

// ToggleRecording begins to record, or stops.
func (d *Desk) ToggleRecording() {
	d.do(func(p *Presenter) {
		switch {
		case !p.MayRecord():
		case p.model.Recording.On:
			d.stopRecording()
		default:
			d.startRecording()
		}
	})
}

func (d *Desk) startRecording() {
	d.presenter.RecordingBusy()
	d.jobs.post(func() {
		err := d.cfg.Recorder.Start()
		at := time.Now()
		d.do(func(p *Presenter) {
			p.RecordingStarted(at, err)
			if err == nil && !p.InCall() { // the call ended meanwhile
				d.stopRecording()
			}
		})
	})
}

func (d *Desk) stopRecording() {
	d.presenter.RecordingBusy()
	d.jobs.post(func() {
		dir, err := d.cfg.Recorder.Stop()
		if err != nil {
			d.cfg.Log.Error("finishing a recording", "dir", dir, "err", err)
		}
		d.do(func(p *Presenter) { p.RecordingStopped(dir, err) })
	})
}

// Dismiss takes the notice away.
func (d *Desk) Dismiss() { d.do((*Presenter).Dismiss) }

// Say shows why something outside the call screen did not work.
func (d *Desk) Say(t Text) { d.do(func(p *Presenter) { p.Failed(t) }) }

// remember keeps the choice; not being able to is told, and changes nothing.
func (d *Desk) remember() {
	choice := d.choice
	d.jobs.post(func() {
		if err := d.cfg.Remember(choice); err != nil {
			d.Say(say(err.Error()))
		}
	})
}
