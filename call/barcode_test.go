package call

import (
	"hash/crc32"
	"math/rand/v2"
	"testing"
	"time"
)

// patternAt draws one picture with a mark whose bits are well mixed.
func patternAt(width, height int) (*Picture, Mark) {
	m := Mark{Frame: 0xA53C0F71, At: time.UnixMicro(1_790_123_456_789_012)}
	pic := &Picture{}
	NewPattern(width, height, 30).Draw(pic, m.Frame, m.At)
	return pic, m
}

func wantMark(t *testing.T, pic *Picture, want Mark) {
	t.Helper()
	got, ok := ReadMark(pic)
	if !ok {
		t.Fatalf("no mark read in a picture of %dx%d", pic.Width(), pic.Height())
	}
	if got.Frame != want.Frame || !got.At.Equal(want.At) {
		t.Fatalf("read %+v, want %+v", got, want)
	}
}

func TestMarkSurvivesScaling(t *testing.T) {
	sizes := [][2]int{{1280, 720}, {1920, 1080}, {640, 480}, {854, 480}, {320, 180}, {176, 144}, {360, 640}}
	for _, from := range [][2]int{{1280, 720}, {640, 480}, {320, 180}} {
		pic, want := patternAt(from[0], from[1])
		for _, to := range sizes {
			wantMark(t, scaled(pic, to[0], to[1]), want)
		}
	}
}

func TestMarkSurvivesBlurNoiseAndLowContrast(t *testing.T) {
	for _, size := range [][2]int{{640, 360}, {320, 180}} {
		pic, want := patternAt(size[0], size[1])
		random := rand.New(rand.NewPCG(1, 2))
		blurred := &Picture{}
		blurred.CopyFrom(pic)
		blur(blurred, size[0]/80)
		for i, v := range blurred.Y {
			noise := random.IntN(81) - 40
			blurred.Y[i] = byte(min(max(96+(int(v)-96)*6/10+noise, 0), 255))
		}
		wantMark(t, blurred, want)
	}
}

func TestReadMarkRefusesWhatIsNone(t *testing.T) {
	if m, ok := ReadMark(NewPicture(640, 360)); ok {
		t.Errorf("black picture read as %+v", m)
	}
	if m, ok := ReadMark(NewPicture(8, 8)); ok {
		t.Errorf("tiny picture read as %+v", m)
	}
	random := rand.New(rand.NewPCG(3, 4))
	pic := NewPicture(116, 96)
	for range 300 {
		for i := range pic.Y {
			pic.Y[i] = byte(random.Uint32())
		}
		if m, ok := ReadMark(pic); ok {
			t.Fatalf("noise read as %+v", m)
		}
	}
}

func TestReadMarkRefusesEveryWrongBlock(t *testing.T) {
	for i := range markBits {
		pic, _ := patternAt(320, 180)
		x0, y0, x1, y1 := markBlock(320, 180, i)
		for y := y0; y < y1; y++ {
			for x := x0; x < x1; x++ {
				pic.Y[y*pic.YStride+x] = lumaBlack + lumaWhite - pic.Y[y*pic.YStride+x]
			}
		}
		if m, ok := ReadMark(pic); ok {
			t.Fatalf("block %d turned over: read as %+v", i, m)
		}
	}
}

func TestMarkTimes(t *testing.T) {
	pic := NewPicture(640, 360)
	for _, at := range []time.Time{time.UnixMicro(0), time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2112, 1, 1, 0, 0, 0, 999_999_000, time.UTC)} {
		for _, frame := range []uint32{0, 1, 1<<32 - 1} {
			drawMark(pic, Mark{Frame: frame, At: at})
			wantMark(t, pic, Mark{Frame: frame, At: at})
		}
	}
}

// The CRC is that of a polynomial division, highest bit first; hash/crc32 has
// the same with the bits of each byte turned round.
func TestCRCOfBits(t *testing.T) {
	data := []byte("123456789")
	reversed := make([]byte, len(data))
	bits := make([]bool, 8*len(data))
	for i, b := range data {
		putBits(bits[8*i:8*i+8], uint64(b))
		for j := range 8 {
			reversed[i] |= b >> j & 1 << (7 - j)
		}
	}
	want := crc32.ChecksumIEEE(reversed)
	var turned uint32
	for j := range 32 {
		turned |= want >> j & 1 << (31 - j)
	}
	if got := crcOfBits(bits); got != turned {
		t.Errorf("CRC %08x, want %08x", got, turned)
	}
}

// scaled returns the luma of src at another size, by averaging of four
// neighbours.
func scaled(src *Picture, w, h int) *Picture {
	dst := NewPicture(w, h)
	for y := range h {
		fy := max((float64(y)+0.5)*float64(src.Height())/float64(h)-0.5, 0)
		y0 := int(fy)
		y1 := min(y0+1, src.Height()-1)
		for x := range w {
			fx := max((float64(x)+0.5)*float64(src.Width())/float64(w)-0.5, 0)
			x0 := int(fx)
			x1 := min(x0+1, src.Width()-1)
			dx, dy := fx-float64(x0), fy-float64(y0)
			at := func(x, y int) float64 { return float64(src.Y[y*src.YStride+x]) }
			dst.Y[y*w+x] = byte((at(x0, y0)*(1-dx)+at(x1, y0)*dx)*(1-dy) + (at(x0, y1)*(1-dx)+at(x1, y1)*dx)*dy)
		}
	}
	return dst
}

// blur averages luma over a square of 2r+1 pixels.
func blur(pic *Picture, r int) {
	w, h := pic.Width(), pic.Height()
	out := make([]byte, len(pic.Y))
	for y := range h {
		for x := range w {
			sum, n := 0, 0
			for j := max(y-r, 0); j <= min(y+r, h-1); j++ {
				for i := max(x-r, 0); i <= min(x+r, w-1); i++ {
					sum += int(pic.Y[j*pic.YStride+i])
					n++
				}
			}
			out[y*w+x] = byte(sum / n)
		}
	}
	copy(pic.Y, out)
}

func BenchmarkReadMark(b *testing.B) {
	pic, _ := patternAt(1280, 720)
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := ReadMark(pic); !ok {
			b.Fatal("no mark")
		}
	}
}
