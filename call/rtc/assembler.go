package rtc

import (
	"time"

	"github.com/pion/rtp"

	"parley/call"
)

// assembler puts the packets of one video track back into order and into
// access units. It waits for a missing packet as long as a retransmission may
// take and then goes on without the frames that it belonged to. It is used by
// one goroutine and does not read the clock.
type assembler struct {
	depacket depacketizer

	ring     [ringSize]stored
	next     uint16 // sequence number of the first packet of the next frame
	newest   uint16 // highest sequence number seen
	begun    bool   // next and newest are known
	unsure   bool   // next may be in the middle of a frame
	lost     int    // packets given up since the last frame
	unit     []byte
	patience time.Duration
}

// ringSize packets are kept: about 1.5 s at 5 Mbit/s.
const ringSize = 1024

type stored struct {
	payload []byte
	at      time.Time
	rtpTime uint32
	seq     uint16
	marker  bool
	full    bool
}

func newAssembler(d depacketizer) *assembler {
	return &assembler{depacket: d, patience: leastPatience}
}

// push takes one received packet and copies what it keeps.
func (a *assembler) push(p *rtp.Packet, now time.Time) {
	seq := p.SequenceNumber
	if !a.begun {
		a.begun, a.unsure, a.next, a.newest = true, true, seq, seq
	}
	switch ahead := int(int16(seq - a.next)); {
	case ahead >= ringSize, ahead < -ringSize:
		a.restart(seq, max(ahead, 1))
	case ahead < 0:
		return // repaired too late, or twice
	}
	if int16(seq-a.newest) > 0 {
		a.newest = seq
	}
	s := &a.ring[seq%ringSize]
	s.payload = append(s.payload[:0], p.Payload...)
	s.at, s.rtpTime, s.seq, s.marker, s.full = now, p.Timestamp, seq, p.Marker, true
}

// restart gives everything up after a jump, forward or back, that no
// retransmission will fill.
func (a *assembler) restart(seq uint16, lost int) {
	a.lost += lost
	for i := range a.ring {
		a.ring[i].full = false
	}
	a.next, a.newest, a.unsure = seq, seq, true
}

// at returns the packet with the number, or nil where it is missing.
func (a *assembler) at(seq uint16) *stored {
	if s := &a.ring[seq%ringSize]; s.full && s.seq == seq {
		return s
	}
	return nil
}

// pop returns the next access unit when it is whole; its Unit is valid until
// the next pop. wait is how long to wait for more packets before asking
// again, 0 for as long as it takes.
func (a *assembler) pop(now time.Time) (frame call.EncodedFrame, ok bool, wait time.Duration) {
	for a.begun {
		end, whole := a.frameEnd()
		if whole {
			if frame, ok = a.join(end); ok {
				return frame, true, 0
			}
			continue // padding or a broken frame: look at the next
		}
		since, missing := a.gap()
		if !missing {
			return frame, false, 0
		}
		if left := a.patience - now.Sub(since); left > 0 {
			return frame, false, left
		}
		a.skip()
	}
	return frame, false, 0
}

// frameEnd finds the last packet of the frame at the head.
func (a *assembler) frameEnd() (end uint16, whole bool) {
	for seq := a.next; ; seq++ {
		s := a.at(seq)
		if s == nil || int16(seq-a.newest) > 0 {
			return 0, false
		}
		if s.marker {
			return seq, true
		}
		// A sender that sets no marker is told by the next frame's time stamp.
		if n := a.at(seq + 1); n != nil && n.rtpTime != s.rtpTime {
			return seq, true
		}
	}
}

// gap says whether a packet is missing before the newest one, and since when
// that could be told: when the first of those beyond it arrived.
func (a *assembler) gap() (since time.Time, missing bool) {
	for seq := a.next; int16(a.newest-seq) >= 0; seq++ {
		s := a.at(seq)
		switch {
		case s == nil:
			missing = true
		case missing && (since.IsZero() || s.at.Before(since)):
			since = s.at
		}
	}
	return since, missing
}

// skip gives up the frame at the head: up to where a frame begins beyond the
// gap, which the payload tells or another time stamp.
func (a *assembler) skip() {
	seq := a.next
	for ; a.at(seq) != nil; seq++ { // what is there before the gap
	}
	for ; a.at(seq) == nil; seq++ { // the gap; one packet at least lies beyond it
		a.lost++
	}
	for stamp := a.at(seq).rtpTime; a.at(seq) != nil && a.at(seq).rtpTime == stamp && !a.depacket.isHead(a.at(seq).payload); seq++ {
	}
	a.unsure = true
	for ; a.next != seq; a.next++ {
		a.ring[a.next%ringSize].full = false
	}
}

// join makes an access unit of the packets from next to end and moves on.
func (a *assembler) join(end uint16) (call.EncodedFrame, bool) {
	frame := call.EncodedFrame{RTPTime: a.at(end).rtpTime}
	a.unit = a.unit[:0]
	good := !a.unsure || a.depacket.isHead(a.at(a.next).payload)
	if !good {
		a.lost++
	}
	for seq := a.next; ; seq++ {
		s := a.at(seq)
		if s.at.After(frame.At) {
			frame.At = s.at
		}
		if good && len(s.payload) > 0 {
			var err error
			if a.unit, err = a.depacket.add(a.unit, s.payload); err != nil {
				good = false
				a.lost++
			}
		}
		s.full = false
		if seq == end {
			break
		}
	}
	a.next, a.unsure = end+1, false
	if !good || len(a.unit) == 0 {
		return frame, false
	}
	frame.Unit, frame.Lost, frame.Key = a.unit, a.lost, a.depacket.isKey(a.unit)
	a.lost = 0
	return frame, true
}
