package capture

import (
	"fmt"
	"image"

	"parley/call"
)

// levels maps the samples of a source's planes to limited range.
type levels struct {
	luma, chroma [256]uint8
	same         bool // nothing to map
}

// The levels of cameras: raw pictures are limited already, JPEG's are full
// (JFIF 1.02: 0 to 255).
var (
	limitedLevels = makeLevels(func(v float64) (luma, chroma float64) { return v, v }, true)
	fullLevels    = makeLevels(func(v float64) (luma, chroma float64) {
		return 16 + v*219/255, 128 + (v-128)*224/255
	}, false)
)

func makeLevels(f func(v float64) (luma, chroma float64), same bool) *levels {
	l := &levels{same: same}
	for i := range 256 {
		luma, chroma := f(float64(i))
		l.luma[i], l.chroma[i] = uint8(luma+0.5), uint8(chroma+0.5)
	}
	return l
}

// convert makes dst a limited-range 4:2:0 copy of src, whose YCbCr samples are
// of full range where full is true; a last odd row or column is left out. It
// allocates only when dst has to grow. dst.At is left as it is.
func convert(dst *call.Picture, src image.Image, full bool) error {
	l := limitedLevels
	if full {
		l = fullLevels
	}
	w, h := src.Bounds().Dx()&^1, src.Bounds().Dy()&^1
	if w < 2 || h < 2 {
		return fmt.Errorf("a camera picture of %dx%d pixels is too small", src.Bounds().Dx(), src.Bounds().Dy())
	}
	switch src := src.(type) {
	case *image.YCbCr:
		return convertYCbCr(dst, src, w, h, l)
	case *image.Gray:
		return convertGray(dst, src, w, h, l)
	case *image.RGBA:
		return convertRGBA(dst, src, w, h)
	}
	return fmt.Errorf("a camera picture of the kind %T is not understood", src)
}

func convertYCbCr(dst *call.Picture, src *image.YCbCr, w, h int, l *levels) error {
	across, down, ok := subsampling(src.SubsampleRatio)
	if !ok {
		return fmt.Errorf("camera pictures of %v are not understood", src.SubsampleRatio)
	}
	y := plane{src.Y, src.YStride}.from(src.YOffset(src.Rect.Min.X, src.Rect.Min.Y))
	cOffset := src.COffset(src.Rect.Min.X, src.Rect.Min.Y)
	cb, cr := plane{src.Cb, src.CStride}.from(cOffset), plane{src.Cr, src.CStride}.from(cOffset)
	cw, ch := (w-1)/across+1, (h-1)/down+1
	if !y.holds(w, h) || !cb.holds(cw, ch) || !cr.holds(cw, ch) {
		return fmt.Errorf("a camera picture of %dx%d pixels is cut short", w, h)
	}
	dst.Resize(w, h)
	convertLuma(dst, y, l)
	convertChroma(dst.Cb, dst.CStride, h/2, cb, across, down, l)
	convertChroma(dst.Cr, dst.CStride, h/2, cr, across, down, l)
	return nil
}

func convertGray(dst *call.Picture, src *image.Gray, w, h int, l *levels) error {
	y := plane{src.Pix, src.Stride}.from(src.PixOffset(src.Rect.Min.X, src.Rect.Min.Y))
	if !y.holds(w, h) {
		return fmt.Errorf("a camera picture of %dx%d pixels is cut short", w, h)
	}
	dst.Resize(w, h)
	convertLuma(dst, y, l)
	for i := range dst.Cb {
		dst.Cb[i], dst.Cr[i] = 128, 128
	}
	return nil
}

// subsampling is the number of pixels across and down that share a chroma sample.
func subsampling(r image.YCbCrSubsampleRatio) (across, down int, ok bool) {
	switch r {
	case image.YCbCrSubsampleRatio444:
		return 1, 1, true
	case image.YCbCrSubsampleRatio440:
		return 1, 2, true
	case image.YCbCrSubsampleRatio422:
		return 2, 1, true
	case image.YCbCrSubsampleRatio420:
		return 2, 2, true
	case image.YCbCrSubsampleRatio411:
		return 4, 1, true
	case image.YCbCrSubsampleRatio410:
		return 4, 2, true
	}
	return 0, 0, false
}
