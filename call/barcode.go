package call

import "time"

// A mark is drawn as black and white blocks over the lowest sixth of a
// picture: 29 columns in 4 rows, read row by row, the highest bit first.
//
//	frame number (32) | time, microseconds since 1970 (52) | CRC-32 of both (32)
//
// The blocks are placed by shares of the picture's size, so the mark survives
// scaling; at 320x180 a block still has 11x7 pixels.
const (
	markColumns    = 29
	markRows       = 4
	markRowsToFill = 24 // rows of that height in a whole picture

	markFrameBits = 32
	markTimeBits  = 52
	markCRCBits   = 32
	markBits      = markFrameBits + markTimeBits + markCRCBits

	markLeastContrast = 48 // luma between the darkest and the brightest block
	markLeastWidth    = 2 * markColumns
	markLeastHeight   = 2 * markRowsToFill

	lumaBlack, lumaWhite = 16, 235
)

// Mark is what a test picture says about itself.
type Mark struct {
	Frame uint32    // its number, counted by its source from 0
	At    time.Time // when it was drawn, to the microsecond, between 1970 and 2112
}

// ReadMark reads the mark of a test picture of any size from 58x48 pixels on,
// scaled and compressed as it may be. It returns false for a picture that has
// none, or none that can be read.
func ReadMark(pic *Picture) (Mark, bool) {
	if pic.Width() < markLeastWidth || pic.Height() < markLeastHeight {
		return Mark{}, false
	}
	var levels [markBits]uint8
	darkest, brightest := uint8(255), uint8(0)
	for i := range levels {
		levels[i] = blockLevel(pic, i)
		darkest, brightest = min(darkest, levels[i]), max(brightest, levels[i])
	}
	if brightest-darkest < markLeastContrast {
		return Mark{}, false
	}
	threshold := darkest + (brightest-darkest)/2
	var bits [markBits]bool
	for i, level := range levels {
		bits[i] = level > threshold
	}
	return unpackMark(&bits)
}

// drawMark draws m over the lowest sixth of pic.
func drawMark(pic *Picture, m Mark) {
	bits := packMark(m)
	for i, bit := range bits {
		x0, y0, x1, y1 := markBlock(pic.Width(), pic.Height(), i)
		luma := uint8(lumaBlack)
		if bit {
			luma = lumaWhite
		}
		fillPlane(pic.Y, pic.YStride, x0, y0, x1, y1, luma)
	}
	_, top, _, _ := markBlock(pic.Width(), pic.Height(), 0)
	w, h := (pic.Width()+1)/2, (pic.Height()+1)/2
	fillPlane(pic.Cb, pic.CStride, 0, top/2, w, h, 128)
	fillPlane(pic.Cr, pic.CStride, 0, top/2, w, h, 128)
}

// markBlock is the place of block i in a picture of w by h pixels.
func markBlock(w, h, i int) (x0, y0, x1, y1 int) {
	column := i % markColumns
	row := markRowsToFill - markRows + i/markColumns
	return column * w / markColumns, row * h / markRowsToFill,
		(column + 1) * w / markColumns, (row + 1) * h / markRowsToFill
}

// blockLevel is the mean luma in the middle of block i, where neither scaling
// nor a codec's ringing has mixed the neighbours in.
func blockLevel(pic *Picture, i int) uint8 {
	x0, y0, x1, y1 := markBlock(pic.Width(), pic.Height(), i)
	mx, my := (x1-x0)/3, (y1-y0)/3
	x0, x1, y0, y1 = x0+mx, x1-mx, y0+my, y1-my
	stepX, stepY := max((x1-x0)/6, 1), max((y1-y0)/4, 1)
	sum, n := 0, 0
	for y := y0; y < y1; y += stepY {
		row := pic.Y[y*pic.YStride:]
		for x := x0; x < x1; x += stepX {
			sum += int(row[x])
			n++
		}
	}
	return uint8(sum / n)
}

func packMark(m Mark) (bits [markBits]bool) {
	putBits(bits[:markFrameBits], uint64(m.Frame))
	putBits(bits[markFrameBits:markFrameBits+markTimeBits], uint64(m.At.UnixMicro()))
	crc := crcOfBits(bits[:markFrameBits+markTimeBits])
	putBits(bits[markFrameBits+markTimeBits:], uint64(crc))
	return bits
}

func unpackMark(bits *[markBits]bool) (Mark, bool) {
	data, crc := bits[:markFrameBits+markTimeBits], bits[markFrameBits+markTimeBits:]
	if uint32(getBits(crc)) != crcOfBits(data) {
		return Mark{}, false
	}
	return Mark{
		Frame: uint32(getBits(data[:markFrameBits])),
		At:    time.UnixMicro(int64(getBits(data[markFrameBits:]))),
	}, true
}

func putBits(dst []bool, v uint64) {
	for i := range dst {
		dst[i] = v>>(len(dst)-1-i)&1 == 1
	}
}

func getBits(src []bool) (v uint64) {
	for _, bit := range src {
		v <<= 1
		if bit {
			v |= 1
		}
	}
	return v
}

// crcOfBits is the CRC-32 of IEEE 802.3, taken bit by bit because a mark is no
// whole number of bytes, and because hash/crc32 makes its argument escape.
func crcOfBits(bits []bool) uint32 {
	crc := ^uint32(0)
	for _, bit := range bits {
		top := crc>>31 == 1
		crc <<= 1
		if top != bit {
			crc ^= 0x04C11DB7
		}
	}
	return ^crc
}

func fillPlane(plane []byte, stride, x0, y0, x1, y1 int, v uint8) {
	if x0 >= x1 || y0 >= y1 {
		return
	}
	first := plane[y0*stride+x0 : y0*stride+x1]
	for i := range first {
		first[i] = v
	}
	for y := y0 + 1; y < y1; y++ {
		copy(plane[y*stride+x0:y*stride+x1], first)
	}
}
