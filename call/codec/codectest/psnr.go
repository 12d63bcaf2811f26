package codectest

import (
	"math"

	"parley/call"
)

// PSNR is the likeness of the luma planes of two pictures in dB, over the
// pixels that both have.
func PSNR(a, b *call.Picture) float64 {
	w, h := min(a.Width(), b.Width()), min(a.Height(), b.Height())
	var sum int64
	for y := range h {
		ra, rb := a.Y[y*a.YStride:][:w], b.Y[y*b.YStride:][:w]
		for x := range ra {
			d := int64(ra[x]) - int64(rb[x])
			sum += d * d
		}
	}
	if sum == 0 {
		return 99
	}
	return 10 * math.Log10(255*255*float64(w*h)/float64(sum))
}
