package call

import "time"

// Event tells whoever watches a call (a presenter, a verb) what changed. It
// is a value: the whole visible state of the call at that moment.
type Event struct {
	State    State
	Incoming bool   // they called
	Loopback bool   // a call to oneself
	Session  string // the call's ID, as both sides know it
	Them     string // the other side's name, cleaned, or its address
	Address  string // where they are, or what was dialled
	Reason   Reason // of Ended
	Detail   error  // of Ended: what failed, for the log and for a second line
	At       time.Time

	// Words are what both people see when nobody is in between, from when the
	// call is answered; none with a side that has none.
	Words       []string
	Fingerprint string // of the other side's certificate, once it is known
	Way         Way    // how the two reached each other
	Standing    Standing
	Asking      bool // the call waits for Phone.GoOn: Standing is Changed
}

// Sentence tells a person why an ended call ended.
func (e Event) Sentence() string { return e.SentenceOf(e.Them) }

// SentenceOf is Sentence with another name for the other side, such as its
// place in a translation.
func (e Event) SentenceOf(them string) string {
	if e.Incoming {
		return e.Reason.IncomingSentence(them)
	}
	return e.Reason.Sentence(them)
}
