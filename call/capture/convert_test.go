package capture

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"testing"

	"parley/call"
)

var ratios = []image.YCbCrSubsampleRatio{
	image.YCbCrSubsampleRatio444, image.YCbCrSubsampleRatio440, image.YCbCrSubsampleRatio422,
	image.YCbCrSubsampleRatio420, image.YCbCrSubsampleRatio411, image.YCbCrSubsampleRatio410,
}

// slope is an image whose components each rise along their own direction.
func slope(r image.Rectangle, ratio image.YCbCrSubsampleRatio) *image.YCbCr {
	img := image.NewYCbCr(r, ratio)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			dx, dy := x-r.Min.X, y-r.Min.Y
			img.Y[img.YOffset(x, y)] = uint8(dx + dy)
			img.Cb[img.COffset(x, y)] = uint8(20 + 3*dx)
			img.Cr[img.COffset(x, y)] = uint8(20 + 3*dy)
		}
	}
	return img
}

// wantedChroma is the mean of the four samples that a 2x2 block of pixels has.
func wantedChroma(img *image.YCbCr, plane []uint8, x, y int, full bool) float64 {
	x, y = x+img.Rect.Min.X, y+img.Rect.Min.Y
	sum := 0.0
	for _, d := range [4][2]int{{0, 0}, {1, 0}, {0, 1}, {1, 1}} {
		sum += float64(plane[img.COffset(x+d[0], y+d[1])])
	}
	if full {
		return 128 + (sum/4-128)*224/255
	}
	return sum / 4
}

func TestConvertYCbCr(t *testing.T) {
	for _, ratio := range ratios {
		for _, rect := range []image.Rectangle{image.Rect(0, 0, 64, 48), image.Rect(0, 0, 67, 49), image.Rect(8, 4, 72, 52)} {
			for _, full := range []bool{false, true} {
				img := slope(rect, ratio)
				pic := &call.Picture{}
				if err := convert(pic, img, full); err != nil {
					t.Fatal(err)
				}
				where := fmt.Sprintf("%v %v full=%v", ratio, rect, full)
				if pic.Width() != rect.Dx()&^1 || pic.Height() != rect.Dy()&^1 {
					t.Fatalf("%s: became %dx%d", where, pic.Width(), pic.Height())
				}
				checkLuma(t, where, pic, full)
				checkChroma(t, where, pic, img, full)
			}
		}
	}
}

func checkLuma(t *testing.T, where string, pic *call.Picture, full bool) {
	t.Helper()
	for y := range pic.Height() {
		for x := range pic.Width() {
			want := float64(x + y)
			if full {
				want = 16 + want*219/255
			}
			if got := float64(pic.Y[y*pic.YStride+x]); math.Abs(got-want) > 0.51 {
				t.Fatalf("%s: luma at %d,%d is %v, want %v", where, x, y, got, want)
			}
		}
	}
}

func checkChroma(t *testing.T, where string, pic *call.Picture, img *image.YCbCr, full bool) {
	t.Helper()
	for y := range pic.Height() / 2 {
		for x := range pic.Width() / 2 {
			cb, cr := float64(pic.Cb[y*pic.CStride+x]), float64(pic.Cr[y*pic.CStride+x])
			wantCb, wantCr := wantedChroma(img, img.Cb, 2*x, 2*y, full), wantedChroma(img, img.Cr, 2*x, 2*y, full)
			if math.Abs(cb-wantCb) > 1 || math.Abs(cr-wantCr) > 1 {
				t.Fatalf("%s: chroma at %d,%d is %v %v, want %v %v", where, x, y, cb, cr, wantCb, wantCr)
			}
		}
	}
}

// The reference is JFIF's full-range conversion, brought to limited range.
func TestConvertRGBA(t *testing.T) {
	img := image.NewRGBA(image.Rect(4, 2, 4+16, 2+16))
	for _, c := range []color.RGBA{{0, 0, 0, 255}, {255, 255, 255, 255}, {255, 0, 0, 255}, {0, 255, 0, 255}, {0, 0, 255, 255}, {200, 100, 50, 255}} {
		for y := 2; y < 18; y++ {
			for x := 4; x < 20; x++ {
				img.SetRGBA(x, y, c)
			}
		}
		pic := &call.Picture{}
		if err := convert(pic, img, false); err != nil {
			t.Fatal(err)
		}
		y, cb, cr := color.RGBToYCbCr(c.R, c.G, c.B)
		want := [3]float64{16 + float64(y)*219/255, 128 + (float64(cb)-128)*224/255, 128 + (float64(cr)-128)*224/255}
		last := [3]uint8{pic.Y[len(pic.Y)-1], pic.Cb[len(pic.Cb)-1], pic.Cr[len(pic.Cr)-1]}
		for i, got := range last {
			if math.Abs(float64(got)-want[i]) > 1.5 {
				t.Errorf("%v became %v, want %v", c, last, want)
			}
		}
	}
}

func TestConvertGray(t *testing.T) {
	img := image.NewGray(image.Rect(0, 0, 5, 4))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	pic := &call.Picture{}
	if err := convert(pic, img, true); err != nil {
		t.Fatal(err)
	}
	if pic.Width() != 4 || pic.Y[0] != 235 || pic.Cb[0] != 128 || pic.Cr[0] != 128 {
		t.Errorf("%d wide, %d %d %d", pic.Width(), pic.Y[0], pic.Cb[0], pic.Cr[0])
	}
}

func TestConvertRefusesWhatIsCutShort(t *testing.T) {
	short := slope(image.Rect(0, 0, 64, 48), image.YCbCrSubsampleRatio422)
	short.Cr = short.Cr[:len(short.Cr)-1]
	narrow := slope(image.Rect(0, 0, 64, 48), image.YCbCrSubsampleRatio420)
	narrow.CStride = 31
	empty := slope(image.Rect(4, 4, 68, 52), image.YCbCrSubsampleRatio444)
	empty.Y = nil
	rgba := image.NewRGBA(image.Rect(0, 0, 8, 8))
	rgba.Pix = rgba.Pix[:len(rgba.Pix)-1]
	gray := image.NewGray(image.Rect(0, 0, 8, 8))
	gray.Pix = nil
	for _, img := range []image.Image{short, narrow, empty, rgba, gray, image.NewGray(image.Rect(0, 0, 1, 1)), image.NewCMYK(image.Rect(0, 0, 8, 8))} {
		if err := convert(&call.Picture{}, img, true); err == nil {
			t.Errorf("%T of %v was converted", img, img.Bounds())
		}
	}
}

func BenchmarkConvert(b *testing.B) {
	rect := image.Rect(0, 0, 1280, 720)
	images := map[string]image.Image{"rgba": image.NewRGBA(rect)}
	for _, ratio := range ratios[:4] {
		images[ratio.String()] = slope(rect, ratio)
	}
	for name, img := range images {
		for _, full := range []bool{false, true} {
			b.Run(fmt.Sprintf("%s/full=%v", name, full), func(b *testing.B) {
				pic := call.NewPicture(1280, 720)
				b.ReportAllocs()
				for b.Loop() {
					if err := convert(pic, img, full); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
