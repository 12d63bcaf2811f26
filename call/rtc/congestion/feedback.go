package congestion

import (
	"encoding/binary"
	"errors"
	"time"
)

// ErrFeedback is wrapped by every error of reading feedback.
var ErrFeedback = errors.New("broken transport-wide feedback")

// Sizes and types of RTCP (RFC 3550 section 6.4, RFC 4585 section 6.1).
const (
	rtcpHeader     = 4
	feedbackHeader = 20 // up to the first chunk
	transportType  = 205
	transportWide  = 15 // feedback message type
)

// IsFeedback says whether an RTCP packet is transport-wide feedback.
func IsFeedback(packet []byte) bool {
	return len(packet) >= rtcpHeader && packet[0]>>6 == 2 && packet[0]&0x1f == transportWide && packet[1] == transportType
}

// arrival is what feedback says of one packet.
type arrival struct {
	at   time.Duration // on the receiver's clock, from anywhere
	seq  uint16
	seen bool
}

// feedbackReader reads feedback packets, and unwraps their clock.
type feedbackReader struct {
	reference int64 // of the last packet, unwrapped, in units of 64 ms
	begun     bool
	arrivals  []arrival
}

const (
	referenceUnit = 64 * time.Millisecond
	deltaUnit     = 250 * time.Microsecond
)

// read returns what one RTCP packet says; the slice is valid until the next
// call.
func (r *feedbackReader) read(p []byte) ([]arrival, error) {
	if !IsFeedback(p) || len(p) < feedbackHeader {
		return nil, ErrFeedback
	}
	if size := rtcpHeader * (int(binary.BigEndian.Uint16(p[2:])) + 1); size > len(p) || size < feedbackHeader {
		return nil, ErrFeedback
	}
	base, count := binary.BigEndian.Uint16(p[12:]), int(binary.BigEndian.Uint16(p[14:]))
	if count > historySize {
		return nil, ErrFeedback
	}
	reference := int64(p[16])<<16 | int64(p[17])<<8 | int64(p[18])
	statuses, err := r.statuses(p[feedbackHeader:], base, count)
	if err != nil {
		return nil, err
	}
	at, err := r.deltas(statuses, time.Duration(r.unwrap(reference))*referenceUnit)
	if err != nil {
		return nil, err
	}
	r.reference, r.begun = r.unwrap(reference), true
	return at, nil
}

// unwrap puts the 24-bit reference time next to the last one.
func (r *feedbackReader) unwrap(reference int64) int64 {
	if !r.begun {
		return reference
	}
	step := (reference - r.reference) << 40 >> 40
	return r.reference + step
}

// The symbols of section 3.1.1; the third is reserved and says neither.
const (
	symbolLost     = 0
	symbolSmall    = 1
	symbolLarge    = 2
	symbolReserved = 3
)

// statuses expands the chunks (sections 3.1.3 and 3.1.4) into r.arrivals,
// with the symbol in place of the time, and returns the deltas that follow.
func (r *feedbackReader) statuses(p []byte, base uint16, count int) ([]byte, error) {
	r.arrivals = r.arrivals[:0]
	for len(r.arrivals) < count {
		if len(p) < 2 {
			return nil, ErrFeedback
		}
		chunk := binary.BigEndian.Uint16(p)
		p = p[2:]
		switch {
		case chunk>>15 == 0:
			r.add(base, count, int(chunk&0x1fff), func(int) uint16 { return chunk >> 13 & 3 })
		case chunk>>14&1 == 0:
			r.add(base, count, 14, func(i int) uint16 { return chunk >> (13 - i) & 1 })
		default:
			r.add(base, count, 7, func(i int) uint16 { return chunk >> (12 - 2*i) & 3 })
		}
	}
	return p, nil
}

func (r *feedbackReader) add(base uint16, count, n int, symbol func(i int) uint16) {
	for i := 0; i < n && len(r.arrivals) < count; i++ {
		r.arrivals = append(r.arrivals, arrival{seq: base + uint16(len(r.arrivals)), at: time.Duration(symbol(i))})
	}
}

// deltas turns the symbols into times (section 3.1.5).
func (r *feedbackReader) deltas(p []byte, at time.Duration) ([]arrival, error) {
	known := r.arrivals[:0]
	for _, a := range r.arrivals {
		switch a.at {
		case symbolSmall:
			if len(p) < 1 {
				return nil, ErrFeedback
			}
			at += time.Duration(p[0]) * deltaUnit
			p = p[1:]
		case symbolLarge:
			if len(p) < 2 {
				return nil, ErrFeedback
			}
			at += time.Duration(int16(binary.BigEndian.Uint16(p))) * deltaUnit
			p = p[2:]
		case symbolReserved:
			continue
		}
		known = append(known, arrival{seq: a.seq, at: at, seen: a.at != symbolLost})
	}
	return known, nil
}
