package call

import "time"

// Standing is what is known of the other side's certificate.
type Standing string

// The standings.
const (
	Stranger Standing = ""
	Known    Standing = "known"    // the same machine as before
	Verified Standing = "verified" // and its person compared the words
	Changed  Standing = "changed"  // another machine than before, or than it says
)

// Policy decides about machines. Its functions are called by calls' own
// goroutines and must not block; each may be nil.
type Policy struct {
	// Standing says what is known of the other side.
	Standing func(Caller) Standing
	// Hold says whether a call whose other side has Changed waits, before
	// anything of this side's is sent, for Phone.GoOn.
	Hold func(Caller) bool
}

func (p Policy) standing(c Caller) Standing {
	if p.Standing == nil {
		return Stranger
	}
	return p.Standing(c)
}

func (p Policy) holds(c Caller) bool { return p.Hold != nil && p.Hold(c) }

// askMargin is how much sooner than the other side's patience ends a person
// has to say whether a call goes on.
const askMargin = 2 * time.Second

// party is the other side of this session.
func (s *Session) party() Caller {
	return Caller{
		Name: s.them, Address: s.cfg.Address, Offer: s.offer, Fingerprint: s.verify.theirs, Way: s.way(), Incoming: s.incoming,
	}
}

// meet asks what is known of the other side, once its certificate is told.
func (s *Session) meet() { s.standing = s.cfg.Policy.standing(s.party()) }

// askAbout has the person look at who answered before anything is sent to
// them; it says whether the answer waits.
func (s *Session) askAbout(answer Message) bool {
	if s.standing != Changed || s.cleared || !s.cfg.Policy.holds(s.party()) {
		return false
	}
	s.asking = &answer
	s.timer.Reset(s.cfg.Timing.Connect - askMargin) // the other side waits too
	s.notify()
	return true
}

// onGoOn takes the answer that waited for the person.
func (s *Session) onGoOn() {
	if s.asking == nil {
		return
	}
	answer := *s.asking
	s.asking, s.cleared = nil, true
	s.takeAnswer(answer)
}
