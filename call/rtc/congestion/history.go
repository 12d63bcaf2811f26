package congestion

import "time"

// historySize packets are remembered: 4 s at 20 Mbit/s.
const historySize = 8192

type fate uint8

const (
	unused fate = iota
	flying      // nothing was said of it
	missed      // feedback did not see it; it may still come
	landed
)

// sent is a packet that left.
type sent struct {
	at     time.Duration
	size   int32 // bytes on the wire
	probe  int32
	before int32 // bytes of its probe that left before
	total  int64 // bytes sent up to and with it
	seq    uint16
	fate   fate
}

// history remembers packets by their transport-wide sequence numbers.
type history struct {
	ring    [historySize]sent
	next    uint16 // after the newest
	settled uint16 // everything before it was judged
	total   int64
	begun   bool
}

func (h *history) add(s sent) {
	seq := s.seq
	if !h.begun {
		h.begun, h.settled = true, seq
	}
	h.total += int64(s.size)
	s.total, s.fate = h.total, flying
	h.ring[seq%historySize] = s
	h.next = seq + 1
	if h.next-h.settled > historySize {
		h.settled = h.next - historySize
	}
}

// find returns a packet, or nil where it was never sent or is forgotten.
func (h *history) find(seq uint16) *sent {
	if s := &h.ring[seq%historySize]; s.fate != unused && s.seq == seq {
		return s
	}
	return nil
}

// settle calls judge for every packet sent before a time, once and in order.
// Packets of which no feedback told anything are left out.
func (h *history) settle(before time.Duration, judge func(*sent)) {
	for ; h.settled != h.next; h.settled++ {
		s := h.find(h.settled)
		if s == nil {
			continue
		}
		if s.at >= before {
			return
		}
		if s.fate != flying {
			judge(s)
		}
	}
}
