package vp8

import "encoding/binary"

// keyHeader is what a key frame says of itself (RFC 6386 section 9.1).
type keyHeader struct{ width, height int }

const keyHeaderSize = 10

// readKeyHeader reads the header of a key frame; ok is false for any other frame.
func readKeyHeader(unit []byte) (h keyHeader, ok bool) {
	if len(unit) < keyHeaderSize || unit[0]&1 != 0 ||
		unit[3] != 0x9d || unit[4] != 0x01 || unit[5] != 0x2a {
		return h, false
	}
	// The upper two bits of each are a hint for scaling, which nobody follows.
	h.width = int(binary.LittleEndian.Uint16(unit[6:]) & 0x3fff)
	h.height = int(binary.LittleEndian.Uint16(unit[8:]) & 0x3fff)
	return h, true
}
