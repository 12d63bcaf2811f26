package rendezvous

import (
	"cmp"
	"crypto/rand"

	"parley/call"
)

// join makes a session of a guest and whoever has the slot open, at whichever
// server; until somebody has, the guest waits.
func (t *turn) join(p *peer, f call.Frame) {
	space, known := t.slotSpace(f.Slot)
	reason := call.FrameReason("")
	switch {
	case t.away:
		reason = call.GoingAway
	case !known:
		reason = call.SlotGone
	case !t.mayName(f.Session):
		reason = call.BadFrame
	case !t.ledger.of(p.address, t.at).joins.take(1, t.at):
		reason = call.TooFast
	case !t.enter(p, space):
		reason = call.TooMany
	}
	if reason != "" {
		t.figure.refused(reason)
		p.fail(f, reason)
		return
	}
	topic, err := t.topic(f.Slot)
	if err != nil {
		t.log.Error("a slot cannot be joined: the other servers are not reached", "err", err)
		p.fail(f, call.GoingAway)
		return
	}
	v := &visit{session: cmp.Or(f.Session, rand.Text()), slot: f.Slot, guest: p, space: space.Name, since: t.at}
	p.visit, t.visits[v.session] = v, v
	topic.visits[v] = true
	t.knock(v)
}

// mayName says whether a session may be called so by its guest: it is no other's.
func (t *turn) mayName(session string) bool {
	return session == "" || len(session) >= call.LeastSessionLength && t.visits[session] == nil && t.stays[session] == nil
}

// slotSpace is the space that a slot's name speaks of.
func (t *turn) slotSpace(slot string) (Space, bool) {
	name := call.SpaceOf(slot)
	if name == "" {
		return t.config.Own, true
	}
	return t.config.Spaces.ByName(name)
}

// knock asks who has the slot. Where nobody answers, the guest is told to wait.
func (t *turn) knock(v *visit) {
	v.state = knocking
	t.announce(v.slot, note{Kind: knocks, Slot: v.slot, Session: v.session})
	v.timer = t.answered(func(t *turn) { t.unanswered(v) })
}

func (t *turn) unanswered(v *visit) {
	switch {
	case t.visits[v.session] != v || v.state != knocking:
	case t.gone.has(v.slot, t.at), isNumber(v.slot): // nobody will open it
		t.figure.refused(call.SlotGone)
		v.guest.fail(call.Frame{Slot: v.slot}, call.SlotGone)
		t.forgetVisit(v)
	default:
		v.state = waiting
		v.guest.send(call.Frame{Type: call.Waiting, Slot: v.slot})
	}
}

// retry has those knock again who wait for a slot.
func (t *turn) retry(slot string) {
	have := t.topics[slot]
	if have == nil {
		return
	}
	for v := range have.visits {
		if v.state != joined {
			t.announce(slot, note{Kind: knocks, Slot: slot, Session: v.session})
		}
	}
}

// knocked hears of a guest for a slot that is open here.
func (t *turn) knocked(n note) {
	s := t.slots[n.Slot]
	if s == nil || s.pending {
		return
	}
	switch old := t.stays[n.Session]; {
	case old == nil:
	case old.node == n.Node: // asked twice: the answer was lost
		t.tell(n.Node, welcome(old))
		return
	default: // another guest's
		t.tell(n.Node, note{Kind: refuses, Slot: n.Slot, Session: n.Session, Reason: call.NoSession})
		return
	}
	reason := call.FrameReason("")
	switch {
	case s.number && s.taken:
		reason = call.SlotTaken
	case len(s.stays) >= t.config.Limits.GuestsPerSlot:
		reason = call.TooMany
	}
	if reason != "" {
		t.tell(n.Node, note{Kind: refuses, Slot: n.Slot, Session: n.Session, Reason: reason})
		return
	}
	s.taken = true
	stay := &stay{session: n.Session, slot: s, host: s.host, node: n.Node}
	s.stays[n.Session], s.host.stays[n.Session], t.stays[n.Session] = stay, stay, stay
	t.ledger.space(s.space.Name).sessions++
	s.host.send(call.Frame{Type: call.Knock, Slot: s.name, Session: n.Session, Servers: t.servers(s.space, n.Session)})
	t.tell(n.Node, welcome(stay))
}

func welcome(s *stay) note {
	return note{Kind: welcomes, Slot: s.slot.name, Session: s.session, Opening: s.slot.opening, Space: s.slot.space.Name, Body: s.slot.share}
}

// welcomed hears that the host's server has the session.
func (t *turn) welcomed(n note) {
	v := t.visits[n.Session]
	switch {
	case v == nil:
		t.tell(n.Node, note{Kind: leaves, Session: n.Session})
	case v.state == joined && v.opening != n.Opening: // two servers answered: the first one stays
		t.tell(n.Node, note{Kind: leaves, Session: n.Session})
	case v.state != joined:
		v.stop()
		v.state, v.node, v.opening, v.space = joined, n.Node, n.Opening, n.Space
		f := call.Frame{
			Type: call.Joined, Slot: v.slot, Session: v.session, Servers: t.servers(t.spaceNamed(n.Space), v.session), Body: n.Body,
		}
		if isNumber(v.slot) {
			f.Space = n.Space
		}
		v.guest.send(f)
		t.figure.joined()
		for _, f := range v.first {
			t.relay(v.guest, f)
		}
		v.first = nil
	}
}

func (t *turn) refused(n note) {
	if v := t.visits[n.Session]; v != nil && v.state != joined {
		t.figure.refused(n.Reason)
		v.guest.fail(call.Frame{Slot: v.slot}, n.Reason)
		t.forgetVisit(v)
	}
}
