package rendezvous

import "parley/call"

// peer is one connection, as the hub sees it: a host that keeps slots open, or
// a guest of one. The hub's lock guards all but its functions, which never
// wait.
type peer struct {
	address string // whose limits count
	send    func(call.Frame)
	end     func(call.FrameReason) // after what was sent

	space *Space // counted in, once it opened or joined there
	slots map[string]*slot
	stays map[string]*stay // a host's sessions
	visit *visit           // a guest's
	left  bool
	why   call.FrameReason // it left; set by who reads, before it tells the hub
}

func newPeer(address string, send func(call.Frame), end func(call.FrameReason)) *peer {
	return &peer{
		address: address, send: send, end: end, why: call.NoSession,
		slots: map[string]*slot{}, stays: map[string]*stay{},
	}
}

// fail refuses what a frame asked for.
func (p *peer) fail(f call.Frame, reason call.FrameReason) {
	p.send(call.Frame{Type: call.Failed, Slot: f.Slot, Session: f.Session, Reason: reason})
}

// idle says whether nothing would be lost with the connection.
func (p *peer) idle() bool { return len(p.stays) == 0 && (p.visit == nil || p.visit.state != joined) }
