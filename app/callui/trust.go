package callui

import "parley/call"

// Standing is what is known of the other side's machine.
type Standing int

// The standings.
const (
	Stranger Standing = iota
	Familiar          // the same machine as before
	Verified          // and the words were compared
	Changed           // another machine than before
)

// Trust is what is shown of whether somebody is in between.
type Trust struct {
	Words    []string
	Standing Standing
	Asking   bool // the call waits for the person: Standing is Changed
	Open     bool // the words are large, with what to do
}

// ToggleWords shows the words large, or small again.
func (d *Desk) ToggleWords() {
	d.do(func(p *Presenter) {
		t := &p.model.Trust
		t.Open = !t.Open && len(t.Words) > 0
	})
}

// Verify notes that the words are the same on both sides.
func (d *Desk) Verify() {
	d.do(func(p *Presenter) {
		p.model.Trust.Open = false
		if d.cfg.Verify == nil {
			return
		}
		e := p.event
		d.jobs.post(func() {
			err := d.cfg.Verify(e)
			d.do(func(p *Presenter) {
				if err != nil {
					p.Failed(sayOf("It could not be kept: {{.Error}}", "Error", err.Error()))
					return
				}
				p.verified = e.Session
				p.model.Trust.Standing = Verified
			})
		})
	})
}

// GoOn lets a call go on with another machine than before.
func (d *Desk) GoOn() {
	d.do(func(*Presenter) {
		if d.cfg.GoOn != nil {
			d.cfg.GoOn()
		}
	})
}

// BlockCaller declines the call that rings, and has its caller not ring any
// more.
func (d *Desk) BlockCaller() {
	d.do(func(p *Presenter) {
		e := p.event
		d.cfg.Phone.Decline()
		if d.cfg.Block != nil {
			d.people(func() error { return d.cfg.Block(e) })
		}
	})
}

// standings are the call's, as they are shown.
var standings = map[call.Standing]Standing{call.Known: Familiar, call.Verified: Verified, call.Changed: Changed}

// trust takes what an event tells of the other side. What the person has
// verified in this call stays so.
func (p *Presenter) trust(e call.Event) {
	t := &p.model.Trust
	t.Words, t.Standing, t.Asking = e.Words, standings[e.Standing], e.Asking
	if p.verified != "" && p.verified == e.Session {
		t.Standing = Verified
	}
	t.Open = t.Open && len(t.Words) > 0
}
