//go:build endtoend

package endtoend

import (
	"image"
	"image/color"
	"math"

	"parley/call"
)

// Colours of the program's dark theme, by which its buttons are found.
var (
	primary = color.RGBA{0x3d, 0x7b, 0xff, 0xff}
	danger  = color.RGBA{0xe5, 0x48, 0x4d, 0xff}
	welcome = color.RGBA{0x2f, 0xa9, 0x68, 0xff}
	warning = color.RGBA{0xd9, 0x9a, 0x2b, 0xff}
)

// shadesApart is how far a button's colour may be off, each part of it: the
// pointer and the focus brighten it.
const shadesApart = 26

func alike(a, b color.RGBA) bool {
	near := func(x, y uint8) bool { return max(x, y)-min(x, y) <= shadesApart }
	return near(a.R, b.R) && near(a.G, b.G) && near(a.B, b.B)
}

// patch is the largest patch of a colour within part of a screenshot, given by
// shares of its height. It is empty where there is none of least pixels.
func patch(img *image.RGBA, c color.RGBA, top, bottom float64, least int) image.Rectangle {
	b := img.Bounds()
	area := image.Rect(0, int(top*float64(b.Dy())), b.Dx(), int(bottom*float64(b.Dy())))
	seen := map[image.Point]bool{}
	var best image.Rectangle
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			at := image.Pt(x, y)
			if seen[at] || !alike(img.RGBAAt(x, y), c) {
				continue
			}
			if r, n := flood(img, c, at, area, seen); n >= least {
				best, least = r, n
			}
		}
	}
	return best
}

// flood measures the patch around a pixel.
func flood(img *image.RGBA, c color.RGBA, from image.Point, area image.Rectangle, seen map[image.Point]bool) (r image.Rectangle, n int) {
	stack := []image.Point{from}
	seen[from] = true
	for len(stack) > 0 {
		at := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		r = r.Union(image.Rectangle{at, at.Add(image.Pt(1, 1))})
		n++
		for _, d := range []image.Point{{1, 0}, {-1, 0}, {0, 1}, {0, -1}} {
			if next := at.Add(d); next.In(area) && !seen[next] && alike(img.RGBAAt(next.X, next.Y), c) {
				seen[next] = true
				stack = append(stack, next)
			}
		}
	}
	return r, n
}

func middle(r image.Rectangle) image.Point { return r.Min.Add(r.Max).Div(2) }

// The test pattern's bars after the first, by which of red, green and blue
// are in them.
var bars = []uint8{0b110, 0b011, 0b010, 0b101, 0b100, 0b001}

// barOf tells the bar's colour of a pixel, or 255 for none.
func barOf(c color.RGBA) uint8 {
	var bits uint8
	for _, v := range []uint8{c.R, c.G, c.B} {
		bits <<= 1
		switch {
		case v > 120:
			bits |= 1
		case v > 85:
			return 255
		}
	}
	return bits
}

// patterns finds the test patterns in a screenshot by their bars, the widest
// first. What lies over a picture does not matter as long as one row of its
// bars is free.
func patterns(img *image.RGBA) []image.Rectangle {
	var found []image.Rectangle
	for y := range img.Bounds().Dy() {
		for _, r := range barsInRow(img, y) {
			if !overlapsAny(found, r) {
				found = append(found, r)
			}
		}
	}
	for i := range found {
		for j := range i {
			if found[i].Dx() > found[j].Dx() {
				found[i], found[j] = found[j], found[i]
			}
		}
	}
	return found
}

// overlapsAny says whether a picture is found already: a lower row of it was.
func overlapsAny(found []image.Rectangle, r image.Rectangle) bool {
	for _, f := range found {
		if r.Min.In(f) && r.Dx()-f.Dx() < 16 && f.Dx()-r.Dx() < 16 {
			return true
		}
	}
	return false
}

// run is a stretch of one colour in a row.
type run struct {
	bar  uint8
	x, n int
}

func barsInRow(img *image.RGBA, y int) (found []image.Rectangle) {
	var runs []run
	for x := range img.Bounds().Dx() {
		bar := barOf(img.RGBAAt(x, y))
		if n := len(runs); n > 0 && runs[n-1].bar == bar {
			runs[n-1].n++
			continue
		}
		runs = append(runs, run{bar, x, 1})
	}
	var wide []run
	for _, r := range runs {
		if r.n >= 8 {
			wide = append(wide, r)
		}
	}
	for i := 0; i+len(bars) <= len(wide); i++ {
		if r, ok := pattern(wide[i:i+len(bars)], y); ok {
			found = append(found, r)
		}
	}
	return found
}

// pattern is the picture whose bars are these runs in its uppermost row.
func pattern(runs []run, y int) (image.Rectangle, bool) {
	last := runs[len(runs)-1]
	width := float64(last.x+last.n-runs[0].x) / float64(len(bars))
	for i, r := range runs {
		off := float64(r.x-runs[0].x) - float64(i)*width
		if r.bar != bars[i] || math.Abs(off) > 4 || math.Abs(float64(r.n)-width) > 5 {
			return image.Rectangle{}, false
		}
	}
	left, w := float64(runs[0].x)-width, 8*width
	return image.Rect(int(left+0.5), y, int(left+w+0.5), y+int(w*9/16+0.5)), true
}

// mark reads the bar code of a test pattern in a screenshot.
func mark(img *image.RGBA, at image.Rectangle) (call.Mark, bool) {
	pic := call.NewPicture(at.Dx(), at.Dy())
	for y := range at.Dy() {
		for x := range at.Dx() {
			c := img.RGBAAt(at.Min.X+x, at.Min.Y+y)
			pic.Y[y*pic.YStride+x] = uint8((299*int(c.R) + 587*int(c.G) + 114*int(c.B)) / 1000)
		}
	}
	return call.ReadMark(pic)
}

// changed is the mean difference, 0 to 255, in the upper left of a picture
// between two screenshots, where nothing lies over it.
func changed(a, b *image.RGBA, at image.Rectangle) float64 {
	sum, n := 0.0, 0.0
	for y := at.Min.Y + at.Dy()/5; y < at.Min.Y+at.Dy()*3/4; y += 3 {
		for x := at.Min.X + at.Dx()/20; x < at.Min.X+at.Dx()*3/5; x += 3 {
			p, q := a.RGBAAt(x, y), b.RGBAAt(x, y)
			sum += math.Abs(float64(p.G) - float64(q.G))
			n++
		}
	}
	return sum / max(n, 1)
}
