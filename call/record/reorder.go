package record

import "time"

// reorder puts packets of sound that arrived out of order back into it. A
// packet waits at most patience for those before it; then they are lost.
type reorder struct {
	held []packet // by sequence number
	next uint16   // sequence number that follows what was given out
	any  bool
	free []packet // memory of packets given out
}

const (
	patience = 150 * time.Millisecond
	maxHeld  = 64
)

// push takes p's content over and leaves other memory in it. A packet that
// came twice, or after its time, is left out.
func (r *reorder) push(p *packet) {
	if !r.any {
		r.next, r.any = p.seq, true
	}
	if d := int16(p.seq - r.next); d < 0 {
		if d > -maxHeld*8 {
			return
		}
		r.restart(p.seq)
	} else if d > maxHeld*8 {
		r.restart(p.seq)
	}
	i := len(r.held)
	for i > 0 && int16(p.seq-r.held[i-1].seq) <= 0 {
		if i--; p.seq == r.held[i].seq {
			return
		}
	}
	var spare packet
	if n := len(r.free); n > 0 {
		spare, r.free = r.free[n-1], r.free[:n-1]
	}
	r.held = append(r.held, packet{})
	copy(r.held[i+1:], r.held[i:])
	r.held[i], *p = *p, spare
}

// restart follows a sender whose numbers jumped; what was held is left out.
func (r *reorder) restart(seq uint16) {
	r.held = r.held[:0]
	r.next = seq
}

// first is the packet that pop would give, or nil.
func (r *reorder) first() *packet {
	if len(r.held) == 0 {
		return nil
	}
	return &r.held[0]
}

// pop moves the next packet that is due into p. lost is the number of packets
// missing before it. With all, nothing is waited for.
func (r *reorder) pop(p *packet, now time.Duration, all bool) (lost int, ok bool) {
	if len(r.held) == 0 {
		return 0, false
	}
	first := &r.held[0]
	lost = int(first.seq - r.next)
	if lost > 0 && !all && now-first.arrived < patience && len(r.held) < maxHeld {
		return 0, false
	}
	r.next = first.seq + 1
	*p, *first = *first, *p
	r.free = append(r.free, *first)
	copy(r.held, r.held[1:])
	r.held[len(r.held)-1] = packet{}
	r.held = r.held[:len(r.held)-1]
	return lost, true
}
