package record

import "time"

// envelope follows the lower edge of a delay: packets and blocks can be late
// but never early, so the least of the last seconds is the delay itself and
// the rest is jitter. It forgets, so that a drifting clock is followed.
type envelope struct {
	now, before time.Duration // least of this span and of the one before
	began       time.Duration
	filled      bool
}

// envelopeSpan is after how long a least value begins to be forgotten; it is
// gone after twice that.
const envelopeSpan = 5 * time.Second

// add notes a delay seen at the time at, which does not fall.
func (e *envelope) add(at, delay time.Duration) {
	switch {
	case !e.filled:
		*e = envelope{now: delay, before: delay, began: at, filled: true}
	case at-e.began >= 2*envelopeSpan:
		*e = envelope{now: delay, before: delay, began: at, filled: true}
	case at-e.began >= envelopeSpan:
		e.before, e.now, e.began = e.now, delay, at
	default:
		e.now = min(e.now, delay)
	}
}

// least is the delay; 0 before the first add.
func (e *envelope) least() time.Duration { return min(e.now, e.before) }
