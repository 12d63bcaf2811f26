package call

// Scale makes dst a copy of src of width x height pixels, by the mean of the
// source pixels that each one covers: sharp and without shimmer from 1:1 down
// to 1:8 (below that the mean gets coarser). Enlarging repeats pixels. dst keeps
// src's time, must not be src, and allocates only when it has to grow; src
// may have strides of its own. Sizes below one pixel are made one.
//
// Exact halves are the quickest, then exact three quarters and two thirds.
func Scale(dst, src *Picture, width, height int) {
	width, height = max(width, 1), max(height, 1)
	if src.Width() < 1 || src.Height() < 1 {
		dst.Resize(width, height)
		dst.Blacken()
		dst.At = src.At
		return
	}
	if width == src.Width() && height == src.Height() {
		dst.CopyFrom(src)
		return
	}
	dst.Resize(width, height)
	dst.At = src.At
	w, h := src.Width(), src.Height()
	scalePlane(samples{dst.Y, dst.YStride, width, height}, samples{src.Y, src.YStride, w, h})
	width, height, w, h = (width+1)/2, (height+1)/2, (w+1)/2, (h+1)/2
	scalePlane(samples{dst.Cb, dst.CStride, width, height}, samples{src.Cb, src.CStride, w, h})
	scalePlane(samples{dst.Cr, dst.CStride, width, height}, samples{src.Cr, src.CStride, w, h})
}

// samples is one component of a picture.
type samples struct {
	pix           []byte
	stride        int
	width, height int
}

func (s samples) row(y int) []byte { return s.pix[y*s.stride:][:s.width] }

// widestRow is the longest row that is scaled without allocating: 8K.
const widestRow = 7680

func scalePlane(dst, src samples) {
	if src.width == 2*dst.width && src.height == 2*dst.height {
		halvePlane(dst, src)
		return
	}
	var buffer [widestRow]byte
	mixed := buffer[:]
	if src.width > len(mixed) {
		mixed = make([]byte, src.width)
	}
	mixed = mixed[:src.width]
	for y := range dst.height {
		narrow(dst.row(y), mixRows(mixed, src, y, dst.height))
	}
}

// halvePlane takes the mean of each 2x2 pixels.
func halvePlane(dst, src samples) {
	for y := range dst.height {
		halveRows(dst.row(y), src.row(2*y), src.row(2*y+1))
	}
}

// narrow makes the samples of dst of those of src.
func narrow(dst, src []byte) {
	switch to, from := len(dst), len(src); {
	case to == from:
		copy(dst, src)
	case 4*to == 3*from:
		narrowToThreeQuarters(dst, src)
	case 3*to == 2*from:
		narrowToTwoThirds(dst, src)
	case 2*to == from:
		narrowToHalf(dst, src)
	default:
		narrowRow(dst, src)
	}
}
