package editor

import (
	"fmt"
	"math"
)

// frame is how a picture is put into a box: turned, cropped, fitted, and moved
// over.
type frame struct {
	scene   *scene
	stream  *Stream
	box     box
	framing Framing
}

// place plans what does not change with time: chain is run first, then the
// picture is turned, cropped and brought into the box, or onto the canvas that
// the camera moves over.
func (f frame) place(g *graph, in string, chain []string, flags string) string {
	if f.stream.VariableSize && !f.framing.plain() {
		// The filters below take the size that the picture has at first.
		even := box{f.stream.Width / 2 * 2, f.stream.Height / 2 * 2}
		chain = append(chain, even.inside(f.stream, flags)...)
		chain = append(chain, even.pad())
	}
	chain = append(chain, f.turn()...)
	if c := f.framing.Crop; c != (Rect{}) && c != Whole {
		chain = append(chain, fmt.Sprintf("crop=w='max(2,2*trunc(iw*%g/2))':h='max(2,2*trunc(ih*%g/2))':x='iw*%g':y='ih*%g'", c.W, c.H, c.X, c.Y))
	}
	switch {
	case f.framing.Pan.Moves():
		chain = append(append(chain, f.canvas().stretch(f.stream, flags)...), tags)
	case f.framing.Fit == FitFill:
		chain = append(append(chain, f.box.cover(f.stream, flags)...), f.box.cut(), tags)
	case f.framing.Fit == FitBlur:
		return f.blurred(g, g.chain(in, append(chain, f.box.inside(f.stream, flags)...)...))
	default:
		chain = append(append(chain, f.box.inside(f.stream, flags)...), f.box.pad(), tags)
	}
	return g.chain(in, chain...)
}

// turn rotates by what the clip asks for; ffmpeg has done what the file asks
// for by then.
func (f frame) turn() []string {
	switch f.framing.Rotate {
	case 90:
		return []string{"transpose=clock"}
	case 180:
		return []string{"hflip", "vflip"}
	case 270:
		return []string{"transpose=cclock"}
	}
	return nil
}

// shape is the size of the picture after turning and cropping, in pixels that
// are square.
func (f frame) shape() (w, h float64) {
	w, h = float64(max(2, f.stream.Width)), float64(max(2, f.stream.Height))
	if f.framing.Rotate%180 != 0 {
		w, h = h, w
	}
	if c := f.framing.Crop; c != (Rect{}) {
		w, h = w*c.W, h*c.H
	}
	return w, h
}

// blurred lays the picture over a copy of itself that fills the box.
func (f frame) blurred(g *graph, in string) string {
	front, back := g.split(in)
	small := box{max(2, f.box.w/8*2), max(2, f.box.h/8*2)}
	back = g.chain(back, append(small.coverPlain(), small.cut(), fmt.Sprintf("gblur=sigma=%d", max(2, small.h/18)),
		"eq=brightness=-0.06", fmt.Sprintf("scale=%d:%d:flags=bicubic", f.box.w, f.box.h), "setsar=1")...)
	return g.chain(back+front, "overlay=x='(W-w)/2':y='(H-h)/2':format=yuv420", tags)
}

// canvas is the size at which the camera moves over the picture: large enough
// for the smallest part that is shown, and no larger than is of use.
func (f frame) canvas() box {
	w, h := f.shape()
	from, to := f.way()
	closest := math.Min(from.W, to.W)
	want := float64(f.box.w) / closest
	scale := math.Min(want/w, math.Max(1, float64(f.box.w)/w))
	scale = math.Min(scale, math.Sqrt(maxCanvas/(w*h)))
	return box{even(w * scale), even(h * scale)}
}

// maxCanvas bounds the picture that the camera moves over, in pixels.
const maxCanvas = 12e6

// way is where the camera goes from and to, both of the box's shape: a part of
// another shape is cut to it.
func (f frame) way() (from, to Rect) {
	w, h := f.shape()
	aspect := float64(f.box.w) / float64(f.box.h) * h / w // of a part, in fractions
	return f.framing.Pan.From.cutTo(aspect), f.framing.Pan.To.cutTo(aspect)
}

// cutTo is the largest part in the middle of r whose width is so many times
// its height.
func (r Rect) cutTo(aspect float64) Rect {
	w, h := r.W, r.H
	if w > h*aspect {
		w = h * aspect
	} else {
		h = w / aspect
	}
	return Rect{r.X + (r.W-w)/2, r.Y + (r.H-h)/2, w, h}
}

// move plans what the camera does. Each corner of the part that is shown is
// computed for each frame, to a fraction of a pixel, so that nothing steps.
func (f frame) move(g *graph, in string) string {
	if !f.framing.Pan.Moves() {
		return in
	}
	from, to := f.way()
	left, right := travel("W", from.X, to.X), travel("W", from.X+from.W, to.X+to.W)
	top, bottom := travel("H", from.Y, to.Y), travel("H", from.Y+from.H, to.Y+to.H)
	done := fmt.Sprintf("(on-1+%d)/%d", f.scene.from, max(1, f.scene.length()-1))
	corner := func(name, where string) string { return fmt.Sprintf("%s='%s'", name, fmt.Sprintf(where, done)) }
	return g.chain(in,
		"perspective="+corner("x0", left)+":"+corner("y0", top)+":"+corner("x1", right)+":"+corner("y1", top)+":"+
			corner("x2", left)+":"+corner("y2", bottom)+":"+corner("x3", right)+":"+corner("y3", bottom)+
			":interpolation=cubic:sense=source:eval=frame",
		fmt.Sprintf("scale=%d:%d:flags=bicubic", f.box.w, f.box.h), "setsar=1", tags)
}

// travel is the expression of an edge that moves, with a verb for how much of
// the way is gone.
func travel(side string, from, to float64) string {
	return fmt.Sprintf("%s*(%.9f+(%.9f)*%%s)", side, from, to-from)
}
