package capture

import (
	"fmt"
	"image"

	"parley/call"
)

// convertRGBA makes dst a copy of the w by h pixels of src with the
// coefficients of BT.601, limited range, in 8 bits of fraction.
func convertRGBA(dst *call.Picture, src *image.RGBA, w, h int) error {
	pix := plane{src.Pix, src.Stride}.from(src.PixOffset(src.Rect.Min.X, src.Rect.Min.Y))
	if !pix.holds(4*w, h) {
		return fmt.Errorf("a camera picture of %dx%d pixels is cut short", w, h)
	}
	dst.Resize(w, h)
	for y := 0; y < h; y += 2 {
		upper, lower := pix.row(y, 4*w), pix.row(y+1, 4*w)
		lumaOfRGBA(dst.Y[y*dst.YStride:][:w], upper)
		lumaOfRGBA(dst.Y[(y+1)*dst.YStride:][:w], lower)
		c := y / 2 * dst.CStride
		chromaOfRGBA(dst.Cb[c:][:w/2], dst.Cr[c:][:w/2], upper, lower)
	}
	return nil
}

func lumaOfRGBA(dst, src []byte) {
	for x := range dst {
		p := src[4*x : 4*x+3 : 4*x+3]
		dst[x] = byte((66*int(p[0])+129*int(p[1])+25*int(p[2])+128)>>8 + 16)
	}
}

func chromaOfRGBA(cb, cr, upper, lower []byte) {
	cr = cr[:len(cb)]
	for x := range cb {
		a, b := upper[8*x:8*x+8:8*x+8], lower[8*x:8*x+8:8*x+8]
		red := int(a[0]) + int(a[4]) + int(b[0]) + int(b[4])
		green := int(a[1]) + int(a[5]) + int(b[1]) + int(b[5])
		blue := int(a[2]) + int(a[6]) + int(b[2]) + int(b[6])
		cb[x] = byte((-38*red-74*green+112*blue+512)>>10 + 128)
		cr[x] = byte((112*red-94*green-18*blue+512)>>10 + 128)
	}
}
