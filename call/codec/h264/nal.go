package h264

import "bytes"

// The NAL unit types that matter here (ITU-T H.264 table 7-1).
const (
	nalSlice = 1
	nalIDR   = 5
	nalSPS   = 7
	nalPPS   = 8
)

var startCode = []byte{0, 0, 1}

// nextNAL cuts the first NAL unit out of an Annex B byte stream. nal is nil
// when there is none left.
func nextNAL(stream []byte) (nal, rest []byte) {
	for {
		at := bytes.Index(stream, startCode)
		if at < 0 {
			return nil, nil
		}
		stream = stream[at+len(startCode):]
		end := bytes.Index(stream, startCode)
		if end < 0 {
			end = len(stream)
		}
		// A zero before a start code belongs to the start code (clause B.1.1).
		if nal = bytes.TrimRight(stream[:end], "\x00"); len(nal) > 0 {
			return nal, stream[end:]
		}
	}
}

func nalType(nal []byte) byte { return nal[0] & 0x1f }

// contents is what an access unit holds.
type contents struct {
	nals        int
	idr, slices bool
	sps, pps    bool
}

func survey(unit []byte) contents {
	var c contents
	for nal, rest := nextNAL(unit); nal != nil; nal, rest = nextNAL(rest) {
		c.nals++
		switch nalType(nal) {
		case nalSlice:
			c.slices = true
		case nalIDR:
			c.idr, c.slices = true, true
		case nalSPS:
			c.sps = true
		case nalPPS:
			c.pps = true
		}
	}
	return c
}
