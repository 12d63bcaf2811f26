package editui

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"parley/editor"
)

// standIn is a small picture of a source laid into the film's frame as the
// film shows it, so that nothing changes its place when the exact picture
// comes. What was made last is kept.
type standIn struct {
	of    *image.RGBA
	shape float64
	made  *image.RGBA
}

// get lays a picture into a frame of a shape, with black beside it.
func (s *standIn) get(of *image.RGBA, shape float64) *image.RGBA {
	if of == nil || of.Rect.Empty() || shape <= 0 {
		return nil
	}
	if s.of != of || s.shape != shape {
		s.of, s.shape, s.made = of, shape, framedIn(of, shape)
	}
	return s.made
}

// framedIn is a picture in the middle of a black one of a shape; itself where
// it has that shape.
func framedIn(of *image.RGBA, shape float64) *image.RGBA {
	w, h := of.Rect.Dx(), of.Rect.Dy()
	wide := max(w, int(math.Round(float64(h)*shape)))
	high := max(h, int(math.Round(float64(w)/shape)))
	if wide-w < 3 && high-h < 3 {
		return of
	}
	frame := image.NewRGBA(image.Rect(0, 0, wide, high))
	draw.Draw(frame, frame.Rect, image.NewUniform(color.Black), image.Point{}, draw.Src)
	at := image.Pt((wide-w)/2, (high-h)/2)
	draw.Draw(frame, of.Rect.Sub(of.Rect.Min).Add(at), of, of.Rect.Min, draw.Src)
	return frame
}

// asItIs says whether the film shows all of a picture, upright and fitted into
// its frame: a picture of the source can then stand for it.
func asItIs(f editor.Framing) bool {
	return (f.Fit == "" || f.Fit == editor.FitInside) && f.Rotate == 0 && (f.Crop == editor.Rect{} || f.Crop == editor.Whole) && !f.Pan.Moves()
}
