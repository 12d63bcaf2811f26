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
	flying    float64 // bits sent after the newest packet that arrived
	held      bool    // pictures were held back just now, and would have been sent
	wild      bool    // the queue is hardly to be told from chance
}

// rate is what the path is trusted with.
type rate struct {
	cfg    Config
	target float64 // bit/s, without a queue
	cap    float64 // bit/s that the path was last seen to give; 0: not known
	capAt  time.Duration
	peak   float64 // highest target of late
	limit  Limit

	wild     bool // see signs
	draining bool
	since    time.Duration // of the draining
	cutAt    time.Duration // when the rate was lowered last, or the queue seen to fall
	cutQueue time.Duration // and its length then
	tries    int           // cuts that did not make it shorter
	idle     bool          // less was sent than allowed when it began
	drained  time.Duration // when it ended
	at       time.Duration // of the last update
	queue    time.Duration
}

const (
	backoff       = 0.88 // of what arrived, after a queue
	idleBackoff   = 0.7
	drainTime     = 800 * time.Millisecond
	settleTime    = 200 * time.Millisecond // for the rate of arrival to be known
	furtherCut    = 0.93                   // when a queue does not drain
	mostTries     = 3
	wildLeast     = 1.7 // times sound and the least picture
	capMemory     = 30 * time.Second
	nearCap       = 0.9
	growth        = 0.25                   // of the rate a second, far from what is known
	growthTrip    = 200 * time.Millisecond // over longer round trips, growth is slower
	slowGrowth    = 0.03                   // of the rate a second, near it
	packetBits    = 1200 * 8
	peakForgotten = 0.005 // of the peak a second
)

func newRate(cfg Config) rate {
	return rate{cfg: cfg, target: float64(cfg.Start), limit: ByStart}
}

// update takes new signs.
func (r *rate) update(s signs) {
	dt := min(s.now-r.at, 200*time.Millisecond)
	r.at, r.queue = s.now, max(s.queue, r.foreseen(s))
	r.wild = s.wild
	r.assume(s)
	r.peak = max(r.peak*(1-peakForgotten*dt.Seconds()), r.target)
	switch {
	case s.queue > s.threshold:
		r.drain(s)
	case r.draining && s.queue > s.threshold/2:
		// nearly drained
	default:
		if r.draining {
			r.rest(s.now)
		}
		r.grow(s, dt)
	}
}

// drain lowers the rate to below what arrives: that is what the path gives
// while there is a queue.
func (r *rate) drain(s signs) {
	r.limit = ByDelay
	if !r.draining {
		r.draining, r.since = true, s.now
		r.tries, r.idle = 0, s.sent < 0.6*r.target && !s.held
		r.cut(s)
		return
	}
	settling := s.now-r.since < s.roundTrip+settleTime && !r.idle
	switch {
	case settling || s.queue > r.cutQueue+s.threshold/2:
		r.cut(s)
	case s.now-r.cutAt < s.roundTrip+settleTime:
		// the last cut is at work
	case s.queue < r.cutQueue-max(10*time.Millisecond, r.cutQueue/20):
		r.cutAt, r.cutQueue, r.tries = s.now, s.queue, 0
	default:
		r.cutAt, r.cutQueue = s.now, s.queue
		r.tries++
		r.lower(r.target*furtherCut, s)
	}
}

// lower sets a lower rate, but on a wild path none below the assumed one.
func (r *rate) lower(to float64, s signs) {
	if s.wild {
		to = max(to, min(r.target, r.assumed()))
	}
	r.target = min(r.target, r.cfg.clamp(to))
}

// assumed is what a wild path is taken to carry: a picture that is sent twice.
// Delay tells too little there, and whoever believed it would end at the least
// of sounds on a path that carries a picture; loss would tell.
func (r *rate) assumed() float64 { return r.cfg.clamp(wildLeast * r.cfg.slowest()) }

// assume goes up to what a wild path is taken to carry, unless loss spoke.
func (r *rate) assume(s signs) {
	if s.wild && !s.suspect && r.limit != ByLoss {
		r.target = max(r.target, r.assumed())
	}
}

// cut takes what arrives as what the path gives.
func (r *rate) cut(s signs) {
	r.cutAt, r.cutQueue = s.now, s.queue
	r.cap, r.capAt = s.saturated/(1-min(s.inherent, 0.5)), s.now
	least := r.cap * backoff
	if r.idle {
		least = max(least, idleBackoff*r.target) // what arrives is not all that would
	}
	r.lower(least, s)
}

// rest ends the draining.
func (r *rate) rest(now time.Duration) {
	r.draining, r.drained = false, now
	if r.idle {
		r.cap = 0
	}
}

// stuck returns the part of the queue that does not drain although the rate
// was lowered again and again: others keep it, or the way has become longer.
func (r *rate) stuck(s signs) time.Duration {
	if !r.draining || r.tries <= mostTries {
		return 0
	}
	return s.queue
}

// foreseen is the queue that the packets under way will have found.
func (r *rate) foreseen(s signs) time.Duration {
	if !r.draining || r.cap <= 0 {
		return 0
	}
	return time.Duration(s.flying/r.cap*float64(time.Second)) - (s.roundTrip - s.queue)
}

// grow raises the rate on the evidence of what is sent and arrives.
func (r *rate) grow(s signs, dt time.Duration) {
	if s.now-r.capAt > capMemory || r.target > r.cap*1.1 {
		r.cap = 0
	}
	if s.sent < r.target*0.75 && r.target > videoAgain*r.cfg.slowest() {
		if r.target < float64(r.cfg.Max) && r.limit != ByStart {
			r.limit = ByApplication
		}
		return
	}
	if s.queue > s.threshold/2 || s.suspect || s.now-r.drained < s.roundTrip && r.drained > 0 {
		return
	}
	add := growth * r.target * min(1, float64(growthTrip)/float64(s.roundTrip+1))
	if r.cap > 0 && r.target > nearCap*r.cap {
		add = max(slowGrowth*r.target, min(2*slowGrowth*r.target, packetBits/(s.roundTrip+100*time.Millisecond).Seconds()))
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
	case r.drained == 0 && r.cap == 0:
		r.limit = ByStart
	case r.limit != ByLoss:
		r.limit = ByDelay
	}
}

// jump takes a rate that was proven by a probe.
func (r *rate) jump(to float64) {
	if to > r.target {
		r.target = r.cfg.clamp(to)
		if r.target > 1.1*r.cap {
			r.cap = 0
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
	floor := min(r.target, r.cfg.slowest())
	if r.wild {
		floor = min(r.target, r.assumed())
	}
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
