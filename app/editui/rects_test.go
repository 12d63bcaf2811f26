package editui

import (
	"math"
	"math/rand/v2"
	"testing"

	"parley/editor"
)

func TestRectangles(t *testing.T) {
	r := func(x, y, w, h float64) editor.Rect { return editor.Rect{X: x, Y: y, W: w, H: h} }
	half := r(0.25, 0.25, 0.5, 0.5)
	tests := []struct {
		name      string
		got, want editor.Rect
	}{
		{"largest of a wide shape", largest(2), r(0, 0.25, 1, 0.5)},
		{"largest of a high shape", largest(0.5), r(0.25, 0, 0.5, 1)},
		{"shaped keeps its part of all", shaped(r(0.25, 0.25, 0.5, 0.5), 4), r(0.25, 0.4375, 0.5, 0.125)},
		{"shaped to all of it", shaped(r(0.25, 0, 0.5, 1), 4), r(0, 0.375, 1, 0.25)},
		{"widest in a half", widest(half, 2), r(0.25, 0.375, 0.5, 0.25)},
		{"scaled down", scaled(half, 0.5), r(0.375, 0.375, 0.25, 0.25)},
		{"scaled beyond the picture", scaled(half, 9), r(0, 0, 1, 1)},
		{"scaled to nothing", scaled(half, 0), r(0.475, 0.475, 0.05, 0.05)},
		{"moved", moved(half, 0.1, -0.1), r(0.35, 0.15, 0.5, 0.5)},
		{"moved out", moved(half, 1, -1), r(0.5, 0, 0.5, 0.5)},
		{"pulled at the right", pulled(half, corner{1, 0}, 0.9, 0, 0), r(0.25, 0.25, 0.65, 0.5)},
		{"pulled at a corner", pulled(half, corner{-1, -1}, 0.1, 0.2, 0), r(0.1, 0.2, 0.65, 0.55)},
		{"pulled through itself", pulled(half, corner{1, 1}, 0, 0, 0), r(0.25, 0.25, 0.05, 0.05)},
		{"pulled out of the picture", pulled(half, corner{1, 1}, 3, 3, 0), r(0.25, 0.25, 0.75, 0.75)},
		{"pulled in shape at a corner", pulled(half, corner{1, 1}, 0.9, 0.4, 1), r(0.25, 0.25, 0.65, 0.65)},
		{"pulled in shape at an edge", pulled(half, corner{1, 0}, 0.65, 0, 1), r(0.25, 0.3, 0.4, 0.4)},
		{"pulled in shape out of the picture", pulled(half, corner{-1, -1}, -1, -1, 2), r(0, 0.375, 0.75, 0.375)},
		{"quarter", quarter(r(0.1, 0.2, 0.3, 0.4)), r(0.4, 0.1, 0.4, 0.3)},
	}
	for _, tt := range tests {
		if !sameRect(tt.got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, tt.got, tt.want)
		}
	}
}

// However a rectangle is pulled, it stays in the picture, keeps its shape, and
// does not vanish.
func TestPulledRectanglesStayInThePicture(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		shape := math.Exp(rnd.Float64()*3 - 1.5)
		from := scaled(largest(shape), 0.1+0.9*rnd.Float64())
		from = moved(from, rnd.Float64()-0.5, rnd.Float64()-0.5)
		c := corner{rnd.IntN(3) - 1, rnd.IntN(3) - 1}
		if c == (corner{}) {
			continue
		}
		got := pulled(from, c, 3*rnd.Float64()-1, 3*rnd.Float64()-1, shape)
		outside := got.X < -1e-9 || got.Y < -1e-9 || got.X+got.W > 1+1e-9 || got.Y+got.H > 1+1e-9
		if outside || math.Abs(got.W/got.H/shape-1) > 1e-6 || got.W < smallestPart-1e-9 || got.H < smallestPart-1e-9 {
			t.Fatalf("%v pulled at %v in shape %g became %v", from, c, shape, got)
		}
	}
}
