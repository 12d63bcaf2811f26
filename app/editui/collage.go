package editui

import (
	"image"
	"image/color"
	"strconv"

	"golang.org/x/image/draw"

	"parley/editor"
)

// collage is the pictures of a call as they lie in a small frame.
type collage struct {
	frame  image.Point
	ground color.RGBA
	parts  []collagePart
}

// collagePart is one of them.
type collagePart struct {
	still
	box  image.Rectangle
	fill bool // what sticks out of the box is cut off
}

// collageOf lays out a shot of a call as the film does, but for round corners.
func collageOf(s editor.Source, q shot, effects editor.Effects) collage {
	c := collage{frame: q.frame, ground: color.RGBA{A: 255}}
	out := editor.Output{Width: q.frame.X, Height: q.frame.Y}
	placed, err := effects.Compose(q.arrangement, s.Recording, func(t editor.Track) bool { return s.Tracks[t.ID] != nil }, out)
	if err != nil { // the layout is not installed; making the film says so
		placed, err = editor.Effects{}.Compose(editor.SideBySide, s.Recording, nil, out)
	}
	if err != nil {
		return c
	}
	c.ground = groundOf(placed.Ground)
	for _, p := range placed.Boxes {
		since := q.at.Sub(editor.Rational(p.Track.OffsetNS, 1e9)).Max(editor.Time{})
		c.parts = append(c.parts, collagePart{
			still{s.Recording.TrackPath(p.Track), since}, image.Rect(p.X, p.Y, p.X+p.W, p.Y+p.H), p.Fit == editor.FitFill,
		})
	}
	return c
}

// groundOf is "#rrggbb"; anything else is black.
func groundOf(text string) color.RGBA {
	if editor.IsColor(text) {
		if n, err := strconv.ParseUint(text[1:], 16, 24); err == nil {
			return color.RGBA{uint8(n >> 16), uint8(n >> 8), uint8(n), 255}
		}
	}
	return color.RGBA{A: 255}
}

// begin is the frame without pictures.
func (c collage) begin() *image.RGBA {
	all := image.NewRGBA(image.Rectangle{Max: c.frame})
	draw.Draw(all, all.Rect, image.NewUniform(c.ground), image.Point{}, draw.Src)
	return all
}

// ask is the size in which the picture of a part is to be made.
func (p collagePart) ask() image.Point {
	if p.fill {
		return p.box.Size().Mul(2) // there has to be enough of it to be cut
	}
	return p.box.Size()
}

// lay puts a picture into its box.
func (p collagePart) lay(on, picture *image.RGBA) {
	from := picture.Rect
	to := shapedIn(from.Size(), p.box)
	if p.fill {
		from, to = shapedIn(p.box.Size(), from), p.box
	}
	draw.ApproxBiLinear.Scale(on, to, picture, from, draw.Src, nil)
}

// shapedIn is the largest part of a rectangle, in its middle, that has a size's
// shape.
func shapedIn(size image.Point, box image.Rectangle) image.Rectangle {
	w, h := box.Dx(), box.Dy()
	if w*size.Y > h*size.X {
		w = h * size.X / max(1, size.Y)
	} else {
		h = w * size.Y / max(1, size.X)
	}
	at := box.Min.Add(image.Pt((box.Dx()-w)/2, (box.Dy()-h)/2))
	return image.Rectangle{at, at.Add(image.Pt(w, h))}
}
