package editui

import (
	"math"

	"parley/editor"
)

// Rectangles are parts of a picture in fractions of its size. Their shape is
// given as W/H in those fractions: shapeOf leads there from pixels.

// smallestPart bounds how far a person can go into a picture.
const smallestPart = 0.05

// shapeOf is the shape of a rectangle that is as many heights wide as aspect,
// in a picture that is as many heights wide as picture.
func shapeOf(aspect, picture float64) float64 { return aspect / picture }

// largest is the largest rectangle of a shape, in the middle.
func largest(shape float64) editor.Rect {
	w, h := min(1, shape), min(1, 1/shape)
	return editor.Rect{X: (1 - w) / 2, Y: (1 - h) / 2, W: w, H: h}
}

// shaped is the rectangle of a shape that has the middle of another, and is as
// much of the largest one that there is.
func shaped(r editor.Rect, shape float64) editor.Rect {
	part := r.W / largest(r.W/r.H).W
	all := largest(shape)
	return inside(around(r, all.W*part, all.H*part))
}

// widest is the largest rectangle of a shape that lies in another.
func widest(r editor.Rect, shape float64) editor.Rect {
	h := min(r.H, r.W/shape)
	return around(r, h*shape, h)
}

// scaled is a rectangle made larger or smaller around its middle, as far as
// that goes.
func scaled(r editor.Rect, by float64) editor.Rect {
	by = min(by, 1/r.W, 1/r.H)
	by = max(by, smallestPart/r.W, smallestPart/r.H)
	return inside(around(r, r.W*by, r.H*by))
}

// moved is a rectangle that was pushed, as far as the picture goes.
func moved(r editor.Rect, dx, dy float64) editor.Rect {
	r.X += dx
	r.Y += dy
	return inside(r)
}

func around(r editor.Rect, w, h float64) editor.Rect {
	return editor.Rect{X: r.X + (r.W-w)/2, Y: r.Y + (r.H-h)/2, W: w, H: h}
}

// inside pushes a rectangle that is no larger than the picture back into it.
func inside(r editor.Rect) editor.Rect {
	r.W, r.H = min(r.W, 1), min(r.H, 1)
	r.X = max(0, min(r.X, 1-r.W))
	r.Y = max(0, min(r.Y, 1-r.H))
	return r
}

// corner names an edge or corner of a rectangle: -1, 0 or 1 in each direction.
type corner struct{ x, y int }

// pulled is a rectangle of which an edge or corner was drawn to a place. A
// shape above 0 is kept.
func pulled(r editor.Rect, c corner, x, y, shape float64) editor.Rect {
	left, top, right, bottom := r.X, r.Y, r.X+r.W, r.Y+r.H
	switch c.x {
	case -1:
		left = max(0, min(x, right-smallestPart))
	case 1:
		right = min(1, max(x, left+smallestPart))
	}
	switch c.y {
	case -1:
		top = max(0, min(y, bottom-smallestPart))
	case 1:
		bottom = min(1, max(y, top+smallestPart))
	}
	free := editor.Rect{X: left, Y: top, W: right - left, H: bottom - top}
	if shape <= 0 {
		return free
	}
	return anchored(r, free, c, shape)
}

// anchored gives a pulled rectangle its shape: what lies opposite the corner
// that is drawn stays where it was.
func anchored(before, free editor.Rect, c corner, shape float64) editor.Rect {
	h := free.H
	switch {
	case c.y == 0:
		h = free.W / shape
	case c.x != 0:
		h = max(free.H, free.W/shape)
	}
	fixedX, roomX := anchor(before.X, before.W, c.x)
	fixedY, roomY := anchor(before.Y, before.H, c.y)
	h = max(min(h, roomY, roomX/shape), smallestPart, smallestPart/shape)
	w := h * shape
	return inside(editor.Rect{X: fixedX - w*(1-float64(c.x))/2, Y: fixedY - h*(1-float64(c.y))/2, W: w, H: h})
}

// anchor is what stays of an extent when its end in a direction is pulled, and
// how long the extent can become then.
func anchor(from, length float64, direction int) (fixed, room float64) {
	switch direction {
	case -1:
		return from + length, from + length
	case 1:
		return from, 1 - from
	}
	middle := from + length/2
	return middle, 2 * min(middle, 1-middle)
}

// sameRect compares as far as a person can see.
func sameRect(a, b editor.Rect) bool {
	near := func(x, y float64) bool { return math.Abs(x-y) < 1e-4 }
	return near(a.X, b.X) && near(a.Y, b.Y) && near(a.W, b.W) && near(a.H, b.H)
}
