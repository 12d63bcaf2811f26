package call

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"
)

// noise is a picture of random samples with strides wider than the planes.
func noise(width, height int) *Picture {
	random := rand.New(rand.NewPCG(1, 2))
	pic := NewPicture(width, height)
	pic.YStride += 5
	pic.CStride += 3
	pic.Y, pic.Cb, pic.Cr = make([]byte, pic.YStride*height), make([]byte, pic.CStride*((height+1)/2)), make([]byte, pic.CStride*((height+1)/2))
	for _, plane := range [][]byte{pic.Y, pic.Cb, pic.Cr} {
		for i := range plane {
			plane[i] = byte(random.Uint32())
		}
	}
	pic.At = time.Unix(1_790_000_000, 0)
	return pic
}

// covered is the exact mean of what pixel x, y of a scaled plane covers.
func covered(dst, src samples, x, y int) float64 {
	sum, area := 0.0, 0.0
	for sy := y * src.height / dst.height; sy <= ((y+1)*src.height-1)/dst.height; sy++ {
		h := overlap(y, sy, dst.height, src.height)
		for sx := x * src.width / dst.width; sx <= ((x+1)*src.width-1)/dst.width; sx++ {
			a := h * overlap(x, sx, dst.width, src.width)
			sum += a * float64(src.pix[sy*src.stride+sx])
			area += a
		}
	}
	return sum / area
}

// overlap is how much of source sample s lies in new sample d.
func overlap(d, s, to, from int) float64 {
	ratio := float64(from) / float64(to)
	return math.Min(float64(d+1)*ratio, float64(s+1)) - math.Max(float64(d)*ratio, float64(s))
}

func TestScaleIsTheMeanOfWhatIsCovered(t *testing.T) {
	sizes := [][4]int{
		{64, 48, 32, 24}, {66, 50, 33, 25}, {1280, 720, 640, 360}, {1280, 720, 960, 540}, {72, 36, 48, 24},
		{96, 64, 36, 24}, {64, 64, 8, 8}, {200, 120, 25, 15}, {641, 361, 320, 180}, {642, 642, 480, 480},
		{854, 480, 640, 360}, {61, 7, 60, 7}, {7, 61, 7, 60}, {40, 40, 20, 40}, {40, 40, 40, 20}, {40, 48, 30, 48},
		{1, 1, 1, 1}, {3, 3, 1, 1}, {16, 16, 1, 1}, {2, 2, 5, 5}, {8000, 4, 3000, 2}, {12, 5, 9, 5},
		{20, 600, 10, 75},
	}
	for _, s := range sizes {
		src, dst := noise(s[0], s[1]), &Picture{}
		Scale(dst, src, s[2], s[3])
		if dst.Width() != s[2] || dst.Height() != s[3] || !dst.At.Equal(src.At) {
			t.Errorf("%v: got %dx%d at %v", s, dst.Width(), dst.Height(), dst.At)
		}
		w, h, cw, ch := s[0], s[1], (s[0]+1)/2, (s[1]+1)/2
		nw, nh, ncw, nch := s[2], s[3], (s[2]+1)/2, (s[3]+1)/2
		wantMeans(t, fmt.Sprint(s, " Y"), samples{dst.Y, dst.YStride, nw, nh}, samples{src.Y, src.YStride, w, h})
		wantMeans(t, fmt.Sprint(s, " Cb"), samples{dst.Cb, dst.CStride, ncw, nch}, samples{src.Cb, src.CStride, cw, ch})
		wantMeans(t, fmt.Sprint(s, " Cr"), samples{dst.Cr, dst.CStride, ncw, nch}, samples{src.Cr, src.CStride, cw, ch})
	}
}

func wantMeans(t *testing.T, what string, dst, src samples) {
	t.Helper()
	// Both passes round; a row's share is a whole number of 256ths.
	tolerance := 1.02 + 0.25*float64(min(src.height%dst.height, 1)*(src.height/dst.height+1))
	for y := range dst.height {
		for x := range dst.width {
			got, want := float64(dst.pix[y*dst.stride+x]), covered(dst, src, x, y)
			if math.Abs(got-want) > tolerance {
				t.Fatalf("%s: %v at %d,%d, want %.2f", what, got, x, y, want)
			}
		}
	}
}

func TestScaleKeepsAFlatColour(t *testing.T) {
	src, dst := NewPicture(1918, 1078), &Picture{}
	fillPlane(src.Y, src.YStride, 0, 0, 1918, 1078, 235)
	for w := 1918; w > 200; w -= 37 {
		Scale(dst, src, w, w*9/16)
		for i, v := range dst.Y {
			if v != 235 {
				t.Fatalf("%d wide: luma %d at %d", w, v, i)
			}
		}
		for i := range dst.Cb {
			if dst.Cb[i] != 128 || dst.Cr[i] != 128 {
				t.Fatalf("%d wide: chroma %d, %d at %d", w, dst.Cb[i], dst.Cr[i], i)
			}
		}
	}
}

func TestScaleKeepsTheMarkReadable(t *testing.T) {
	src, dst := &Picture{}, &Picture{}
	want := Mark{Frame: 4711, At: time.UnixMicro(1_790_000_000_123_456)}
	NewPattern(1920, 1080, 30).Draw(src, want.Frame, want.At)
	for _, size := range [][2]int{{1280, 720}, {960, 540}, {640, 360}, {480, 270}, {320, 180}, {426, 240}, {240, 135}} {
		Scale(dst, src, size[0], size[1])
		wantMark(t, dst, want)
	}
}

func TestScaleDoesNotAllocate(t *testing.T) {
	src, dst := noise(1280, 720), NewPicture(1280, 720)
	for _, size := range [][2]int{{640, 360}, {960, 540}, {854, 480}, {853, 479}, {160, 90}} {
		if n := testing.AllocsPerRun(5, func() { Scale(dst, src, size[0], size[1]) }); n != 0 {
			t.Errorf("%v: %v allocations", size, n)
		}
	}
}

func TestScaleOfNothing(t *testing.T) {
	dst := &Picture{}
	Scale(dst, &Picture{}, 0, -3)
	if dst.Width() != 1 || dst.Height() != 1 || dst.Y[0] != lumaBlack {
		t.Errorf("got %dx%d of %v", dst.Width(), dst.Height(), dst.Y)
	}
}

func BenchmarkScale(b *testing.B) {
	src, dst := noise(1280, 720), NewPicture(1280, 720)
	for _, size := range [][2]int{{640, 360}, {960, 540}, {854, 480}, {480, 270}, {320, 180}} {
		b.Run(fmt.Sprintf("720pTo%dx%d", size[0], size[1]), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Scale(dst, src, size[0], size[1])
			}
		})
	}
}
