package rendezvous

import "parley/call"

// GoAway tells everybody to come back at once, to whoever serves this address
// from now on. Connections with no call on them end; the others live until
// their calls are done. The channel is closed when none is left.
func (s *Server) GoAway() <-chan struct{} {
	done := make(chan struct{})
	s.hub.goAway(done)
	return done
}

func (h *hub) goAway(done chan struct{}) {
	h.do(func(t *turn) {
		h.away = true
		h.awayDone = append(h.awayDone, done)
		for p := range h.peers {
			t.sendAway(p)
		}
		t.checkAway()
	})
}

// sendAway tells one connection.
func (t *turn) sendAway(p *peer) {
	p.send(call.Frame{Type: call.Failed, Reason: call.GoingAway})
	t.endIdle(p)
}

// endIdle ends a connection that nothing hangs on any more.
func (t *turn) endIdle(p *peer) {
	if t.away && p.idle() {
		p.end(call.GoingAway)
	}
}

// checkAway says that nobody is left.
func (t *turn) checkAway() {
	if !t.away || len(t.peers) > 0 {
		return
	}
	for _, done := range t.awayDone {
		close(done)
	}
	t.awayDone = nil
}
