package title

import (
	"errors"
	"fmt"
	"math"

	"parley/editor"
)

// ground is what a card stands on: a colour, or a gradient from one to another.
type ground struct {
	From  string  `json:"from"`  // empty: ground
	To    string  `json:"to"`    // empty: as From
	Angle float64 `json:"angle"` // in which the gradient goes: 0 to the right, 90 down
}

func (g *ground) check() error {
	return errors.Join(color(g.From).check(), color(g.To).check(), number(g.Angle, -360, 360, "angle"))
}

// source is a filter that gives one picture of the ground.
func (g ground) source(t theme, out editor.Output) string {
	from := t.color(g.From, "ground")
	to := from
	if g.To != "" {
		to = t.color(g.To, "")
	}
	if from == to {
		return editor.Ground(from, 1, out)
	}
	a, b := yuv16(from), yuv16(to)
	way := g.way(out)
	// Worked out in 16 bits and dithered, or the gradient would show its steps;
	// and once, because it stands.
	return fmt.Sprintf("color=c=black:s=%dx%d:r=%d/%d,trim=end_frame=1,format=yuv420p16,geq=lum='%s':cb='%s':cr='%s',scale=sws_dither=bayer,format=yuv420p,setsar=1,%s",
		out.Width, out.Height, out.Rate.Num, out.Rate.Den, between(a[0], b[0], way), between(a[1], b[1], way), between(a[2], b[2], way), editor.Tags)
}

// way is an expression of how far a pixel is on the gradient's way, 0 to 1. It
// goes from the corner that is furthest back to the one that is furthest on.
func (g ground) way(out editor.Output) string {
	w, h := float64(out.Width-1), float64(out.Height-1)
	sin, cos := math.Sincos(g.Angle * math.Pi / 180)
	length := math.Abs(cos)*w + math.Abs(sin)*h
	return fmt.Sprintf("(0.5+((X/SW-%.1f)*%.7f+(Y/SH-%.1f)*%.7f))", w/2, cos/length, h/2, sin/length)
}

func between(a, b float64, way string) string { return fmt.Sprintf("%.1f+%.1f*%s", a, b-a, way) }

// yuv16 is a colour in BT.709 of limited range and 16 bits.
func yuv16(c string) [3]float64 {
	r, g, b := rgb(c)
	y := (0.2126*float64(r) + 0.7152*float64(g) + 0.0722*float64(b)) / 255
	cb, cr := (float64(b)/255-y)/1.8556, (float64(r)/255-y)/1.5748
	return [3]float64{(16 + 219*y) * 256, (128 + 224*cb) * 256, (128 + 224*cr) * 256}
}
