package people

import (
	"slices"
	"time"

	"parley/call"
)

// Outcome is how a call went.
type Outcome string

// The outcomes. Answered has a length.
const (
	Answered  Outcome = "answered"
	Missed    Outcome = "missed"
	Declined  Outcome = "declined"
	Cancelled Outcome = "cancelled"
	NoAnswer  Outcome = "no-answer"
	Busy      Outcome = "busy"
	Failed    Outcome = "failed"
)

// Entry is one call of the history.
type Entry struct {
	At          time.Time     `json:"at"`
	Name        string        `json:"name"`
	Address     string        `json:"address,omitempty"` // without a link's secret
	Way         call.Way      `json:"way,omitempty"`
	Fingerprint string        `json:"fingerprint,omitempty"`
	Incoming    bool          `json:"incoming,omitempty"`
	Outcome     Outcome       `json:"outcome"`
	Length      time.Duration `json:"length_ns,omitempty"`
}

// mostHistory bounds the calls that are kept, and mostUnasked, among them, those
// that nobody here made or took: who calls without end pushes out no others.
const (
	mostHistory = 500
	mostUnasked = 250
)

// unasked tells whether the call was another's doing alone.
func (e Entry) unasked() bool { return e.Incoming && e.Outcome != Answered }

// Add notes a call; the oldest gives way, or the oldest of those that nobody
// here made or took where these are too many.
func (b *Book) Add(e Entry) {
	b.History = append(b.History, e)
	unasked := 0
	for _, e := range b.History {
		if e.unasked() {
			unasked++
		}
	}
	switch {
	case unasked > mostUnasked:
		at := slices.IndexFunc(b.History, Entry.unasked)
		b.History = slices.Delete(b.History, at, at+1)
	case len(b.History) > mostHistory:
		b.History = slices.Delete(b.History, 0, 1)
	}
}

// entryOf is the history's line of a call that has ended. connected is when
// it first was; zero: never.
func entryOf(e call.Event, began, connected time.Time) Entry {
	entry := Entry{
		At: began, Name: e.Them, Address: withoutSecret(e.Address), Way: e.Way, Fingerprint: e.Fingerprint, Incoming: e.Incoming,
	}
	switch {
	case !connected.IsZero():
		entry.Outcome, entry.Length = Answered, e.At.Sub(connected)
	case e.Incoming:
		entry.Outcome = incomingOutcome(e.Reason)
	default:
		entry.Outcome = outgoingOutcome(e.Reason)
	}
	return entry
}

func incomingOutcome(r call.Reason) Outcome {
	switch r {
	case call.Declined:
		return Declined
	case call.NoAnswer, call.Cancelled, call.Busy:
		return Missed
	}
	return Failed
}

func outgoingOutcome(r call.Reason) Outcome {
	switch r {
	case call.Declined:
		return Declined
	case call.Busy:
		return Busy
	case call.NoAnswer:
		return NoAnswer
	case call.Cancelled:
		return Cancelled
	}
	return Failed
}
