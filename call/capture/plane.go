package capture

import "parley/call"

// plane is one component of a picture.
type plane struct {
	pix    []byte
	stride int
}

// from is the plane from an offset on; empty where it does not reach so far.
func (p plane) from(offset int) plane {
	if offset < 0 || offset > len(p.pix) {
		return plane{nil, p.stride}
	}
	return plane{p.pix[offset:], p.stride}
}

// holds says whether w by h samples are there.
func (p plane) holds(w, h int) bool {
	return p.stride >= w && len(p.pix) >= (h-1)*p.stride+w
}

func (p plane) row(y, w int) []byte { return p.pix[y*p.stride:][:w] }

func convertLuma(dst *call.Picture, src plane, l *levels) {
	w := dst.Width()
	for y := range dst.Height() {
		convertRow(dst.Y[y*dst.YStride:][:w], src.row(y, w), &l.luma, l.same)
	}
}

func convertRow(dst, src []byte, table *[256]uint8, same bool) {
	if same {
		copy(dst, src)
		return
	}
	src = src[:len(dst)]
	for x := range dst {
		dst[x] = table[src[x]]
	}
}

// convertChroma fills a chroma plane of w by h samples, each from the source
// samples that its four pixels have.
func convertChroma(dst []byte, w, h int, src plane, across, down int, l *levels) {
	for y := range h {
		row := dst[y*w:][:w]
		width := (2*w-1)/across + 1
		upper, lower := src.row(2*y/down, width), src.row((2*y+1)/down, width)
		switch {
		case across == 1:
			averageFour(row, upper, lower, &l.chroma)
		case across == 4:
			doubleAverage(row, upper, lower, &l.chroma)
		case down == 1:
			averageTwo(row, upper, lower, &l.chroma)
		default:
			convertRow(row, upper, &l.chroma, l.same)
		}
	}
}

func averageTwo(dst, upper, lower []byte, table *[256]uint8) {
	upper, lower = upper[:len(dst)], lower[:len(dst)]
	for x := range dst {
		dst[x] = table[uint8((int(upper[x])+int(lower[x])+1)/2)]
	}
}

func averageFour(dst, upper, lower []byte, table *[256]uint8) {
	upper, lower = upper[:2*len(dst)], lower[:2*len(dst)]
	for x := range dst {
		sum := int(upper[2*x]) + int(upper[2*x+1]) + int(lower[2*x]) + int(lower[2*x+1])
		dst[x] = table[uint8((sum+2)/4)]
	}
}

func doubleAverage(dst, upper, lower []byte, table *[256]uint8) {
	for x := range dst {
		dst[x] = table[uint8((int(upper[x/2])+int(lower[x/2])+1)/2)]
	}
}
