package editui

import (
	"fmt"
	"math"

	"parley/editor"
)

// layoutDiagram draws a layout of a call: who is seen where.
func layoutDiagram(l editor.Layout, upright bool) func(ink) string {
	boxes, w, h := l.Boxes, 160.0, 90.0
	if upright {
		w = 90 * 9 / 16.0
		if len(l.Upright) > 0 {
			boxes = l.Upright
		}
	}
	return func(i ink) string {
		x := (160 - w) / 2
		svg := box(x, 0, w, h, 5, i.ground) + frameOf(x+1, 1, w-2, h-2, 2, i.back)
		for _, b := range boxes {
			r := editor.Rect{X: x + b.X*w + 3, Y: b.Y*h + 3, W: b.W*w - 6, H: b.H*h - 6}
			svg += seatDiagram(b.Feed, r, i)
		}
		return svg
	}
}

// seatDiagram draws a person, or a screen, into a box.
func seatDiagram(f editor.Feed, r editor.Rect, i ink) string {
	switch f {
	case editor.MyCamera:
		return box(r.X, r.Y, r.W, r.H, 4, i.soft) + personDiagram(r, i.ground)
	case editor.TheirCamera:
		return box(r.X, r.Y, r.W, r.H, 4, i.accent) + personDiagram(r, i.ground)
	}
	svg := box(r.X, r.Y, r.W, r.H, 4, i.back)
	for n := range 3 {
		y := r.Y + r.H*(0.28+0.2*float64(n))
		svg += stroke(r.X+r.W*0.18, y, r.X+r.W*(0.82-0.16*float64(n)), y, min(5, r.H*0.07), i.line)
	}
	return svg
}

// personDiagram draws head and shoulders.
func personDiagram(r editor.Rect, colour string) string {
	unit := math.Min(r.W, r.H)
	x, head := r.X+r.W/2, r.Y+r.H/2-unit*0.1
	body := r.Y + r.H
	return fmt.Sprintf(`<circle cx="%.2f" cy="%.2f" r="%.2f" fill="%s"/>`, x, head, unit*0.17, colour) +
		fmt.Sprintf(`<path d="M%.2f %.2f a%.2f %.2f 0 0 1 %.2f 0 z" fill="%s"/>`,
			x-unit*0.32, body, unit*0.32, (body-head)-unit*0.24, unit*0.64, colour)
}

// wayDiagram draws a way of the camera.
func wayDiagram(w PanWay) func(ink) string {
	return func(i ink) string {
		svg := box(0, 0, 160, 90, 5, i.ground) + frameOf(1, 1, 158, 88, 2, i.back)
		inner := frameOf(46, 26, 68, 38, 4, i.accent)
		switch w {
		case ZoomIn:
			return svg + inner + corners(14, 10, 40, 23, i.line)
		case ZoomOut:
			return svg + inner + corners(40, 23, 14, 10, i.line)
		case PanLeft:
			return svg + frameOf(10, 18, 70, 54, 4, i.accent) + arrow(138, 45, 62, 45, i.line)
		case PanRight:
			return svg + frameOf(80, 18, 70, 54, 4, i.accent) + arrow(22, 45, 98, 45, i.line)
		case PanUp:
			return svg + frameOf(45, 6, 70, 40, 4, i.accent) + arrow(80, 80, 80, 34, i.line)
		}
		return svg + frameOf(45, 44, 70, 40, 4, i.accent) + arrow(80, 10, 80, 56, i.line)
	}
}

// corners are four arrows between the corners of two rectangles.
func corners(x1, y1, x2, y2 float64, colour string) string {
	svg := ""
	for _, sx := range []float64{0, 160} {
		for _, sy := range []float64{0, 90} {
			from := func(x, y float64) (float64, float64) { return math.Abs(sx - x), math.Abs(sy - y) }
			ax, ay := from(x1, y1)
			bx, by := from(x2, y2)
			svg += arrow(ax, ay, bx, by, colour)
		}
	}
	return svg
}
