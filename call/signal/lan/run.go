package lan

import (
	"math/rand/v2"
	"time"

	"parley/call"
)

// How often the interfaces are looked at, and how long people who come in one
// breath are gathered before anybody is told.
const (
	lookEvery = 5 * time.Second
	gather    = 50 * time.Millisecond
)

// slept is by how much the time of day may run ahead of the clock before the
// machine must have slept.
const slept = 2 * lookEvery

// run owns everything until Close.
func (n *Neighbours) run() {
	defer close(n.done)
	n.follow()
	defer n.following.Wait()
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	timer := time.NewTimer(0)
	defer timer.Stop()
	n.looked, n.ticked, n.told = n.cfg.Clock().Round(0), time.Now(), n.facts()
	n.look()
	for {
		n.rest(timer)
		select {
		case p := <-n.heard:
			n.hear(p)
		case <-n.poke:
			n.take()
		case <-look.C:
			n.tick()
		case <-n.moved:
			n.look()
		case <-timer.C:
		case <-n.ctx.Done():
			n.leaveAll()
			return
		}
		n.due(time.Now())
	}
}

// rest sets the timer to when there is something to do.
func (n *Neighbours) rest(timer *time.Timer) {
	at, ok := n.cache.next()
	earlier := func(t time.Time) {
		if !t.IsZero() && (!ok || t.Before(at)) {
			at, ok = t, true
		}
	}
	if !n.changed.IsZero() {
		earlier(n.changed.Add(gather))
	}
	for _, s := range n.stations {
		earlier(s.next())
	}
	if !ok {
		timer.Stop()
		return
	}
	timer.Reset(max(0, time.Until(at)))
}

// due does what has come to its time.
func (n *Neighbours) due(now time.Time) {
	gone, unheard := n.cache.expire(now)
	if gone {
		n.changed = now.Add(-gather)
	}
	if unheard { // perhaps it was the network that failed
		for _, s := range n.stations {
			s.pause = firstPause
			s.askSoon(now)
		}
	}
	if n.cache.aged(now) {
		for _, s := range n.stations {
			s.askSoon(now)
		}
	}
	for _, s := range n.stations {
		if passed(s.askAt, now) {
			n.ask(s, now)
		}
		if passed(s.sayAt, now) {
			n.say(s, now)
		}
	}
	if !n.changed.IsZero() && !n.changed.Add(gather).After(now) {
		n.changed = time.Time{}
		n.tell(n.found())
	}
}

func passed(at, now time.Time) bool { return !at.IsZero() && !at.After(now) }

// take puts to use what was set from outside.
func (n *Neighbours) take() {
	n.mu.Lock()
	off, doubted := n.off, n.doubted
	n.doubted = nil
	n.mu.Unlock()
	now := time.Now()
	for _, id := range doubted {
		n.cache.doubt(instance(id), now)
	}
	if len(doubted) > 0 {
		for _, s := range n.stations {
			s.askSoon(now)
		}
	}
	if off != (len(n.stations) == 0) {
		n.look()
	}
	n.refresh()
}

// tick looks for what nobody tells: another name, other interfaces, a sleep.
func (n *Neighbours) tick() {
	day, now := n.cfg.Clock().Round(0), time.Now()
	ran, passed := now.Sub(n.ticked), day.Sub(n.looked)
	n.looked, n.ticked = day, now
	if ran > slept || passed-ran > slept {
		n.cfg.Log.Debug("this machine has slept", "for", passed-ran)
		n.awake(now)
	}
	n.look()
	n.refresh()
}

// awake begins again after a sleep: whoever was there may be gone, and the
// network may be another one.
func (n *Neighbours) awake(now time.Time) {
	n.cache.doubt("", now)
	for at := range n.stations {
		n.drop(at)
	}
}

// refresh announces oneself where there is something new to tell.
func (n *Neighbours) refresh() {
	now := time.Now()
	if f := n.facts(); f != n.told {
		n.told = f
		for _, s := range n.stations {
			s.announce(now)
		}
	}
}

// facts are what others are to know now.
func (n *Neighbours) facts() facts {
	n.mu.Lock()
	defer n.mu.Unlock()
	return facts{name: announced(n.cfg.Name()), availability: n.availability, version: call.ProtocolVersion}
}

// between is a moment at random, so that many who hear the same do not all
// speak at once (RFC 6762 section 6).
func between(least, most time.Duration) time.Duration {
	return least + rand.N(most-least)
}
