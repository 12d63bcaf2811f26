package record

import "bytes"

// NAL unit types of ITU-T H.264 table 7-1.
const (
	nalIDR       = 5
	nalSPS       = 7
	nalPPS       = 8
	nalDelimiter = 9
	nalFiller    = 12
)

var startCode = []byte{0, 0, 1}

// nextNAL cuts the first NAL unit off an Annex B byte stream (ITU-T H.264
// annex B), without start code and trailing zeros. nal is nil at the end.
func nextNAL(b []byte) (nal, rest []byte) {
	for {
		i := bytes.Index(b, startCode)
		if i < 0 {
			return nil, nil
		}
		b = b[i+len(startCode):]
		nal, rest = b, nil
		if end := bytes.Index(b, startCode); end >= 0 {
			nal, rest = b[:end], b[end:]
		}
		if nal = bytes.TrimRight(nal, "\x00"); len(nal) > 0 {
			return nal, rest
		}
		b = rest
	}
}
