package rendezvous

import "parley/call"

// Recheck is called when the spaces have changed: what is open in a space that
// is gone, or with a key that is good no more, ends. Calls that are set up go
// on; they do not need the server.
func (s *Server) Recheck() {
	s.hub.do(func(t *turn) {
		for _, slot := range t.slots {
			t.recheck(slot)
		}
	})
}

func (t *turn) recheck(s *slot) {
	if s.space.Name == "" {
		return
	}
	now, ok := t.config.Spaces.ByName(s.space.Name)
	if ok && now.Mark == s.space.Mark {
		s.space = now // title, theme and quota may be others
		return
	}
	t.endHalfway(s, call.SlotGone)
	t.close(s, call.BadKey)
}

// endHalfway ends the sessions of a slot whose calls are not set up.
func (t *turn) endHalfway(s *slot, reason call.FrameReason) {
	for _, stay := range s.stays {
		if !stay.setUp {
			t.endStay(stay, reason)
		}
	}
}
