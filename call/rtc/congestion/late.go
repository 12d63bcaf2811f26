package congestion

import "time"

// late notices feedback that stays out. Where a path collapses both ways, as a
// radio link does, feedback waits in the other side's queue, and tells of ours
// when that has long run over. So pictures are held back as soon as feedback
// is overdue, until it says that the queue is short.
type late struct {
	least  [2]time.Duration // round trips: of this window, and the one before
	window int64
	held   bool
	last   time.Duration // when it was

	heard          time.Duration // last feedback
	gap, deviation time.Duration // between two, smoothed
}

const (
	lateWindow   = 5 * time.Second
	lateFeedback = 50 * time.Millisecond  // between two packets of feedback, at least
	lateMost     = 200 * time.Millisecond // of a gap, to be learnt from
	gapWeight    = 16
	latePatience = 40 * time.Millisecond  // beyond that
	lateLoss     = 400 * time.Millisecond // more at full loss, which tells late of the newest packets
	acquitWeight = 10                     // packets of feedback over which a longer way is believed
)

// note takes the round trip of the newest packet that arrived.
func (l *late) note(trip, now time.Duration) {
	n := int64(now/lateWindow) + 1
	switch {
	case l.window == 0 || n > l.window+1:
		l.least = [2]time.Duration{trip, trip}
	case n > l.window:
		l.least = [2]time.Duration{trip, l.least[0]}
	}
	l.window = n
	l.least[0] = min(l.least[0], trip)
}

// hear takes the time of feedback; where some of it is lost, more is waited for.
func (l *late) hear(now time.Duration) {
	gap := min(now-l.heard, lateMost)
	l.heard = now
	if l.held {
		return // it says nothing of usual gaps
	}
	off := max(gap, lateFeedback) - l.gap
	l.gap += off / gapWeight
	l.deviation += (off.Abs() - l.deviation) / gapWeight
}

// trip is the shortest round trip of late.
func (l *late) trip() time.Duration { return min(l.least[0], l.least[1]) }

// watch holds pictures back while the oldest packet of which nothing is known
// left too long ago. On a wild path that says nothing.
func (c *Controller) watch(now time.Duration) {
	if c.late.held = c.overdue(now); c.late.held {
		c.late.last = now
	}
}

func (c *Controller) overdue(now time.Duration) bool {
	if !c.heard || !c.inFlight() || c.delay.wild() {
		return false
	}
	s := c.history.find(c.expected)
	if s == nil {
		return false
	}
	patience := latePatience + c.delay.noise + time.Duration(min(c.copying.loss, 0.5)*float64(lateLoss))
	return now-s.at > c.late.trip()+max(c.late.gap, lateFeedback)+2*c.late.deviation+patience
}

// acquit takes feedback that comes late although the queue is short: the way
// back has become longer, and that is no reason to hold anything.
func (c *Controller) acquit() {
	if c.signs.queue > c.signs.threshold/2 {
		return
	}
	for i, trip := range c.late.least {
		c.late.least[i] += max(0, c.roundTrip-trip) / acquitWeight
	}
}
