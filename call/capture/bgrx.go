package capture

import (
	"encoding/binary"

	"parley/call"
)

// pixels is what a screen shows: blue, green, red and a byte unused, a pixel.
type pixels struct {
	pix           []byte
	width, height int // even
}

func (p pixels) row(y int) []byte { return p.pix[4*p.width*y:][:4*p.width] }

// convertPixels makes dst a copy of src with the coefficients of BT.601,
// limited range. It allocates only when dst has to grow; dst.At is left as it
// is.
func convertPixels(dst *call.Picture, src pixels) {
	dst.Resize(src.width, src.height)
	for y := 0; y < src.height; y += 2 {
		upper, lower := dst.Y[y*dst.YStride:][:src.width], dst.Y[(y+1)*dst.YStride:][:src.width]
		c := y / 2 * dst.CStride
		convertPixelRows(upper, lower, dst.Cb[c:][:src.width/2], dst.Cr[c:][:src.width/2], src.row(y), src.row(y+1))
	}
}

// convertPixelRows works on 2x2 pixels at a time; red and blue are added up in
// two halves of one number.
func convertPixelRows(yUpper, yLower, cb, cr, upper, lower []byte) {
	const redBlue, green = 0x00FF00FF00FF00FF, 0x000000FF000000FF
	cr = cr[:len(cb)]
	yUpper, yLower = yUpper[:2*len(cb)], yLower[:2*len(cb)]
	upper, lower = upper[:8*len(cb)], lower[:8*len(cb)]
	for x := range cb {
		a := binary.LittleEndian.Uint64(upper[8*x : 8*x+8])
		b := binary.LittleEndian.Uint64(lower[8*x : 8*x+8])
		yUpper[2*x], yUpper[2*x+1] = lumaOfPixel(a), lumaOfPixel(a>>32)
		yLower[2*x], yLower[2*x+1] = lumaOfPixel(b), lumaOfPixel(b>>32)
		rb := a&redBlue + b&redBlue
		rb += rb >> 32
		gg := a>>8&green + b>>8&green
		r, g, bl := int(rb>>16&0xFFFF), int(gg+gg>>32)&0xFFFF, int(rb&0xFFFF)
		cb[x] = byte((-38*r-74*g+112*bl+512)>>10 + 128)
		cr[x] = byte((112*r-94*g-18*bl+512)>>10 + 128)
	}
}

// lumaOfPixel is (66 R + 129 G + 25 B) / 256 + 16 of the pixel in the lower 32
// bits. One product has the sum of red and blue in its bits 16 to 31.
func lumaOfPixel(v uint64) byte {
	rb := (v & 0x00FF00FF) * (25<<16 + 66) >> 16 & 0xFFFF
	return byte((rb+(v>>8&0xFF)*129+128)>>8 + 16)
}
