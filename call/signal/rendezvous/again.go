package rendezvous

import (
	"time"

	"parley/call"
)

// A link for one call, and a code, lead nowhere once the call is set up. So
// that the call outlives its links all the same, both sides know a slot that is
// theirs alone (see seal.Box.Again); the host keeps it open from its answer
// until the last link of the call is closed.

// meetAgain opens the place for a link's call.
func (r *Room) meetAgain(h *hostLink) {
	claim, secret, err := h.box.Again()
	if err != nil {
		r.log.Warn("the call does not outlive its link", "err", err)
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.shut || h.again != nil {
		return
	}
	space := call.SpaceOfKey(r.cfg.Key)
	d := &door{Door: call.Door{Slot: call.SlotOf(space, claim), Claim: claim, Secret: secret}, key: r.cfg.Key, again: 1}
	h.again, r.doors[d.Slot] = d, d
	r.tell(d.opening(time.Now()))
	r.wake()
}

// parted lets go of the place for a link that is closed.
func (r *Room) parted(h *hostLink) {
	r.mu.Lock()
	defer r.mu.Unlock()
	d := h.again
	if d == nil {
		return
	}
	h.again = nil
	if d.again--; d.again > 0 || r.doors[d.Slot] != d {
		return
	}
	r.tell(call.Frame{Type: call.CloseSlot, Slot: d.Slot})
	r.forget(d.Slot)
}
