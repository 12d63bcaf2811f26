package call

import (
	"image"
	"time"
)

// Picture is one video frame in planar YCbCr 4:2:0, limited range, BT.601
// unless a stream says otherwise. Its planes are owned by whoever holds the
// Picture; every function that keeps one copies it with CopyFrom.
type Picture struct {
	image.YCbCr
	// At is when the picture was captured, on this machine's clock; for a
	// received picture, when its last packet arrived.
	At time.Time
}

// NewPicture returns a black picture of the given size in pixels. Odd sizes
// round the chroma planes up, as 4:2:0 does.
func NewPicture(width, height int) *Picture {
	p := &Picture{}
	p.Resize(width, height)
	p.Blacken()
	return p
}

// Blacken makes every pixel black (limited range).
func (p *Picture) Blacken() {
	for i := range p.Y {
		p.Y[i] = 16
	}
	for i := range p.Cb {
		p.Cb[i], p.Cr[i] = 128, 128
	}
}

// Width is the picture's width in pixels.
func (p *Picture) Width() int { return p.Rect.Dx() }

// Height is the picture's height in pixels.
func (p *Picture) Height() int { return p.Rect.Dy() }

// Resize makes the planes fit the size, with strides equal to the plane
// widths; memory is reused where it is large enough. The content is undefined
// after a change of size.
func (p *Picture) Resize(width, height int) {
	cw, ch := (width+1)/2, (height+1)/2
	p.Y = sized(p.Y, width*height)
	p.Cb = sized(p.Cb, cw*ch)
	p.Cr = sized(p.Cr, cw*ch)
	p.YStride, p.CStride = width, cw
	p.SubsampleRatio = image.YCbCrSubsampleRatio420
	p.Rect = image.Rect(0, 0, width, height)
}

// CopyFrom makes p a copy of src, reusing p's memory.
func (p *Picture) CopyFrom(src *Picture) {
	w, h := src.Width(), src.Height()
	p.Resize(w, h)
	copyPlane(p.Y, w, src.Y, src.YStride, w, h)
	cw, ch := (w+1)/2, (h+1)/2
	copyPlane(p.Cb, cw, src.Cb, src.CStride, cw, ch)
	copyPlane(p.Cr, cw, src.Cr, src.CStride, cw, ch)
	p.At = src.At
}

func copyPlane(dst []byte, dstStride int, src []byte, srcStride, w, h int) {
	if dstStride == w && srcStride == w {
		copy(dst, src[:w*h])
		return
	}
	for y := range h {
		copy(dst[y*dstStride:y*dstStride+w], src[y*srcStride:y*srcStride+w])
	}
}

func sized(b []byte, n int) []byte {
	if cap(b) < n {
		return make([]byte, n)
	}
	return b[:n]
}
