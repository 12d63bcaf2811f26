package rtc

import (
	"errors"
	"fmt"
)

// depacketizer turns RTP payloads back into access units of one codec.
type depacketizer interface {
	// add appends what a payload holds to an access unit.
	add(unit, payload []byte) ([]byte, error)
	// isHead says whether an access unit surely begins with this payload.
	isHead(payload []byte) bool
	// isKey says whether an access unit stands alone.
	isKey(unit []byte) bool
}

var errPayload = errors.New("broken RTP payload")

// NAL unit and packet types of RFC 6184 section 5.2.
const (
	nalIDR  = 5
	nalSEI  = 6
	nalAUD  = 9
	stapA   = 24
	fuA     = 28
	nalMask = 0x1f
)

// h264Depacket reads single NAL units, STAP-A and FU-A (packetization mode 1)
// into Annex B.
type h264Depacket struct{}

// isKey looks for an IDR slice.
func (h264Depacket) isKey(unit []byte) bool {
	for i := 0; i+4 < len(unit); i++ {
		if unit[i] == 0 && unit[i+1] == 0 && unit[i+2] == 1 && unit[i+3]&nalMask == nalIDR {
			return true
		}
	}
	return false
}

func (h264Depacket) add(unit, payload []byte) ([]byte, error) {
	switch kind := payload[0] & nalMask; {
	case kind > 0 && kind < stapA:
		return appendNAL(unit, payload), nil
	case kind == stapA:
		return addAggregate(unit, payload[1:])
	case kind == fuA:
		return addFragment(unit, payload)
	default:
		return unit, fmt.Errorf("%w: H.264 packet type %d", errPayload, kind)
	}
}

func appendNAL(unit, nal []byte) []byte {
	unit = append(unit, 0, 0, 0, 1)
	return append(unit, nal...)
}

func addAggregate(unit, rest []byte) ([]byte, error) {
	for len(rest) > 0 {
		if len(rest) < 2 {
			return unit, fmt.Errorf("%w: STAP-A", errPayload)
		}
		n := int(rest[0])<<8 | int(rest[1])
		if n == 0 || len(rest) < 2+n {
			return unit, fmt.Errorf("%w: STAP-A of %d bytes", errPayload, n)
		}
		unit = appendNAL(unit, rest[2:2+n])
		rest = rest[2+n:]
	}
	return unit, nil
}

func addFragment(unit, payload []byte) ([]byte, error) {
	if len(payload) < 3 {
		return unit, fmt.Errorf("%w: FU-A", errPayload)
	}
	if payload[1]&0x80 != 0 { // the first fragment carries the NAL's own header
		unit = append(unit, 0, 0, 0, 1, payload[0]&0xe0|payload[1]&nalMask)
	} else if len(unit) == 0 {
		return unit, fmt.Errorf("%w: FU-A without its beginning", errPayload)
	}
	return append(unit, payload[2:]...), nil
}

// isHead knows what stands in front of a picture's slices (SEI, parameter
// sets, delimiters), and slices that begin a picture (first_mb_in_slice 0
// is a one bit).
func (h264Depacket) isHead(payload []byte) bool {
	if len(payload) < 2 {
		return false
	}
	switch kind := payload[0] & nalMask; {
	case kind == stapA, kind >= nalSEI && kind <= nalAUD:
		return true
	case kind == fuA:
		return len(payload) > 2 && payload[1]&0x80 != 0 && payload[2]&0x80 != 0
	case kind <= nalIDR:
		return payload[1]&0x80 != 0
	}
	return false
}

// vp8Depacket strips the payload descriptor of RFC 7741 section 4.2.
type vp8Depacket struct{}

// isKey reads the inverse key frame flag (RFC 6386 section 9.1).
func (vp8Depacket) isKey(unit []byte) bool { return len(unit) > 0 && unit[0]&1 == 0 }

func (vp8Depacket) add(unit, payload []byte) ([]byte, error) {
	n := vp8Descriptor(payload)
	if n == 0 || n >= len(payload) {
		return unit, fmt.Errorf("%w: VP8 descriptor", errPayload)
	}
	return append(unit, payload[n:]...), nil
}

// isHead reads the S bit with partition index 0.
func (vp8Depacket) isHead(payload []byte) bool {
	return len(payload) > 0 && payload[0]&0x10 != 0 && payload[0]&0x07 == 0
}

// vp8Descriptor is the descriptor's length, 0 where the payload is too short.
func vp8Descriptor(p []byte) int {
	if len(p) < 1 {
		return 0
	}
	n := 1
	if p[0]&0x80 == 0 { // no extension
		return n
	}
	if len(p) < 2 {
		return 0
	}
	ext := p[1]
	n++
	if ext&0x80 != 0 { // picture ID of one or two bytes
		if len(p) <= n {
			return 0
		}
		n += 1 + int(p[n]>>7)
	}
	if ext&0x40 != 0 { // TL0PICIDX
		n++
	}
	if ext&0x30 != 0 { // TID or KEYIDX
		n++
	}
	return n
}
