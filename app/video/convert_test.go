package video

import (
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"parley/call"
)

// exact is limited-range BT.601 in floating point (ITU-R BT.601-7, 2.5.3).
func exact(y, cb, cr float64) color.RGBA {
	y, cb, cr = (y-16)/219, (cb-128)/224, (cr-128)/224
	const kr, kb = 0.299, 0.114
	r := y + 2*(1-kr)*cr
	b := y + 2*(1-kb)*cb
	g := (y - kr*r - kb*b) / (1 - kr - kb)
	return color.RGBA{R: to8(r), G: to8(g), B: to8(b), A: 255}
}

func to8(v float64) uint8 { return uint8(math.Round(255 * min(max(v, 0), 1))) }

func near(a, b color.RGBA) bool {
	off := func(x, y uint8) bool { return math.Abs(float64(x)-float64(y)) > 1 }
	return !off(a.R, b.R) && !off(a.G, b.G) && !off(a.B, b.B) && a.A == b.A
}

// noise is a picture of w by h pixels of random samples.
func noise(w, h int) *call.Picture {
	r := rand.New(rand.NewPCG(uint64(w), uint64(h)))
	p := call.NewPicture(w, h)
	for _, plane := range [][]byte{p.Y, p.Cb, p.Cr} {
		for i := range plane {
			plane[i] = byte(r.Uint32())
		}
	}
	return p
}

var shapes = []image.Point{{1, 1}, {2, 2}, {3, 2}, {2, 3}, {5, 7}, {16, 9}, {64, 48}, {33, 33}}

func TestFullSizeIsExact(t *testing.T) {
	for _, size := range shapes {
		for _, mirror := range []bool{false, true} {
			src := noise(size.X, size.Y)
			dst := &image.RGBA{}
			Convert(dst, src, Manner{Mirror: mirror})
			if dst.Bounds() != image.Rect(0, 0, size.X, size.Y) || dst.Stride != 4*size.X {
				t.Fatalf("%v: bounds %v, stride %d", size, dst.Bounds(), dst.Stride)
			}
			for y := range size.Y {
				for x := range size.X {
					c := src.YCbCrAt(x, y)
					want := exact(float64(c.Y), float64(c.Cb), float64(c.Cr))
					at := x
					if mirror {
						at = size.X - 1 - x
					}
					if got := dst.RGBAAt(at, y); !near(got, want) {
						t.Fatalf("%v mirror %v: pixel %d,%d is %v, want %v", size, mirror, x, y, got, want)
					}
				}
			}
		}
	}
}

func TestHalfSizeIsTheMeanOfEachBlock(t *testing.T) {
	for _, size := range shapes {
		for _, mirror := range []bool{false, true} {
			src := noise(size.X, size.Y)
			dst := &image.RGBA{}
			Convert(dst, src, Manner{Half: true, Mirror: mirror})
			w, h := (size.X+1)/2, (size.Y+1)/2
			if dst.Bounds() != image.Rect(0, 0, w, h) {
				t.Fatalf("%v: bounds %v", size, dst.Bounds())
			}
			for y := range h {
				for x := range w {
					want := meanAt(src, x, y)
					at := x
					if mirror {
						at = w - 1 - x
					}
					if got := dst.RGBAAt(at, y); !near(got, want) {
						t.Fatalf("%v mirror %v: pixel %d,%d is %v, want %v", size, mirror, x, y, got, want)
					}
				}
			}
		}
	}
}

func meanAt(src *call.Picture, x, y int) color.RGBA {
	var sum float64
	for _, d := range []image.Point{{0, 0}, {1, 0}, {0, 1}, {1, 1}} {
		px, py := min(2*x+d.X, src.Width()-1), min(2*y+d.Y, src.Height()-1)
		sum += float64(src.Y[py*src.YStride+px])
	}
	c := src.YCbCrAt(2*x, 2*y)
	return exact(math.Floor(sum/4+0.5), float64(c.Cb), float64(c.Cr))
}

func TestTheWholeRangeOfLuma(t *testing.T) {
	for y := range 256 {
		src := call.NewPicture(2, 2)
		for i := range src.Y {
			src.Y[i] = byte(y)
		}
		dst := &image.RGBA{}
		Convert(dst, src, Manner{})
		if got, want := dst.RGBAAt(1, 1), exact(float64(y), 128, 128); !near(got, want) {
			t.Errorf("luma %d is %v, want %v", y, got, want)
		}
	}
}

func TestABufferIsUsedAgain(t *testing.T) {
	dst := &image.RGBA{}
	Convert(dst, noise(64, 48), Manner{})
	first := &dst.Pix[0]
	Convert(dst, noise(32, 24), Manner{})
	Convert(dst, noise(64, 48), Manner{})
	if &dst.Pix[0] != first || len(dst.Pix) != 64*48*4 {
		t.Error("a new buffer was made for a size that fits")
	}
}

func TestConvertingDoesNotAllocate(t *testing.T) {
	src, dst := noise(320, 180), &image.RGBA{}
	for _, m := range []Manner{{}, {Half: true}, {Mirror: true}} {
		Convert(dst, src, m)
		if n := testing.AllocsPerRun(10, func() { Convert(dst, src, m) }); n != 0 {
			t.Errorf("%+v: %.1f allocations a picture, want none", m, n)
		}
	}
}

func BenchmarkConvert720p(b *testing.B) {
	for _, m := range []struct {
		name string
		Manner
	}{{"full", Manner{}}, {"mirror", Manner{Mirror: true}}, {"half", Manner{Half: true}}} {
		b.Run(m.name, func(b *testing.B) {
			src, dst := call.NewPicture(1280, 720), &image.RGBA{}
			call.NewPattern(1280, 720, 30).Draw(src, 7, time.Unix(1, 0))
			Convert(dst, src, m.Manner)
			b.ReportAllocs()
			for b.Loop() {
				Convert(dst, src, m.Manner)
			}
		})
	}
}
