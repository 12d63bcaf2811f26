package congestion

import "time"

// signs are what the rate is decided on.
type signs struct {
	now       time.Duration
	queue     time.Duration
	threshold time.Duration
	roundTrip time.Duration
	received  float64 // bit/s over half a second
	saturated float64 // bit/s over a short time: what the path gives while there is a queue
	sent      float64 // bit/s over half a second
	inherent  float64 // share of packets that the path loses at any rate
	suspect   bool    // more is lost than that
}

// rate is what the path is trusted with.
type rate struct {
	cfg    Config
	target float64 // bit/s, without a queue
	cap    float64 // bit/s that the path was last seen to give; 0: not known
	capAt  time.Duration
	peak   float64 // highest target of late
	limit  Limit

	draining bool
	since    time.Duration // of the draining
	least    time.Duration // queue in the present patience window
	leastWas time.Duration // queue in the window before
	leastAt  time.Duration
	drained  time.Duration // when it ended
	at       time.Duration // of the last update
	queue    time.Duration
}

const (
	backoff       = 0.88 // of what arrived, after a queue
	drainTime     = 800 * time.Millisecond
	patience      = 1500 * time.Millisecond // with a queue that does not drain
	capMemory     = 30 * time.Second
	nearCap       = 0.9
	growth        = 0.25 // of the rate a second, far from what is known
	slowGrowth    = 0.03 // of the rate a second, near it
	packetBits    = 1200 * 8
	peakForgotten = 0.005 // of the peak a second
)

func newRate(cfg Config) rate {
	return rate{cfg: cfg, target: float64(cfg.Start), limit: ByStart}
}

// update takes new signs.
func (r *rate) update(s signs) {
	dt := min(s.now-r.at, 200*time.Millisecond)
	r.at, r.queue = s.now, s.queue
	r.peak = max(r.peak*(1-peakForgotten*dt.Seconds()), r.target)
	switch {
	case s.queue > s.threshold:
		r.drain(s)
	case r.draining && s.queue > s.threshold/2:
		r.note(s)
	default:
		if r.draining {
			r.draining, r.drained = false, s.now
		}
		r.grow(s, dt)
	}
}

// drain lowers the rate to below what arrives: that is what the path gives
// while there is a queue.
func (r *rate) drain(s signs) {
	if !r.draining {
		r.draining, r.since = true, s.now
		r.leastAt, r.least, r.leastWas = s.now, s.queue, 0
	}
	r.note(s)
	r.limit = ByDelay
	r.cap, r.capAt = s.saturated, s.now
	r.target = r.cfg.clamp(min(r.target, r.cap*backoff))
}

// note watches whether the queue gets shorter.
func (r *rate) note(s signs) {
	r.least = min(r.least, s.queue)
	if s.now-r.leastAt >= patience/2+s.roundTrip {
		r.leastAt, r.leastWas, r.least = s.now, r.least, s.queue
	}
}

// stuck returns the part of the queue that does not drain although less is
// sent than arrived: others keep it, or the way has become longer.
func (r *rate) stuck(s signs) time.Duration {
	if !r.draining || s.now-r.since < patience+2*s.roundTrip || r.leastWas == 0 || r.least < r.leastWas*9/10 {
		return 0
	}
	return min(r.least, r.leastWas)
}

// grow raises the rate on the evidence of what is sent and arrives.
func (r *rate) grow(s signs, dt time.Duration) {
	if s.now-r.capAt > capMemory || r.target > r.cap*1.1 {
		r.cap = 0
	}
	if s.sent < r.target*0.75 {
		if r.target < float64(r.cfg.Max) && r.limit != ByStart {
			r.limit = ByApplication
		}
		return
	}
	if s.queue > s.threshold/2 || s.suspect {
		return
	}
	add := growth * r.target
	if r.cap > 0 && r.target > nearCap*r.cap {
		add = max(slowGrowth*r.target, packetBits/(s.roundTrip+100*time.Millisecond).Seconds())
	}
	proven := 1.5*s.received/(1-min(s.inherent, 0.5)) + packetBits
	if next := min(r.target+add*dt.Seconds(), proven); next > r.target {
		r.target = r.cfg.clamp(next)
	}
	r.explain()
}

func (r *rate) explain() {
	switch {
	case r.target >= float64(r.cfg.Max):
		r.limit = ByNothing
	case r.limit == ByApplication || r.limit == ByFeedback:
		r.limit = ByDelay
	}
}

// jump takes a rate that was proven by a probe.
func (r *rate) jump(to float64, now time.Duration) {
	if to > r.target {
		r.target = r.cfg.clamp(to)
		r.cap = 0
		if r.limit == ByStart {
			r.limit = ByApplication
		}
		r.explain()
	}
}

// set moves the rate on a verdict about loss.
func (r *rate) set(to float64) { r.target = r.cfg.clamp(to) }

// now is the rate at this moment: less while a queue drains, but enough for
// sound and a slow picture.
func (r *rate) present() float64 {
	if !r.draining {
		return r.target
	}
	share := 1 - r.queue.Seconds()/drainTime.Seconds()
	floor := min(r.target, r.cfg.reserve()+1.1*float64(r.cfg.VideoMin))
	return max(floor, min(r.target, r.cap*share))
}

// pacing lets a picture leave quickly, but not into a path known to be slow:
// sound would wait behind it there.
func (r *rate) pacing() float64 {
	now := r.present()
	if r.draining {
		return now
	}
	if r.cap > 0 {
		return min(2.5*now, max(1.1*r.cap, 1.2*now))
	}
	return 2.5 * now
}
