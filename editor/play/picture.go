package play

import "image"

// picture is a frame of the film.
type picture struct {
	image.RGBA
	place place
}

// place says what a frame shows, whatever its number in the film: the run that
// makes its span, as a text, and the frame's number in that.
type place struct {
	span string
	at   int64
}

func newPicture(w, h int) *picture {
	return &picture{RGBA: image.RGBA{Pix: make([]byte, w*h*4), Stride: w * 4, Rect: image.Rect(0, 0, w, h)}}
}
