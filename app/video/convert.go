package video

import (
	"encoding/binary"
	"image"

	"parley/call"
)

// Fixed-point factors (16 bits) from limited-range BT.601 to full-range RGB.
const (
	lumaScale = 76309  // 255/219
	redOfCr   = 104597 // 1.596027
	greenOfCb = -25675 // 0.391762
	greenOfCr = -53279 // 0.812968
	blueOfCb  = 132201 // 2.017232
	half16    = 1 << 15
	opaque    = 0xff << 24
)

// Manner is how a picture is converted.
type Manner struct {
	Half   bool // to half the width and height, rounded up
	Mirror bool // left and right exchanged
}

// Size is the size in pixels of the result for a picture of w by h.
func (m Manner) Size(w, h int) (int, int) {
	if m.Half {
		return (w + 1) / 2, (h + 1) / 2
	}
	return w, h
}

// Convert draws src into dst, whose memory is used again where it is large
// enough; dst's content and size are replaced. dst is opaque.
func Convert(dst *image.RGBA, src *call.Picture, m Manner) {
	w, h := m.Size(src.Width(), src.Height())
	fit(dst, w, h)
	switch {
	case w == 0 || h == 0:
	case m.Half:
		convertHalf(dst, src, m.Mirror)
	default:
		convertFull(dst, src, m.Mirror)
	}
}

// fit gives dst a size with a stride of exactly its width, as textures need.
func fit(dst *image.RGBA, w, h int) {
	if n := w * h * 4; cap(dst.Pix) < n {
		dst.Pix = make([]byte, n)
	} else {
		dst.Pix = dst.Pix[:n]
	}
	dst.Stride = w * 4
	dst.Rect = image.Rect(0, 0, w, h)
}

// clamped keeps a colour within a byte; its index is the colour's value plus
// below, taken modulo its length so that no bounds are checked. A table is
// faster than comparing, since the compiler puts it in line.
var clamped = func() (t [1024]uint8) {
	for i := range t {
		t[i] = uint8(min(max(i-below, 0), 255))
	}
	return t
}()

// below is more than any sum of luma and chroma is under zero (-277).
const below = 384

// chroma is what two chroma samples add to each colour.
func chroma(cb, cr byte) (r, g, b int32) {
	u, v := int32(cb)-128, int32(cr)-128
	const base = below<<16 + half16
	return v*redOfCr + base, u*greenOfCb + v*greenOfCr + base, u*blueOfCb + base
}

// pixel puts luma and chroma together as little-endian RGBA.
func pixel(y byte, r, g, b int32) uint32 {
	l := (int32(y) - 16) * lumaScale
	return uint32(clamped[(l+r)>>16&1023]) | uint32(clamped[(l+g)>>16&1023])<<8 |
		uint32(clamped[(l+b)>>16&1023])<<16 | opaque
}

// convertFull works in blocks of 2x2 pixels, which share their chroma.
func convertFull(dst *image.RGBA, src *call.Picture, mirror bool) {
	w, h := src.Width(), src.Height()
	for y := 0; y < h; y += 2 {
		next := min(y+1, h-1) // the last row of an odd height stands for both
		y0, y1 := src.Y[y*src.YStride:][:w], src.Y[next*src.YStride:][:w]
		cb := src.Cb[y/2*src.CStride:][:(w+1)/2]
		cr := src.Cr[y/2*src.CStride:][:(w+1)/2]
		d0, d1 := dst.Pix[y*dst.Stride:][:dst.Stride], dst.Pix[next*dst.Stride:][:dst.Stride]
		if mirror {
			mirroredRows(d0, d1, y0, y1, cb, cr)
		} else {
			rows(d0, d1, y0, y1, cb, cr)
		}
	}
}

// rows converts two rows of luma with one of chroma.
func rows(d0, d1, y0, y1, cb, cr []byte) {
	y1, cr = y1[:len(y0)], cr[:len(cb)]
	for i := range len(y0) / 2 {
		r, g, b := chroma(cb[i], cr[i])
		x := 2 * i
		p, q := d0[4*x:4*x+8], d1[4*x:4*x+8]
		binary.LittleEndian.PutUint32(p, pixel(y0[x], r, g, b))
		binary.LittleEndian.PutUint32(p[4:], pixel(y0[x+1], r, g, b))
		binary.LittleEndian.PutUint32(q, pixel(y1[x], r, g, b))
		binary.LittleEndian.PutUint32(q[4:], pixel(y1[x+1], r, g, b))
	}
	if x := len(y0) - 1; x%2 == 0 { // an odd width's last column
		r, g, b := chroma(cb[x/2], cr[x/2])
		binary.LittleEndian.PutUint32(d0[4*x:], pixel(y0[x], r, g, b))
		binary.LittleEndian.PutUint32(d1[4*x:], pixel(y1[x], r, g, b))
	}
}

// mirroredRows is rows with left and right exchanged.
func mirroredRows(d0, d1, y0, y1, cb, cr []byte) {
	y1, cr = y1[:len(y0)], cr[:len(cb)]
	at := 4 * (len(y0) - 2)
	for i := range len(y0) / 2 {
		r, g, b := chroma(cb[i], cr[i])
		x := 2 * i
		p, q := d0[at:at+8], d1[at:at+8]
		binary.LittleEndian.PutUint32(p[4:], pixel(y0[x], r, g, b))
		binary.LittleEndian.PutUint32(p, pixel(y0[x+1], r, g, b))
		binary.LittleEndian.PutUint32(q[4:], pixel(y1[x], r, g, b))
		binary.LittleEndian.PutUint32(q, pixel(y1[x+1], r, g, b))
		at -= 8
	}
	if x := len(y0) - 1; x%2 == 0 {
		r, g, b := chroma(cb[x/2], cr[x/2])
		binary.LittleEndian.PutUint32(d0, pixel(y0[x], r, g, b))
		binary.LittleEndian.PutUint32(d1, pixel(y1[x], r, g, b))
	}
}

// convertHalf makes one pixel of each 2x2 block, with the block's mean luma.
func convertHalf(dst *image.RGBA, src *call.Picture, mirror bool) {
	w, h := src.Width(), src.Height()
	for y := 0; y < h; y += 2 {
		y0, y1 := src.Y[y*src.YStride:][:w], src.Y[min(y+1, h-1)*src.YStride:][:w]
		cb := src.Cb[y/2*src.CStride:][:(w+1)/2]
		cr := src.Cr[y/2*src.CStride:][:(w+1)/2]
		halfRow(dst.Pix[y/2*dst.Stride:][:dst.Stride], y0, y1, cb, cr, mirror)
	}
}

func halfRow(d, y0, y1, cb, cr []byte, mirror bool) {
	at, step := 0, 4
	if mirror {
		at, step = len(d)-4, -4
	}
	last := len(y0) - 1
	for i := range cb {
		x := 2 * i
		x1 := min(x+1, last)
		mean := (int(y0[x]) + int(y0[x1]) + int(y1[x]) + int(y1[x1]) + 2) / 4
		r, g, b := chroma(cb[i], cr[i])
		binary.LittleEndian.PutUint32(d[at:], pixel(byte(mean), r, g, b))
		at += step
	}
}
