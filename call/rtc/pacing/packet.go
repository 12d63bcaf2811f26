package pacing

import "github.com/pion/rtp"

// packet is a copy of what is to be sent; the writer's own is its to reuse.
type packet struct {
	header  rtp.Header
	payload []byte
	stream  *stream
	size    int   // bytes on the wire
	at      int64 // when it came, or its copy is due, in ns on the pacer's clock
	copies  int   // that are to follow
	wide    [2]byte
}

// wireOverhead is IPv4, UDP and SRTP's tag, in bytes.
const wireOverhead = 20 + 8 + 10

// wideSize is what the transport-wide sequence number adds to a header.
const wideSize = 8

// fill copies a packet. Only headers with extensions cost an allocation.
func (p *packet) fill(h *rtp.Header, payload []byte, s *stream) {
	extensions, csrc := p.header.Extensions[:0], p.header.CSRC[:0]
	p.header = *h
	if h.Extension {
		p.header = h.Clone()
	} else {
		p.header.Extensions = extensions
		p.header.CSRC = append(csrc, h.CSRC...)
	}
	p.payload = append(p.payload[:0], payload...)
	p.stream, p.copies = s, 0
	p.size = h.MarshalSize() + len(payload) + int(h.PaddingSize) + wireOverhead + wideSize
}

// queue is first in, first out, in a ring that grows as needed.
type queue struct {
	ring  []*packet
	head  int
	count int
	bytes int
}

func (q *queue) push(p *packet) {
	if q.count == len(q.ring) {
		q.grow()
	}
	q.ring[(q.head+q.count)%len(q.ring)] = p
	q.count++
	q.bytes += p.size
}

func (q *queue) grow() {
	ring := make([]*packet, max(64, 2*len(q.ring)))
	for i := range q.count {
		ring[i] = q.ring[(q.head+i)%len(q.ring)]
	}
	q.ring, q.head = ring, 0
}

// oldest returns the next packet, or nil.
func (q *queue) oldest() *packet {
	if q.count == 0 {
		return nil
	}
	return q.ring[q.head]
}

func (q *queue) pop() *packet {
	p := q.oldest()
	if p != nil {
		q.ring[q.head] = nil
		q.head = (q.head + 1) % len(q.ring)
		q.count--
		q.bytes -= p.size
	}
	return p
}
