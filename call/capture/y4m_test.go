package capture

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"

	"parley/call"
)

// y4mOf is a Y4M file whose pictures have so many bytes each, the first all of
// value 100, the next 101 and so on.
func y4mOf(header string, size, count int) []byte {
	file := []byte(header + "\n")
	for i := range count {
		file = append(file, "FRAME Ip\n"...)
		file = append(file, bytes.Repeat([]byte{byte(100 + i)}, size)...)
	}
	return file
}

func openBytes(file []byte) (*y4m, error) {
	return newY4M(bytes.NewReader(file), int64(len(file)))
}

func TestY4MKinds(t *testing.T) {
	for _, test := range []struct {
		header        string
		size          int // of a picture, in bytes
		width, height int
		fps           float64
		want          [3]uint8 // of the first picture's pixels
	}{
		{"YUV4MPEG2 W4 H2 F30000:1001 Ip A1:1 C420mpeg2", 12, 4, 2, 30000.0 / 1001, [3]uint8{100, 100, 100}},
		{"YUV4MPEG2 W4 H2 F25:1", 12, 4, 2, 25, [3]uint8{100, 100, 100}},
		{"YUV4MPEG2 C420paldv H2 W4", 12, 4, 2, 25, [3]uint8{100, 100, 100}},
		{"YUV4MPEG2 W4 H2 F0:0 C420jpeg XYSCSS=420JPEG XCOLORRANGE=LIMITED", 12, 4, 2, 25, [3]uint8{100, 100, 100}},
		{"YUV4MPEG2 W4 H2 F50:1 C420jpeg XCOLORRANGE=FULL", 12, 4, 2, 50, [3]uint8{102, 103, 103}},
		{"YUV4MPEG2 W5 H3 F24:1 C420", 27, 4, 2, 24, [3]uint8{100, 100, 100}},
		{"YUV4MPEG2 W4 H2 F24:1 C422", 16, 4, 2, 24, [3]uint8{100, 100, 100}},
		{"YUV4MPEG2 W4 H2 F24:1 C444", 24, 4, 2, 24, [3]uint8{100, 100, 100}},
		{"YUV4MPEG2 W8 H2 F24:1 C411", 24, 8, 2, 24, [3]uint8{100, 100, 100}},
		{"YUV4MPEG2 W4 H2 F24:1 Cmono", 8, 4, 2, 24, [3]uint8{100, 128, 128}},
		{"YUV4MPEG2 W4 H2 F24:1 Cmono XCOLORRANGE=FULL", 8, 4, 2, 24, [3]uint8{102, 128, 128}},
	} {
		y, err := openBytes(y4mOf(test.header, test.size, 3))
		if err != nil {
			t.Errorf("%s: %v", test.header, err)
			continue
		}
		pic := &call.Picture{}
		if err := y.next(pic); err != nil {
			t.Errorf("%s: %v", test.header, err)
			continue
		}
		if pic.Width() != test.width || pic.Height() != test.height || math.Abs(y.header.fps-test.fps) > 1e-9 || at(pic, test.width-1, test.height-1) != test.want {
			t.Errorf("%s: %dx%d at %v, of %v", test.header, pic.Width(), pic.Height(), y.header.fps, at(pic, 0, 0))
		}
	}
}

func TestY4MBeginsAnew(t *testing.T) {
	for name, file := range map[string][]byte{
		"whole":          y4mOf("YUV4MPEG2 W4 H2 F25:1", 12, 3),
		"cut short":      y4mOf("YUV4MPEG2 W4 H2 F25:1", 12, 4)[:22+1+4*21-3],
		"cut in a line":  y4mOf("YUV4MPEG2 W4 H2 F25:1", 12, 4)[:22+1+3*21+4],
		"converted, cut": y4mOf("YUV4MPEG2 W4 H2 F25:1 C444", 24, 4)[:27+1+4*33-30],
	} {
		y, err := openBytes(file)
		if err != nil {
			t.Fatal(err)
		}
		pic := &call.Picture{}
		for i := range 10 {
			if err := y.next(pic); err != nil {
				t.Fatalf("%s: picture %d: %v", name, i, err)
			}
			if want := byte(100 + i%3); pic.Y[7] != want || pic.Cr[1] != want {
				t.Errorf("%s: picture %d is %d, want %d", name, i, pic.Y[7], want)
			}
		}
		if n, err := y.skip(7); n != 7 || err != nil {
			t.Errorf("%s: skipped %d, %v", name, n, err)
		}
		if err := y.next(pic); err != nil || pic.Y[0] != 100+17%3 {
			t.Errorf("%s: after skipping %d, %v", name, pic.Y[0], err)
		}
	}
}

