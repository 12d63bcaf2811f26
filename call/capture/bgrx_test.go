package capture

import (
	"image"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/call"
)

// bgrx is an image's pixels as a screen has them.
func bgrx(img *image.RGBA) pixels {
	p := pixels{make([]byte, len(img.Pix)), img.Rect.Dx(), img.Rect.Dy()}
	for i := 0; i < len(p.pix); i += 4 {
		p.pix[i], p.pix[i+1], p.pix[i+2], p.pix[i+3] = img.Pix[i+2], img.Pix[i+1], img.Pix[i], byte(i)
	}
	return p
}

// The quick way gives what the plain one of cameras does.
func TestConvertPixels(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 514, 130))
	random := rand.New(rand.NewPCG(3, 4))
	for i := range img.Pix {
		img.Pix[i] = byte(random.Uint32())
		if i < 4*514*2 {
			img.Pix[i] = byte(i / 4 % 2 * 255) // black and white
		}
	}
	got, want := &call.Picture{}, &call.Picture{}
	convertPixels(got, bgrx(img))
	if err := convert(want, img, false); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want.YCbCr, got.YCbCr); diff != "" {
		t.Error(diff)
	}
}

func TestBlend(t *testing.T) {
	onto := bgrx(image.NewRGBA(image.Rect(0, 0, 4, 2)))
	for i := range onto.pix {
		onto.pix[i] = 100
	}
	shape := []uint32{0xFF204060, 0x80404040, 0x00000000, 0xFFFFFFFF}
	blend(onto, shape, 2, 2, image.Pt(3, 1)) // all but the first is outside
	blend(onto, shape, 2, 2, image.Pt(0, 0))
	blend(onto, shape[:3], 2, 2, image.Pt(0, 0)) // too few: nothing is drawn
	blend(onto, shape, 2, 2, image.Pt(-2, 5))
	for at, want := range map[int][3]byte{0: {0x60, 0x40, 0x20}, 1: {114, 114, 114}, 4: {100, 100, 100}, 5: {255, 255, 255}, 7: {0x60, 0x40, 0x20}, 2: {100, 100, 100}, 6: {100, 100, 100}} {
		if got := [3]byte(onto.pix[4*at : 4*at+3]); got != want {
			t.Errorf("pixel %d is %v, want %v", at, got, want)
		}
	}
}

func BenchmarkConvertPixels(b *testing.B) {
	src := bgrx(image.NewRGBA(image.Rect(0, 0, 1920, 1080)))
	dst := call.NewPicture(1920, 1080)
	b.ReportAllocs()
	for b.Loop() {
		convertPixels(dst, src)
	}
}
