package rendezvous

import (
	"crypto/rand"
	"time"

	"parley/call"
)

// open keeps a slot open for a host, who proves by the claim that it is theirs,
// or finds a number for it.
func (t *turn) open(p *peer, f call.Frame) {
	space, reason := t.mayOpen(p, f)
	if reason != "" {
		t.figure.refused(reason)
		p.fail(f, reason)
		return
	}
	if f.Number {
		t.openNumber(p, f, space)
		return
	}
	if have := t.slots[f.Slot]; have != nil && have.host == p { // other terms
		t.agree(have, f)
		p.send(have.opened(t.servers(space, ""), t.at))
		return
	}
	if have := t.slots[f.Slot]; have != nil {
		t.yield(have)
	}
	s := t.newSlot(p, f, space, f.Slot)
	if s == nil {
		return
	}
	p.send(s.opened(t.servers(space, ""), t.at))
	t.announce(s.name, note{Kind: opens, Slot: s.name, Opening: s.opening})
	t.retry(s.name)
}

// mayOpen finds the space that a slot is to be opened in.
func (t *turn) mayOpen(p *peer, f call.Frame) (Space, call.FrameReason) {
	space, reason := t.spaceOf(f.Key)
	switch {
	case reason != "":
		return space, reason
	case !f.Number && f.Slot != call.SlotOf(space.Name, f.Claim):
		return space, call.BadClaim
	case t.away:
		return space, call.GoingAway
	case f.Number && !t.ledger.of(p.address, t.at).joins.take(1, t.at): // each rests for minutes when it is given back
		return space, call.TooFast
	case p.slots[f.Slot] != nil:
		return space, "" // it is counted
	case len(p.slots) >= t.config.Limits.SlotsPerConnection,
		t.ledger.of(p.address, t.at).slots >= t.config.Limits.SlotsPerAddress,
		beyond(t.ledger.space(space.Name).slots, space.Quota.Slots),
		!t.enter(p, space):
		return space, call.TooMany
	}
	return space, ""
}

func (t *turn) spaceOf(key string) (Space, call.FrameReason) {
	if key == "" {
		if !t.config.Open {
			return Space{}, call.BadKey
		}
		return t.config.Own, ""
	}
	space, ok := t.config.Spaces.ByKey(key)
	if !ok {
		return Space{}, call.BadKey
	}
	return space, ""
}

// enter counts a connection in the space, the first one that it has to do with.
func (t *turn) enter(p *peer, space Space) bool {
	if p.space != nil {
		return true
	}
	account := t.ledger.space(space.Name)
	if beyond(account.connections, space.Quota.Connections) {
		return false
	}
	account.connections++
	p.space = &space
	return true
}

// beyond says whether one more would be too many.
func beyond(have, quota int) bool { return quota > 0 && have >= quota }

func (t *turn) newSlot(p *peer, f call.Frame, space Space, name string) *slot {
	if _, err := t.topic(name); err != nil {
		t.log.Error("a slot cannot be opened: the other servers are not reached", "err", err)
		p.fail(f, call.GoingAway)
		return nil
	}
	s := &slot{name: name, opening: rand.Text(), host: p, space: space, number: f.Number, stays: map[string]*stay{}}
	t.agree(s, f)
	t.slots[name], p.slots[name] = s, s
	t.gone.forget(name)
	if s.number {
		t.numbers++
	}
	t.ledger.of(p.address, t.at).slots++
	t.ledger.space(space.Name).slots++
	return s
}

// longest is how many seconds a slot can be asked for: a year, or less where a
// Duration holds less.
const longest = 365 * 24 * 60 * 60

// agree sets what a host asks for.
func (t *turn) agree(s *slot, f call.Frame) {
	s.once = f.Once || f.Number
	if s.timer != nil {
		s.timer.Stop()
	}
	s.ends, s.timer = time.Time{}, nil
	if f.Seconds > 0 {
		left := time.Duration(min(f.Seconds, longest)) * time.Second
		s.ends = t.at.Add(left)
		s.timer = time.AfterFunc(left, func() { t.hub.do(func(t *turn) { t.expire(s) }) })
	}
}

func (t *turn) expire(s *slot) {
	if t.slots[s.name] == s {
		t.spend(s.name)
		t.close(s, call.SlotGone)
	}
}

// yield gives a slot up to the same host's newer connection. Calls that are set
// up go on over the older one for as long as it lives; so do the others where
// this server sent the host away and the older connection is known to live.
func (t *turn) yield(s *slot) {
	if !t.away {
		t.endHalfway(s, call.NoSession)
	}
	t.close(s, call.SlotTaken)
}

// close ends a slot; the host is told where a reason is given.
func (t *turn) close(s *slot, reason call.FrameReason) {
	if t.slots[s.name] != s {
		return
	}
	if s.timer != nil {
		s.timer.Stop()
	}
	delete(t.slots, s.name)
	delete(s.host.slots, s.name)
	t.ledger.of(s.host.address, t.at).slots--
	t.ledger.space(s.space.Name).slots--
	t.release(s.name)
	if s.number {
		t.numbers--
	}
	switch {
	case s.number && s.pending: // nobody was told of it, or another server has it
		t.gone.add(s.name, t.at)
	case s.number:
		t.spend(s.name)
	}
	if reason != "" {
		s.host.send(call.Frame{Type: call.Closed, Slot: s.name, Reason: reason})
	}
}

// openedElsewhere hears that a slot's host is at another server now.
func (t *turn) openedElsewhere(n note) {
	if n.Node == t.node {
		return
	}
	if s := t.slots[n.Slot]; s != nil && !s.pending {
		t.yield(s)
	}
	if have := t.topics[n.Slot]; have != nil {
		for v := range have.visits {
			if v.state == joined && !v.setUp && !t.away && v.opening != n.Opening {
				t.dropVisit(v, call.NoSession)
			}
		}
	}
	t.retry(n.Slot)
}
