package codec

import "time"

const (
	paceWeight = 8 // pictures over which the interval is smoothed
	longestGap = time.Second
	minRate    = 1.0
	maxRate    = 60.0
	usualRate  = 30.0
)

// Pace turns the times of pictures into what rate controls want: a clock that
// starts at zero and always rises, and the rate at which pictures really come.
// A rate control that only believes the nominal rate spends half its bits when
// a camera in the dark falls from 30 to 15 pictures a second.
type Pace struct {
	first    time.Time
	last     time.Duration
	interval float64 // seconds, smoothed
	started  bool
}

// Expect sets the rate to assume until the pictures tell otherwise; what is not
// positive stands for 30.
func (p *Pace) Expect(fps float64) {
	if !(fps > 0) {
		fps = usualRate
	}
	p.interval = 1 / min(max(fps, minRate), maxRate)
}

// Next returns the time of a picture since the first one. A time that does not
// rise is put one millisecond after its predecessor, the finest step that all
// rate controls can tell apart.
func (p *Pace) Next(at time.Time) time.Duration {
	if !p.started {
		p.first, p.started = at, true
		return 0
	}
	now := at.Sub(p.first)
	if now <= p.last {
		p.last += time.Millisecond
		return p.last
	}
	p.note(now - p.last)
	p.last = now
	return now
}

// note smooths one interval. A pause says nothing about the rate after it.
func (p *Pace) note(step time.Duration) {
	if step > longestGap {
		return
	}
	p.interval += (step.Seconds() - p.interval) / paceWeight
}

// Rate is the smoothed rate in pictures a second, within 1 to 60.
func (p *Pace) Rate() float64 {
	if p.interval <= 0 {
		return usualRate
	}
	return min(max(1/p.interval, minRate), maxRate)
}
