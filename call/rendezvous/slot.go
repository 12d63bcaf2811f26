package rendezvous

import (
	"time"

	"parley/call"
)

// slot is one that a host keeps open here.
type slot struct {
	name    string
	opening string // tells this opening from one on another server
	host    *peer
	space   Space
	once    bool
	number  bool
	pending bool   // a number that another server may hold
	lost    bool   // ... and does
	taken   bool   // a number's one guess was made
	share   string // a number's: the host's half of a key
	stays   map[string]*stay
	ends    time.Time // zero: while the host is there
	timer   *time.Timer
}

// opened is what the host is told.
func (s *slot) opened(servers []call.Server, now time.Time) call.Frame {
	f := call.Frame{Type: call.Opened, Slot: s.name, Once: s.once, Number: s.number, Servers: servers}
	if !s.ends.IsZero() {
		f.Seconds = max(1, int(s.ends.Sub(now).Round(time.Second)/time.Second))
	}
	return f
}

// stay is a session, on the host's side.
type stay struct {
	session string
	slot    *slot
	host    *peer
	node    string // the guest's server
	progress
}

// visit is a session, on the guest's side.
type visit struct {
	session string
	slot    string
	guest   *peer
	node    string // the host's server, once joined
	opening string
	space   string
	state   visitState
	first   []call.Frame // to be passed on once it is joined
	since   time.Time
	timer   *time.Timer
	progress
}

// stop ends the wait for an answer.
func (v *visit) stop() {
	if v.timer != nil {
		v.timer.Stop()
	}
}

type visitState int

const (
	knocking visitState = iota // the host's server has not answered
	waiting                    // there is none
	joined
)

// progress follows a call's set-up by the types of what is relayed.
type progress struct{ answered, setUp bool }

// note looks at one frame, and says whether the call is set up.
func (p *progress) note(t call.FrameType, byHost bool) bool {
	switch {
	case byHost && t == call.FrameType(call.Answer):
		p.answered = true
	case !byHost && p.answered && t == call.FrameType(call.OK):
		p.setUp = true
	}
	return p.setUp
}
