package call

import "time"

// effort watches how long pictures take to encode against the time there is
// between them, and says by how many steps to ask less of the machine.
type effort struct {
	level int // steps below what the rate affords

	began   time.Time // of the window
	took    time.Duration
	had     time.Duration
	calm    time.Time // since when there is time to spare; zero: there is not
	eased   time.Time // when a step was taken back last
	waiting time.Duration
}

const (
	effortWindow = time.Second
	effortMost   = 0.9 // share of the time above which pictures begin to be missed
	// effortCalm is the share below which the next larger picture fits, which
	// has about twice the area.
	effortCalm = 0.4
	effortWait = 10 * time.Second // of calm, before a step is taken back
	effortLong = 80 * time.Second // the same for one that was taken back in vain
	deepest    = 8
)

// note takes the time that a picture took to encode, and the interval that it
// had.
func (e *effort) note(took, interval time.Duration, now time.Time) {
	if e.began.IsZero() {
		e.began, e.waiting = now, effortWait
	}
	e.took += took
	e.had += interval
	if now.Sub(e.began) < effortWindow || e.had < effortWindow/2 {
		return
	}
	share := float64(e.took) / float64(e.had)
	e.began, e.took, e.had = now, 0, 0
	e.decide(share, now)
}

func (e *effort) decide(share float64, now time.Time) {
	if share > effortCalm {
		e.calm = time.Time{}
	} else if e.calm.IsZero() {
		e.calm = now
	}
	switch {
	case share > effortMost && e.level < deepest:
		e.harder(now)
	case e.level > 0 && !e.calm.IsZero() && now.Sub(e.calm) >= e.waiting:
		e.level--
		e.eased, e.calm = now, time.Time{}
	}
}

// harder takes a step, and is in less of a hurry to take it back where that
// was tried in vain just now.
func (e *effort) harder(now time.Time) {
	e.level++
	e.waiting = effortWait
	if !e.eased.IsZero() && now.Sub(e.eased) < effortWait {
		e.waiting = effortLong
	}
}
