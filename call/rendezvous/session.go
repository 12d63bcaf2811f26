package rendezvous

import (
	"cmp"

	"parley/call"
)

// relay passes a frame to the other side of its session.
func (t *turn) relay(p *peer, f call.Frame) {
	n := note{Kind: relays, Session: f.Session, Type: f.Type, Body: f.Body}
	if s := p.stays[f.Session]; s != nil {
		n.Host = true
		s.progress.note(f.Type, true)
		t.figure.relayed(f.Type, len(f.Body))
		t.tell(s.node, n)
		return
	}
	v := p.visit
	if v == nil || v.state != joined || v.session != f.Session {
		p.fail(call.Frame{Session: f.Session}, call.NoSession)
		return
	}
	if before := v.setUp; v.progress.note(f.Type, false) && !before {
		t.figure.setUp(t.at.Sub(v.since))
	}
	t.figure.relayed(f.Type, len(f.Body))
	t.tell(v.node, n)
}

// relayed hands a frame to the side that is here.
func (t *turn) relayed(n note) {
	f := call.Frame{Type: n.Type, Session: n.Session, Body: n.Body}
	if v := t.visits[n.Session]; n.Host && v != nil && v.node == n.Node {
		v.progress.note(n.Type, true)
		v.guest.send(f)
		return
	}
	if s := t.stays[n.Session]; !n.Host && s != nil && s.node == n.Node {
		s.progress.note(n.Type, false)
		s.host.send(f)
		if s.setUp {
			t.use(s)
		}
	}
}

// use ends a slot that is for one guest, once the call with them is set up.
func (t *turn) use(s *stay) {
	if !s.slot.once || t.slots[s.slot.name] != s.slot {
		return
	}
	for _, other := range s.slot.stays {
		if other != s {
			t.endStay(other, call.SlotGone)
			other.host.send(call.Frame{Type: call.Left, Session: other.session, Reason: call.SlotGone})
		}
	}
	t.spend(s.slot.name)
	t.close(s.slot, call.SlotGone)
}

// leave ends a session for the side that asks.
func (t *turn) leave(p *peer, f call.Frame) {
	if s := p.stays[f.Session]; s != nil {
		t.endStay(s, f.Reason)
		return
	}
	if v := p.visit; v != nil && (v.session == f.Session || v.state != joined) {
		t.endVisit(v, call.NoSession)
	}
}

// otherLeft hears that the other side of a session is gone.
func (t *turn) otherLeft(n note) {
	if v := t.visits[n.Session]; n.Host && v != nil && v.node == n.Node {
		t.dropVisit(v, n.Reason)
		return
	}
	if s := t.stays[n.Session]; !n.Host && s != nil && s.node == n.Node {
		t.dropStay(s, n.Reason)
	}
}

// endVisit ends a session from the guest's side.
func (t *turn) endVisit(v *visit, reason call.FrameReason) {
	if v.state == joined {
		t.tell(v.node, note{Kind: leaves, Session: v.session, Reason: reason})
	}
	t.forgetVisit(v)
}

// dropVisit tells the guest that the host is gone.
func (t *turn) dropVisit(v *visit, reason call.FrameReason) {
	v.guest.send(call.Frame{Type: call.Left, Session: v.session, Reason: reason})
	t.forgetVisit(v)
}

func (t *turn) forgetVisit(v *visit) {
	v.stop()
	delete(t.visits, v.session)
	if v.guest.visit == v {
		v.guest.visit = nil
	}
	t.endIdle(v.guest)
	if topic := t.topics[v.slot]; topic != nil {
		delete(topic.visits, v)
	}
	t.release(v.slot)
}

// endStay ends a session from the host's side.
func (t *turn) endStay(s *stay, reason call.FrameReason) {
	if reason == "" {
		reason = call.NoSession
	}
	t.tell(s.node, note{Kind: leaves, Session: s.session, Host: true, Reason: reason})
	t.forgetStay(s)
}

// dropStay tells the host that the guest is gone.
func (t *turn) dropStay(s *stay, reason call.FrameReason) {
	s.host.send(call.Frame{Type: call.Left, Session: s.session, Reason: cmp.Or(reason, call.NoSession)})
	t.forgetStay(s)
}

func (t *turn) forgetStay(s *stay) {
	if t.stays[s.session] != s {
		return
	}
	delete(t.stays, s.session)
	delete(s.host.stays, s.session)
	delete(s.slot.stays, s.session)
	t.ledger.space(s.slot.space.Name).sessions--
	t.endIdle(s.host)
	if s.slot.number && t.slots[s.slot.name] == s.slot { // its one guess was made
		t.close(s.slot, call.SlotGone)
	}
}
