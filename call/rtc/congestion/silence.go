package congestion

import "time"

// Silence of the other side means that nothing arrives, or nothing comes
// back; either way the path is not to be filled blindly.
const (
	silenceLeast = 400 * time.Millisecond
	silenceStep  = 300 * time.Millisecond // between two cuts
)

// listen halves the rate while packets leave and no feedback comes.
func (c *Controller) listen(now time.Duration) {
	if !c.heard || now-max(c.heardAt, c.silentAt) < silenceStep {
		return
	}
	if now-c.heardAt < silenceLeast+3*c.roundTrip || !c.inFlight() {
		return
	}
	if c.before == 0 {
		c.before = c.rate.target
	}
	c.silentAt = now
	c.rate.set(max(c.rate.target/2, min(c.rate.target, c.cfg.slowest())))
	c.rate.limit = ByFeedback
}

func (c *Controller) inFlight() bool { return c.expected != c.history.next }

// hear returns to half the rate of before a silence, and asks a probe for the
// rest.
func (c *Controller) hear(now time.Duration) {
	c.heard, c.heardAt = true, now
	if c.before == 0 {
		return
	}
	c.rate.set(max(c.rate.target, c.before/2))
	c.rate.explain()
	c.nextProbe, c.returned = now, now
	c.prober.running = 0
	c.before = 0
}
