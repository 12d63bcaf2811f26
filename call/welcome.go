package call

import "slices"

// Caller is the other side of a call, as far as it is known before it rings, or
// before anything is sent to who answers. All of it is the other side's word.
type Caller struct {
	Name        string // cleaned
	Address     string // where the call comes from, or what was dialled
	Offer       string // SDP
	Fingerprint string // of their certificate; "": it shows none
	Way         Way
	Incoming    bool // they called
}

// Welcome says what becomes of a call that comes in.
type Welcome int

// The welcomes.
const (
	Rings  Welcome = iota
	NotNow         // the caller hears that this side is busy, and the call is a missed one
	Never          // the same, and nobody is told
)

// arrival is a call that comes in, from its link on. Its fields are guarded by
// the phone's mutex.
type arrival struct {
	session *Session
	rang    bool // a person was told
	missed  bool // refused, and a person would like to know
}

// welcome asks who may ring. It is called by the session's goroutine.
func (p *Phone) welcome(a *arrival) Welcome {
	if p.cfg.Welcome == nil {
		return Rings
	}
	p.mu.Lock()
	s := a.session
	p.mu.Unlock()
	return p.cfg.Welcome(s.party())
}

// mostPast bounds the ended calls that are remembered.
const mostPast = 16

// admit decides about an incoming call when its offer comes.
func (p *Phone) admit(a *arrival, id string) (verdict, string) {
	welcome := p.welcome(a)
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case p.closed:
		return toRefuse, ""
	case slices.Contains(p.past, id): // over a link that stalled while the call came and went
		return toDrop, ""
	case p.current != nil && p.current.incoming && p.current.is(id), p.held != nil && p.held.is(id):
		return toDrop, ""
	case p.keeps(a.session, id):
		return toAgree, ""
	case welcome != Rings:
		a.missed = welcome == NotNow
		return toRefuse, ""
	case p.current == nil:
		p.current, p.calling = a.session, false
		return toRing, ""
	case !p.calling || p.current.cfg.Loopback || p.current.cfg.ID == id: // the last: its own address was dialled
		a.missed = p.current.cfg.ID != id
		return toRefuse, ""
	case id < p.current.cfg.ID && p.held == nil:
		p.held, p.heldID = a.session, id
		return toHold, ""
	}
	return toRefuse, glareProof(p.current.cfg.ID, id)
}

// incomingEvent passes on the events of an incoming call that was admitted;
// of one that ended before it rang only those hear who watch missed calls.
func (p *Phone) incomingEvent(a *arrival, e Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	a.rang = a.rang || e.State != Ended
	current := p.current == a.session
	if p.held == a.session {
		p.held = nil
	}
	if current && e.State == Ended {
		p.current = nil
		p.past = append(p.past[max(0, len(p.past)-mostPast+1):], e.Session)
	}
	if current && a.rang {
		p.events.put(told{Event: e})
	}
	missed := a.missed || current && a.rang && (e.Reason == NoAnswer || e.Reason == Cancelled)
	if e.State == Ended && missed && !slices.Contains(p.missed, e.Session) {
		p.missed = append(p.missed[max(0, len(p.missed)-mostPast+1):], e.Session)
		p.events.put(told{Event: e, missed: true})
	}
}

// WatchMissed has f called with the last event of every call that came in from
// now on and that nobody took: it rang in vain, came during another, or while
// this side was not to be disturbed. f must not block.
func (p *Phone) WatchMissed(f func(Event)) (stop func()) { return p.watch(f, true) }