func TestY4MRefuses(t *testing.T) {
	body := strings.Repeat("x\n", 500)
	for header, others := range map[string]bool{
		"":                              true,
		"RIFF":                          true,
		"YUV4MPEG2 W4 H2 F25:1 C420p10": true,
		"YUV4MPEG2 W4 H2 C444alpha":     true,
		"YUV4MPEG2":                     false,
		"YUV4MPEG2 W4":                  false,
		"YUV4MPEG2 W0 H2":               false,
		"YUV4MPEG2 W-4 H2":              false,
		"YUV4MPEG2 W1 H1":               false,
		"YUV4MPEG2 W99999999999999 H2":  false,
		"YUV4MPEG2 W8192 H8192 F25:1":   false, // larger than the file
		"YUV4MPEG2 W4 H2 F25":           false,
		"YUV4MPEG2 W4 H2 F1:0":          false,
		"YUV4MPEG2 W4 H2 F1:100":        false,
		"YUV4MPEG2 W4 H2 F9999:1":       false,
		"YUV4MPEG2 W4 H2 X" + strings.Repeat("y", y4mLongestLine): false,
	} {
		_, err := openBytes([]byte(header + "\n" + body))
		if err == nil || errors.Is(err, errNotY4M) != others {
			t.Errorf("%.40q: %v", header, err)
		}
	}
	y, err := openBytes([]byte("YUV4MPEG2 W4 H2 F25:1\n" + body))
	if err != nil {
		t.Fatal(err)
	}
	if err := y.next(&call.Picture{}); err == nil || !strings.Contains(err.Error(), "damaged") {
		t.Errorf("pictures without a beginning: %v", err)
	}
}

// A file that loses its content while it is played must not be read for ever.
func TestY4MThatShrinks(t *testing.T) {
	whole := y4mOf("YUV4MPEG2 W4 H2 F25:1", 12, 3)
	y, err := newY4M(bytes.NewReader(whole[:40]), int64(len(whole)))
	if err != nil {
		t.Fatal(err)
	}
	if err := y.next(&call.Picture{}); err == nil || errors.Is(err, io.EOF) {
		t.Errorf("said %v", err)
	}
	if _, err := y.skip(5); err == nil {
		t.Error("skipped what is not there")
	}
}

func FuzzY4M(f *testing.F) {
	f.Add(y4mOf("YUV4MPEG2 W4 H2 F30000:1001 Ip A1:1 C420mpeg2 XCOLORRANGE=FULL", 12, 2))
	f.Add(y4mOf("YUV4MPEG2 W5 H3 C422", 27, 2))
	f.Add(y4mOf("YUV4MPEG2 W4 H4 Cmono", 16, 3))
	f.Add([]byte("YUV4MPEG2 W8192 H8192\nFRAME\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		y, err := openBytes(file)
		if err != nil {
			return
		}
		h := y.header
		if h.frameSize() > int64(len(file)) || !(h.fps >= 0.1 && h.fps <= y4mFastest) {
			t.Fatalf("took %+v of a file of %d bytes", h, len(file))
		}
		pic := &call.Picture{}
		for range 5 {
			if err := y.next(pic); err != nil {
				return
			}
			if pic.Width() != h.width&^1 || pic.Height() != h.height&^1 {
				t.Fatalf("%dx%d of %+v", pic.Width(), pic.Height(), h)
			}
			if _, err := y.skip(2); err != nil {
				return
			}
		}
	})
}

func BenchmarkY4M(b *testing.B) {
	for _, kind := range []string{"C420", "C420 XCOLORRANGE=FULL"} {
		b.Run(strings.ReplaceAll(kind, " ", ""), func(b *testing.B) {
			y, err := openBytes(y4mOf(fmt.Sprintf("YUV4MPEG2 W1280 H720 F30:1 %s", kind), 1280*720*3/2, 3))
			if err != nil {
				b.Fatal(err)
			}
			pic := call.NewPicture(1280, 720)
			b.ReportAllocs()
			for b.Loop() {
				if err := y.next(pic); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
