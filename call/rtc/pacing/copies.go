package pacing

import (
	"encoding/binary"
	"time"
)

// gone is told of a packet that has left: one of which copies are to follow
// waits for that, any other is given back.
func (p *Pacer) gone(q *packet) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if q.copies == 0 {
		p.recycle(q)
		return
	}
	q.copies--
	if !q.stream.isRepair(&q.header) {
		q.becomeCopy()
	}
	q.at = int64(time.Since(p.began) + p.copyAfter)
	p.copies.push(q)
}

// becomeCopy gives a picture's packet the form of a retransmission (RFC 4588
// section 4), which every receiver takes as if it had asked.
func (q *packet) becomeCopy() {
	seq := q.header.SequenceNumber
	q.header.SSRC, q.header.PayloadType = q.stream.repairSSRC, q.stream.repairType
	q.payload = append(q.payload, 0, 0)
	copy(q.payload[2:], q.payload)
	binary.BigEndian.PutUint16(q.payload, seq)
	q.size += 2
}

// copyDue takes the copy whose time has come, or nil. p.mu is held.
func (p *Pacer) copyDue(now time.Time) *packet {
	if q := p.copies.oldest(); q != nil && q.at <= int64(now.Sub(p.began)) {
		return p.copies.pop()
	}
	return nil
}

// untilCopy is how long it takes until the next copy is due. p.mu is held.
func (p *Pacer) untilCopy(now time.Time) time.Duration {
	if q := p.copies.oldest(); q != nil {
		return time.Duration(q.at) - now.Sub(p.began)
	}
	return tick
}
