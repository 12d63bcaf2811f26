package video

import (
	"encoding/binary"
	"image"

	"parley/call"
)

// Fixed-point factors (16 bits) from limited-range BT.601 to full-range RGB.
const (
	lumaScale  = 76309  // 255/219
	redOfCr    = 104597 // 1.596027
	greenOfCb  = -25675 // 0.391762
	greenOfCr  = -53279 // 0.812968
	blueOfCb   = 132201 // 2.017232
	half16     = 1 << 15
	opaque     = 0xff << 24
	bytesAPix  = 4
	chromaZero = 128
	lumaBlack  = 16
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
	if w == 0 || h == 0 {
		return
	}
	start, step := 0, bytesAPix
	if m.Mirror {
		start, step = (w-1)*bytesAPix, -bytesAPix
	}
	if m.Half {
		convertHalf(dst, src, start, step)
		return
	}
	convertFull(dst, src, start, step)
}

// fit gives dst a size with a stride of exactly its width, as textures need.
func fit(dst *image.RGBA, w, h int) {
	if n := w * h * bytesAPix; cap(dst.Pix) < n {
		dst.Pix = make([]byte, n)
	} else {
		dst.Pix = dst.Pix[:n]
	}
	dst.Stride = w * bytesAPix
	dst.Rect = image.Rect(0, 0, w, h)
}

// chroma is what two chroma samples add to each colour.
func chroma(cb, cr byte) (r, g, b int32) {
	u, v := int32(cb)-chromaZero, int32(cr)-chromaZero
	return v*redOfCr + half16, u*greenOfCb + v*greenOfCr + half16, u*blueOfCb + half16
}

// pixel puts luma and chroma together as little-endian RGBA.
func pixel(y byte, r, g, b int32) uint32 {
	l := (int32(y) - lumaBlack) * lumaScale
	return clamp(l+r) | clamp(l+g)<<8 | clamp(l+b)<<16 | opaque
}

// clamp takes 16 bits of fraction off and keeps the rest within a byte.
func clamp(v int32) uint32 {
	if uint32(v)&0xff000000 == 0 {
		return uint32(v) >> 16
	}
	return uint32(^(v >> 31)) & 0xff
}

// convertFull works in blocks of 2x2 pixels, which share their chroma.
func convertFull(dst *image.RGBA, src *call.Picture, start, step int) {
	w, h := src.Width(), src.Height()
	for y := 0; y < h; y += 2 {
		next := min(y+1, h-1) // the last row of an odd height stands for both
		y0, y1 := src.Y[y*src.YStride:][:w], src.Y[next*src.YStride:][:w]
		cb := src.Cb[y/2*src.CStride:][:(w+1)/2]
		cr := src.Cr[y/2*src.CStride:][:(w+1)/2]
		d0, d1 := dst.Pix[y*dst.Stride:][:dst.Stride], dst.Pix[next*dst.Stride:][:dst.Stride]
		rowPair(d0, d1, y0, y1, cb, cr, start, step)
	}
}

func rowPair(d0, d1, y0, y1, cb, cr []byte, at, step int) {
	pairs := len(y0) / 2
	cb, cr = cb[:len(cb):len(cb)], cr[:len(cb)]
	for i := range pairs {
		r, g, b := chroma(cb[i], cr[i])
		x := 2 * i
		binary.LittleEndian.PutUint32(d0[at:], pixel(y0[x], r, g, b))
		binary.LittleEndian.PutUint32(d1[at:], pixel(y1[x], r, g, b))
		at += step
		binary.LittleEndian.PutUint32(d0[at:], pixel(y0[x+1], r, g, b))
		binary.LittleEndian.PutUint32(d1[at:], pixel(y1[x+1], r, g, b))
		at += step
	}
	if len(y0)%2 == 1 {
		x := len(y0) - 1
		r, g, b := chroma(cb[pairs], cr[pairs])
		binary.LittleEndian.PutUint32(d0[at:], pixel(y0[x], r, g, b))
		binary.LittleEndian.PutUint32(d1[at:], pixel(y1[x], r, g, b))
	}
}

// convertHalf makes one pixel of each 2x2 block, with the block's mean luma.
func convertHalf(dst *image.RGBA, src *call.Picture, start, step int) {
	w, h := src.Width(), src.Height()
	for y := 0; y < h; y += 2 {
		y0, y1 := src.Y[y*src.YStride:][:w], src.Y[min(y+1, h-1)*src.YStride:][:w]
		cb := src.Cb[y/2*src.CStride:][:(w+1)/2]
		cr := src.Cr[y/2*src.CStride:][:(w+1)/2]
		halfRow(dst.Pix[y/2*dst.Stride:][:dst.Stride], y0, y1, cb, cr, start, step)
	}
}

func halfRow(d, y0, y1, cb, cr []byte, at, step int) {
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
