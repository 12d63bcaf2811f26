package codec

import (
	"fmt"
	"unsafe"

	"parley/call"
)

// CheckPlanes refuses a picture whose planes are smaller than its size says,
// which C would read beyond.
func CheckPlanes(pic *call.Picture) error {
	w, h := pic.Width(), pic.Height()
	cw, ch := (w+1)/2, (h+1)/2
	if w <= 0 || h <= 0 || pic.YStride < w || pic.CStride < cw ||
		len(pic.Y) < pic.YStride*(h-1)+w ||
		min(len(pic.Cb), len(pic.Cr)) < pic.CStride*(ch-1)+cw {
		return fmt.Errorf("cannot encode: the planes do not fit a picture of %dx%d", w, h)
	}
	return nil
}

// Planes are the three planes of a picture in C's memory.
type Planes struct {
	Y, Cb, Cr        unsafe.Pointer
	YStride, CStride int // bytes
	Width, Height    int // pixels
}

// CopyTo makes dst a copy of the planes, which are valid only for the length
// of the call. The time of dst stays.
func (p Planes) CopyTo(dst *call.Picture) {
	dst.Resize(p.Width, p.Height)
	ch := (p.Height + 1) / 2
	copyRows(dst.Y, dst.YStride, p.Y, p.YStride, p.Height)
	copyRows(dst.Cb, dst.CStride, p.Cb, p.CStride, ch)
	copyRows(dst.Cr, dst.CStride, p.Cr, p.CStride, ch)
}

// copyRows copies the rows of a plane to one without gaps.
func copyRows(dst []byte, width int, from unsafe.Pointer, stride, rows int) {
	src := unsafe.Slice((*byte)(from), stride*(rows-1)+width)
	for y := range rows {
		copy(dst[y*width:(y+1)*width], src[y*stride:])
	}
}
