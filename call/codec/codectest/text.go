package codectest

import (
	"image"
	"image/color"
	"image/draw"
	"testing"
	"time"

	"golang.org/x/image/font"
	"golang.org/x/image/font/basicfont"
	"golang.org/x/image/math/fixed"

	"parley/call"
)

// page is a picture full of small black text on white, as an editor's window:
// another text for each number.
func page(width, height, number int) *call.Picture {
	img := image.NewGray(image.Rect(0, 0, width, height))
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	d := font.Drawer{Dst: img, Src: image.NewUniform(color.Gray{16}), Face: basicfont.Face7x13}
	for y := 13; y < height; y += 15 {
		d.Dot = fixed.P(8+number%5*7, y)
		line := make([]byte, (width-60)/7*(40+(y*7+number*13)%60)/100)
		for i := range line {
			line[i] = byte(33 + (i*i+7*y+31*number+i*y)%94)
		}
		d.DrawString(string(line))
	}
	pic := call.NewPicture(width, height)
	for y := range height {
		for x, v := range img.Pix[y*img.Stride:][:width] {
			pic.Y[y*pic.YStride+x] = byte(16 + int(v)*219/255)
		}
	}
	fill(pic.Cb, 128)
	fill(pic.Cr, 128)
	return pic
}

// screenText shows pages of text at a thin rate: each has to be readable soon,
// and sharp when it has stood for three seconds.
func screenText(t *testing.T, codec call.VideoCodec) {
	const fps = 10
	cfg := config(1280, 720, fps, 700_000)
	cfg.Screen = true
	k := newTalk(t, codec, cfg)
	at := time.Unix(1_000_000_000, 0)
	for n := range 3 {
		pic := page(1280, 720, n)
		var soon, late float64
		sent, largest := 0, 0
		for i := range 3 * fps {
			at = at.Add(time.Second / fps)
			pic.At = at
			unit, _, ok := k.encode(pic)
			if !ok {
				continue
			}
			sent, largest = sent+1, max(largest, len(unit))
			late = PSNR(pic, k.mustShow(unit))
			if i < fps {
				soon = late
			}
		}
		t.Logf("page %d: %.1f dB within a second, %.1f dB after three, %d pictures sent, the largest %d kB", n, soon, late, sent, largest/1000)
		if soon < 22 || late < 32 {
			t.Errorf("page %d: %.1f dB within a second, want 22, %.1f dB after three, want 32", n, soon, late)
		}
	}
}
