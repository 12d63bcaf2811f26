package callui

import (
	"slices"

	"parley/app/callui/talk"
)

// Talk is what is written in a call and what files pass in it.
type Talk interface {
	// Possible tells whether the other side of the running call can do it.
	Possible() bool
	// Lines are those of the newest call, the oldest first.
	Lines() []talk.Line
	Theirs() Theirs
	// Watch has f called when any of these changed; f must not block.
	Watch(f func()) (stop func())

	Send(text string) error
	Offer(path string) error
	Accept(file string) error // into the folder of the settings
	Refuse(file string) error
	Cancel(file string) error
}

// Theirs is what the other side tells of itself.
type Theirs struct{ Muted, CameraOff, Recording bool }

// Chat is what is shown of it.
type Chat struct {
	Possible bool
	Open     bool
	Lines    []talk.Line
	Unread   int
}

// watchTalk keeps what is written; it returns how to end that.
func (d *Desk) watchTalk() (stop func()) {
	if d.cfg.Talk == nil {
		return func() {}
	}
	return d.cfg.Talk.Watch(func() {
		d.do(func(p *Presenter) { p.Talk(d.cfg.Talk.Possible(), d.cfg.Talk.Lines(), d.cfg.Talk.Theirs()) })
	})
}

// Talk takes what there is.
func (p *Presenter) Talk(possible bool, lines []talk.Line, theirs Theirs) {
	c := &p.model.Chat
	p.able = possible // which may be told before the call is said to be connected
	c.Possible = p.able && p.model.Connected
	if len(lines) < len(c.Lines) { // another call's
		c.Lines, c.Unread = nil, 0
	}
	if !c.Open {
		for _, l := range newer(lines, c.Lines) {
			if !l.Mine && !l.Notes {
				c.Unread++
			}
		}
	}
	c.Lines = slices.Clone(lines)
	p.model.Theirs = theirs
}

// newer are the lines that came since others were shown, of which the oldest
// may have given way.
func newer(lines, shown []talk.Line) []talk.Line {
	n := len(shown)
	if n > 0 {
		if at := slices.Index(lines, shown[n-1]); at >= 0 {
			return lines[at+1:]
		}
	}
	return lines[min(n, len(lines)):]
}

// SetChat shows or hides what is written.
func (d *Desk) SetChat(on bool) {
	d.do(func(p *Presenter) {
		c := &p.model.Chat
		c.Open = on && c.Possible
		if c.Open {
			c.Unread = 0
		}
	})
}

// Write sends a line.
func (d *Desk) Write(text string) { d.talk(func(t Talk) error { return t.Send(text) }) }

// OfferFiles offers files to the other side, and shows what becomes of them.
func (d *Desk) OfferFiles(paths ...string) {
	for _, path := range paths {
		d.talk(func(t Talk) error { return t.Offer(path) })
	}
	d.SetChat(true)
}

// AcceptFile, RefuseFile and CancelFile are about one file by its ID.
func (d *Desk) AcceptFile(id string) { d.talk(func(t Talk) error { return t.Accept(id) }) }

// RefuseFile does not want a file.
func (d *Desk) RefuseFile(id string) { d.talk(func(t Talk) error { return t.Refuse(id) }) }

// CancelFile ends a file on its way, or an offer.
func (d *Desk) CancelFile(id string) { d.talk(func(t Talk) error { return t.Cancel(id) }) }

func (d *Desk) talk(f func(Talk) error) {
	d.jobs.post(func() {
		if d.cfg.Talk == nil {
			return
		}
		if err := f(d.cfg.Talk); err != nil {
			d.Say(say(err.Error()))
		}
	})
}
