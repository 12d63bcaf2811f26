package pacing

import (
	"encoding/binary"
	"time"

	"github.com/pion/rtp"
)

// sendNow lets a packet of sound leave in the goroutine that brings it.
func (p *Pacer) sendNow(s *stream, h *rtp.Header, payload []byte) (int, error) {
	p.out.Lock()
	defer p.out.Unlock()
	p.instant.fill(h, payload, s)
	return p.depart(&p.instant, 0)
}

// send lets a queued packet leave.
func (p *Pacer) send(q *packet, cluster int) {
	p.out.Lock()
	defer p.out.Unlock()
	// A transport that is closing refuses packets; the call's end is told elsewhere.
	_, _ = p.depart(q, cluster)
}

// depart numbers a packet, tells of it, and writes it. p.out is held.
func (p *Pacer) depart(q *packet, cluster int) (int, error) {
	if q.stream.isRepair(&q.header) {
		q.stream.renumber(&q.header)
	}
	if q.stream.wideID != 0 {
		binary.BigEndian.PutUint16(q.wide[:], p.seq)
		if err := q.header.SetExtension(q.stream.wideID, q.wide[:]); err != nil {
			return 0, err
		}
		p.cfg.Control.Sent(p.seq, q.size, cluster, time.Now())
		p.seq++
	}
	return q.stream.writer.Write(&q.header, q.payload, nil)
}
