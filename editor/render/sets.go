package render

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"
)

// sets are the H.264 parameter sets that stand in an MP4's header, in its avcC
// box (ISO/IEC 14496-15, 5.3.3.1). A stream is decoded with them alone by a
// player that ignores those among the pictures.
type sets struct {
	length byte // of a NAL unit's length field, less one
	sps    [][]byte
	pps    [][]byte
}

// errSets is what a header that cannot be understood is answered with.
var errSets = errors.New("its parameter sets cannot be read")

// Bounds of what the box can count.
const (
	maxSPS = 31
	maxPPS = 255
)

// parseSets reads the content of an avcC box.
func parseSets(avcC []byte) (s sets, err error) {
	if len(avcC) < 7 || avcC[0] != 1 {
		return s, errSets
	}
	s.length = avcC[4] & 3
	rest := avcC[5:]
	if s.sps, rest, err = takeSets(rest, 0x1f); err != nil {
		return s, err
	}
	s.pps, _, err = takeSets(rest, 0xff)
	return s, err
}

// takeSets takes a counted list of sets off the front.
func takeSets(data []byte, mask byte) (all [][]byte, rest []byte, err error) {
	if len(data) == 0 {
		return nil, nil, errSets
	}
	n, data := int(data[0]&mask), data[1:]
	for range n {
		if len(data) < 2 {
			return nil, nil, errSets
		}
		size := int(binary.BigEndian.Uint16(data))
		if data = data[2:]; size < 2 || size > len(data) {
			return nil, nil, errSets
		}
		all, data = append(all, data[:size]), data[size:]
	}
	return all, data, nil
}

// add takes in what is not there yet. A set whose number is taken by another
// stays out: only those among the pictures can hold it.
func (s *sets) add(more sets) {
	s.sps = addSets(s.sps, more.sps, maxSPS, spsID)
	s.pps = addSets(s.pps, more.pps, maxPPS, ppsID)
}

func addSets(all, more [][]byte, most int, id func([]byte) uint) [][]byte {
	for _, set := range more {
		taken := slices.ContainsFunc(all, func(other []byte) bool { return id(other) == id(set) })
		if !taken && len(all) < most {
			all = append(all, set)
		}
	}
	return all
}

// content is the sets as an avcC box holds them. What it says of the stream as
// a whole is the most that any set asks of a decoder.
func (s *sets) content() []byte {
	first := slices.MaxFunc(s.sps, func(a, b []byte) int { return int(a[1]) - int(b[1]) })
	level := slices.MaxFunc(s.sps, func(a, b []byte) int { return int(levelOf(a)) - int(levelOf(b)) })
	out := []byte{1, first[1], first[2], levelOf(level), 0xfc | s.length, 0xe0 | byte(len(s.sps))}
	out = appendSets(out, s.sps)
	out = appendSets(append(out, byte(len(s.pps))), s.pps)
	if first[1] >= 100 { // High: 4:2:0, 8 bits, no extensions
		out = append(out, 0xfc|1, 0xf8, 0xf8, 0)
	}
	return out
}

func appendSets(out []byte, all [][]byte) []byte {
	for _, set := range all {
		out = append(binary.BigEndian.AppendUint16(out, uint16(len(set))), set...)
	}
	return out
}

func levelOf(sps []byte) byte {
	if len(sps) < 4 {
		return 0
	}
	return sps[3]
}

// spsID and ppsID are the numbers by which sets are referred to (Rec. ITU-T
// H.264 7.3.2.1 and 7.3.2.2).
func spsID(set []byte) uint { return expGolomb(set, 4) }
func ppsID(set []byte) uint { return expGolomb(set, 1) }

// expGolomb reads the code ue(v) that begins at a byte; 9.1 of the same.
func expGolomb(data []byte, at int) uint {
	bit := func(i int) uint {
		if at+i/8 >= len(data) {
			return 1
		}
		return uint(data[at+i/8]>>(7-i%8)) & 1
	}
	zeros := 0
	for bit(zeros) == 0 && zeros < 31 {
		zeros++
	}
	value := uint(1)
	for i := range zeros {
		value = value<<1 | bit(zeros+1+i)
	}
	return value - 1
}

// equal says whether both hold the same sets in the same order.
func (s *sets) equal(t *sets) bool {
	return slices.EqualFunc(s.sps, t.sps, bytes.Equal) && slices.EqualFunc(s.pps, t.pps, bytes.Equal)
}
