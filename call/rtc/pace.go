package rtc

import (
	"sync"
	"time"

	"parley/call"
	"parley/call/rtc/congestion"
)

// pace is how fast files may leave beside the media. It takes what the path
// has left over (a scavenger, as LEDBAT is one, RFC 6817): it grows while the
// path has no queue to speak of, and gives way at the first sign of one, before
// the media's own control sees it and makes the picture smaller. Where the
// network limits the picture already, a small share is left to files.
type pace struct {
	mu     sync.Mutex
	free   bool    // the way is this machine's own
	rate   float64 // bytes a second
	credit float64 // bytes that may leave now
	at     time.Time
	tuned  time.Time
}

const (
	paceStart = 60e3                  // bytes a second
	paceLeast = 6e3                   // so that a file comes to an end
	paceMost  = 40e6                  // a path that shows no queue is no faster than this
	paceQueue = 10 * time.Millisecond // of delay that counts as none
	paceEvery = 100 * time.Millisecond
	paceFree  = 100e6
	paceShare = 0.1 // of the media's rate, where that is limited
)

func newPace(free bool) *pace {
	p := &pace{free: free, rate: paceStart}
	if free {
		p.rate = paceFree
	}
	return p
}

// tune follows the path, every so often.
func (p *pace) tune(t congestion.Target, now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	every := max(paceEvery, t.RoundTrip)
	if p.free || now.Sub(p.tuned) < every {
		return
	}
	p.tuned = now
	limited := t.LimitedBy == congestion.ByDelay || t.LimitedBy == congestion.ByLoss || t.LimitedBy == congestion.ByFeedback
	least := max(paceLeast, paceShare*float64(t.Rate)/8)
	switch {
	case t.QueueDelay > 2*paceQueue || limited && t.QueueDelay > paceQueue:
		p.rate = max(least, 0.6*p.rate)
	case t.QueueDelay > paceQueue:
		p.rate = max(least, 0.85*p.rate)
	case limited:
		p.rate = max(least, 0.97*p.rate)
	default:
		p.rate = min(paceMost, 1.08*p.rate+1e3)
	}
}

// blind is the pace where the other side tells nothing of what arrives.
func (p *pace) blind() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.free {
		p.rate = paceStart
	}
}

// refill counts the time that has passed. p.mu is held.
func (p *pace) refill(now time.Time) {
	if !p.at.IsZero() {
		p.credit += now.Sub(p.at).Seconds() * p.rate
	}
	p.at = now
	p.credit = min(p.credit, max(0.02*p.rate, call.MaxData)) // no bursts
}

// wait takes n bytes of credit once they are there.
func (p *pace) wait(n int, over <-chan struct{}) error {
	p.mu.Lock()
	p.refill(time.Now())
	p.credit -= float64(n)
	debt := -p.credit / p.rate
	p.mu.Unlock()
	if debt <= 0 {
		return nil
	}
	timer := time.NewTimer(time.Duration(debt * float64(time.Second)))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-over:
		return call.ErrClosed
	}
}

// fit is how much leaves in about 20 ms.
func (p *pace) fit() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return min(max(int(0.02*p.rate), 1000), call.MaxData)
}

// most is how much may wait below: what leaves in 200 ms, so that a change of
// pace is felt at once.
func (p *pace) most() uint64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return uint64(max(0.2*p.rate, 2*call.MaxData))
}

// tick is when to look again.
func (p *pace) tick() <-chan time.Time { return time.After(10 * time.Millisecond) }
