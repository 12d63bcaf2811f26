package congestion

import "time"

// When to probe, and by how much.
const (
	firstProbe    = 3.0 // times the start
	nextStep      = 2.0 // times what a probe came through at
	recoverEvery  = time.Second
	recoverFactor = 2.0
	steadyEvery   = 5 * time.Second
	steadyFactor  = 1.4
	wideJump      = 1.2 // times the rate: to be regretted if it was wrong
	mostDistrust  = 20 * time.Second
	trusted       = 5 * time.Second // that a probed rate held
	calm          = time.Second     // without a queue before a probe
)

func (c *Controller) startProbe(now time.Duration) {
	c.ask(firstProbe*float64(c.cfg.Start), now)
}

// ask begins a probe, of the highest rate at most.
func (c *Controller) ask(rate float64, now time.Duration) {
	c.prober.ask(min(rate, 1.05*float64(c.cfg.Max)), now)
	c.nextProbe = now + c.pause()
}

// pause is the time between probes: short while a rate is to be found again.
func (c *Controller) pause() time.Duration {
	if c.recovering() {
		return recoverEvery + c.distrust
	}
	return steadyEvery + c.distrust
}

func (c *Controller) recovering() bool {
	return c.rate.target < 0.6*c.rate.peak || c.rate.limit == ByStart
}

// probe takes the outcome of the last one, and asks for another when it is due.
func (c *Controller) probe(now time.Duration) {
	if o, done := c.prober.finish(now, c.roundTrip); done {
		c.learn(o, now)
	}
	if c.jumped != 0 && now-c.jumped > trusted {
		c.jumped, c.distrust = 0, c.distrust/2
	}
	c.nextProbe = min(c.nextProbe, now+c.pause())
	if !c.heard || now < c.nextProbe || c.rate.target >= float64(c.cfg.Max) || !c.calm(now) {
		return
	}
	factor := steadyFactor
	if c.recovering() {
		factor = recoverFactor
	}
	c.ask(factor*c.rate.target, now)
}

func (c *Controller) calm(now time.Duration) bool {
	return !c.rate.draining && now-c.rate.drained >= calm && c.before == 0 && !c.judge.trial && !c.signs.suspect
}

// learn raises the rate to what a burst came through at.
func (c *Controller) learn(o outcome, now time.Duration) {
	if !o.ok || c.rate.draining {
		return
	}
	proven := 0.95 * o.came
	if !o.undelayed {
		proven = 0.85 * o.came
	}
	if c.delay.noise > 30*time.Millisecond {
		proven = min(proven, 1.1*c.rate.target) // chance alone may have brought the burst together
	}
	if proven <= c.rate.target {
		return
	}
	if proven > wideJump*c.rate.target {
		c.jumped = now
	}
	c.rate.jump(proven)
	if o.undelayed && c.rate.target < float64(c.cfg.Max) {
		c.ask(nextStep*o.sent, now)
	}
}

// regret is told when the rate fell: a probe that raised it just before was
// wrong about this path, and the next ones are made later.
func (c *Controller) regret(now time.Duration) {
	if c.jumped != 0 && now-c.jumped < 2*time.Second+c.roundTrip {
		c.distrust = min(max(2*c.distrust, recoverEvery), mostDistrust)
	}
	c.jumped = 0
}
