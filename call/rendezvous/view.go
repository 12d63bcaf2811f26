package rendezvous

// What others may know of the hub.

func (h *hub) isAway() (away bool) {
	h.do(func(*turn) { away = h.away })
	return away
}

// spaceAt is the space of a slot: by its name, or, for the number of a spoken
// code, by who opened it.
func (h *hub) spaceAt(slot string) (space Space) {
	h.do(func(t *turn) {
		if have := t.slots[slot]; have != nil {
			space = have.space
			return
		}
		space, _ = t.slotSpace(slot)
	})
	return space
}

// mayTry bounds the guesses of an address.
func (h *hub) mayTry(address string) (ok bool) {
	h.do(func(t *turn) { ok = t.ledger.of(address, t.at).joins.take(1, t.at) })
	return ok
}

func (h *hub) figuresOf(space Space) (f spaceFigures) {
	h.do(func(t *turn) {
		a := t.ledger.space(space.Name)
		f = spaceFigures{
			Space: space.Name, Slots: a.slots, Connections: a.connections, Sessions: a.sessions,
			RelayBytes: t.config.Relayed(space.Name), Quota: space.Quota,
		}
	})
	return f
}
