package rendezvous

import "time"

// bucket is a token bucket: rate a second, burst at once.
type bucket struct {
	rate, burst float64
	level       float64
	at          time.Time
}

func newBucket(rate, burst float64, now time.Time) bucket {
	return bucket{rate: rate, burst: burst, level: burst, at: now}
}

// take says whether n fit.
func (b *bucket) take(n float64, now time.Time) bool {
	b.fill(now)
	if b.level < n {
		return false
	}
	b.level -= n
	return true
}

func (b *bucket) fill(now time.Time) {
	if passed := now.Sub(b.at).Seconds(); passed > 0 {
		b.level = min(b.burst, b.level+passed*b.rate)
		b.at = now
	}
}

// full says whether nothing was taken lately.
func (b *bucket) full(now time.Time) bool { b.fill(now); return b.level >= b.burst }
