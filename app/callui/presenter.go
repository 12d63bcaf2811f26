package callui

import (
	"time"

	"parley/call"
)

// Presenter turns what happened into a Model. It is pure and owned by one
// goroutine.
type Presenter struct {
	model     Model
	event     call.Event
	connected time.Time // zero: not yet
	recorded  time.Time // when the running recording began
	rate      rate
	verified  string // the session whose words were compared
	warned    bool   // of another machine than before
	able      bool   // the other side takes what is written
}

// NewPresenter returns a presenter of the state before any call.
func NewPresenter(remembered Choice, mine []string) *Presenter {
	p := &Presenter{model: Model{Address: remembered.Address, ShowStats: remembered.Stats, Mine: mine}}
	p.model.Share.Chosen = call.DeviceOff
	p.devices(nil, remembered)
	return p
}

// Model is what is to be shown at a time.
func (p *Presenter) Model(now time.Time) Model {
	m := p.model
	if !p.connected.IsZero() {
		m.Elapsed = whole(now.Sub(p.connected))
	}
	if m.Recording.On {
		m.Recording.Elapsed = whole(now.Sub(p.recorded))
	}
	return m
}

func whole(d time.Duration) time.Duration { return max(d, 0).Truncate(time.Second) }

// Call takes an event of the phone.
func (p *Presenter) Call(e call.Event) {
	before := p.model.Screen
	p.event = e
	m := &p.model
	m.Screen = screenOf(e)
	m.Who, m.Where, m.Way = e.Them, call.Shown(e.Address), ways[e.Way]
	if m.Who == "" {
		m.Who = m.Where
	}
	if m.Where == m.Who {
		m.Where = ""
	}
	m.Loopback = e.Loopback
	m.Connected = e.State == call.Connected || e.State == call.Reconnecting
	m.Reconnecting = e.State == call.Reconnecting
	m.Status = statusOf(e)
	if before == Ready && m.Screen != Ready {
		p.begin()
	}
	p.trust(e)
	if e.State == call.Connected && p.connected.IsZero() {
		p.connected = e.At
	}
	m.Chat.Possible = p.able && m.Connected
	p.warn(e)
	if e.State == call.Ended {
		p.connected = time.Time{}
		p.model.TheirScreen = false
		p.model.Chat.Open, p.model.Chat.Possible = false, false
		p.model.Notice = p.afterwards()
	}
}

// begin clears what the call before left.
func (p *Presenter) begin() {
	p.connected, p.rate, p.verified, p.warned = time.Time{}, rate{}, "", false
	p.model.Chat, p.model.Theirs, p.model.Trust, p.model.Invite.Shown = Chat{}, Theirs{}, Trust{}, false
	p.model.Kept, p.model.Notice, p.model.Stats = "", Notice{}, Figures{}
}

// statusOf says in a few words what is going on.
func statusOf(e call.Event) Text {
	switch e.State {
	case call.Dialing:
		return say("Reaching them…")
	case call.Ringing:
		if e.Incoming {
			return say("is calling you")
		}
		return say("It rings there…")
	case call.Connecting:
		return say("Connecting…")
	case call.Reconnecting:
		return say("Connection lost, reconnecting…")
	}
	return Text{}
}

func kindOf(r call.Reason) NoticeKind {
	switch r {
	case call.HungUp, call.Cancelled, call.Declined, call.NoAnswer, call.Busy:
		return Info
	case call.Unreachable, call.Lost:
		return Warning
	}
	return Failure
}

// Dialling remembers an address that the person dials.
func (p *Presenter) Dialling(address string) {
	p.model.Address = address
	p.model.Notice = Notice{}
}

// Failed shows why something did not work.
func (p *Presenter) Failed(t Text) { p.model.Notice = Notice{Text: t, Kind: Failure} }

// Muted and CameraOff are set as the person wishes them.
func (p *Presenter) Muted(on bool) { p.model.Muted = on }

// CameraOff tells whether the camera is off by the person's wish.
func (p *Presenter) CameraOff(on bool) { p.model.CameraOff = on }

// ShowStats shows or hides the figures.
func (p *Presenter) ShowStats(on bool) { p.model.ShowStats = on }

// Addresses are where this side can be called.
func (p *Presenter) Addresses(mine []string) { p.model.Mine = mine }

// Dismiss takes the notice away.
func (p *Presenter) Dismiss() { p.model.Notice = Notice{} }

// InCall tells whether media flows or is about to.
func (p *Presenter) InCall() bool { return p.model.Connected }

// Stats takes the counters, once a second or so.
func (p *Presenter) Stats(s call.MediaStats) { p.model.Stats = p.rate.figures(s) }
