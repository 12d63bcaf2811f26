package call

import (
	"encoding/binary"
	"errors"
)

// ErrRED says that a payload is no RED.
var ErrRED = errors.New("not a payload of RFC 2198")

// REDSplitter gives out the packets of one received track, each once, whether
// it came by itself or (AudioPacket.Redundant) beside a later one. It is used
// by one goroutine and does not allocate.
//
// A packet is known by its RTP time. Sequence numbers are not carried by RED:
// that of a redundant packet is counted back from the one that brought it.
type REDSplitter struct {
	ready [redBlocks]AudioPacket // still to be given out, from at to n
	at, n int

	known [redKnown]redTime // given out last, as a ring
	seen  int
	step  uint32 // RTP time from one packet to the next
	last  AudioPacket
}

// redTime is the time of a packet that was given out.
type redTime struct {
	time      uint32
	recovered bool
}

const (
	redKnown    = 64 // packets: more than the 341 ms that RED reaches back
	redStep     = PacketBlocks * BlockSamples
	redMostStep = 5760 // samples of the longest packet
)

// Plain takes a packet that came by itself.
func (s *REDSplitter) Plain(p AudioPacket) {
	s.at, s.n = 0, 0
	s.primary(p)
}

// RED takes a packet whose payload is RED. What is broken is left out whole.
func (s *REDSplitter) RED(p AudioPacket) error {
	s.at, s.n = 0, 0
	blocks, n, err := splitRED(p.Payload)
	if err != nil {
		return err
	}
	if s.seen > 0 { // otherwise there is nothing that could have been lost
		for _, b := range blocks[:n-1] {
			s.redundant(p, b)
		}
	}
	p.Payload = blocks[n-1].payload
	s.primary(p)
	return nil
}

// Next gives the next packet, whose payload is part of what was taken last.
func (s *REDSplitter) Next() (AudioPacket, bool) {
	if s.at == s.n {
		return AudioPacket{}, false
	}
	s.at++
	return s.ready[s.at-1], true
}

func (s *REDSplitter) primary(p AudioPacket) {
	s.measure(p)
	if s.recovered(p.RTPTime) {
		return
	}
	s.put(p)
}

// redundant gives a packet out that came with p, unless it is known.
func (s *REDSplitter) redundant(p AudioPacket, b redBlock) {
	old := p.RTPTime - b.ago
	if b.ago == 0 || len(b.payload) == 0 || s.knows(old) {
		return
	}
	step := s.step
	if step == 0 {
		step = redStep
	}
	back := (b.ago + step/2) / step
	s.put(AudioPacket{
		Payload: b.payload, At: p.At, RTPTime: old,
		Sequence: p.Sequence - uint16(max(back, 1)), Redundant: true,
	})
}

func (s *REDSplitter) put(p AudioPacket) {
	s.known[s.seen%redKnown] = redTime{p.RTPTime, p.Redundant}
	s.seen++
	s.ready[s.n] = p
	s.n++
}

func (s *REDSplitter) knows(time uint32) bool {
	_, ok := s.find(time)
	return ok
}

// recovered says whether a packet was brought by a later one before it came.
func (s *REDSplitter) recovered(time uint32) bool {
	known, ok := s.find(time)
	return ok && known.recovered
}

func (s *REDSplitter) find(time uint32) (redTime, bool) {
	for _, k := range s.known[:min(s.seen, redKnown)] {
		if k.time == time {
			return k, true
		}
	}
	return redTime{}, false
}

// measure learns the packets' length from two that follow each other.
func (s *REDSplitter) measure(p AudioPacket) {
	step := p.RTPTime - s.last.RTPTime
	if p.Sequence == s.last.Sequence+1 && step > 0 && step <= redMostStep {
		s.step = step
	}
	s.last = AudioPacket{Sequence: p.Sequence, RTPTime: p.RTPTime}
}

// redBlock is one packet in a payload; ago is how much earlier its time is.
type redBlock struct {
	ago     uint32
	payload []byte
}

// splitRED reads a payload: the redundant packets and, last, the new one.
// Redundant ones of another type than the new one's are left empty.
func splitRED(payload []byte) (blocks [redBlocks]redBlock, n int, err error) {
	var kinds [redBlocks]byte
	var sizes [redBlocks]int
	for {
		if len(payload) == 0 || n == redBlocks {
			return blocks, 0, ErrRED
		}
		kinds[n] = payload[0] & 0x7f
		n++
		if payload[0]&0x80 == 0 {
			payload = payload[1:]
			break
		}
		if len(payload) < redHeader {
			return blocks, 0, ErrRED
		}
		head := binary.BigEndian.Uint32(payload)
		blocks[n-1].ago, sizes[n-1] = head>>10&redMostAgo, int(head&redMostBytes)
		payload = payload[redHeader:]
	}
	for i := range n - 1 {
		if len(payload) < sizes[i] {
			return blocks, 0, ErrRED
		}
		if kinds[i] == kinds[n-1] {
			blocks[i].payload = payload[:sizes[i]]
		}
		payload = payload[sizes[i]:]
	}
	blocks[n-1].payload = payload
	return blocks, n, nil
}
