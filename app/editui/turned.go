package editui

import (
	"image"
	"image/draw"

	"parley/editor"
)

// underOf is what the picture under a tool is made of: turned as the clip asks
// for, and cropped where the camera moves over what is left.
type underOf struct {
	from   *image.RGBA // nil until it is made
	rotate int         // degrees clockwise
	part   editor.Rect // of the turned picture
	size   Size        // of the whole turned picture in the source
}

// aspect is exact: that of a small picture is only nearly so.
func (u underOf) aspect() float64 { return u.size.Aspect() * u.part.W / u.part.H }

func (u underOf) picture() *image.RGBA {
	picture := u.from
	if picture == nil {
		return nil
	}
	for range u.rotate / 90 {
		picture = turnedRight(picture)
	}
	if u.part != editor.Whole {
		picture = cutOut(picture, u.part)
	}
	return picture
}

// turnedRight is a picture turned by 90 degrees clockwise.
func turnedRight(from *image.RGBA) *image.RGBA {
	w, h := from.Rect.Dx(), from.Rect.Dy()
	to := image.NewRGBA(image.Rect(0, 0, h, w))
	for y := range h {
		for x := range w {
			src := from.PixOffset(from.Rect.Min.X+x, from.Rect.Min.Y+y)
			dst := to.PixOffset(h-1-y, x)
			copy(to.Pix[dst:dst+4], from.Pix[src:src+4])
		}
	}
	return to
}

// cutOut is a part of a picture. It is a copy, since Fyne takes no sub-images.
func cutOut(from *image.RGBA, part editor.Rect) *image.RGBA {
	w, h := float64(from.Rect.Dx()), float64(from.Rect.Dy())
	r := image.Rect(int(part.X*w), int(part.Y*h), int((part.X+part.W)*w), int((part.Y+part.H)*h))
	to := image.NewRGBA(image.Rect(0, 0, max(1, r.Dx()), max(1, r.Dy())))
	draw.Draw(to, to.Rect, from, from.Rect.Min.Add(r.Min), draw.Src)
	return to
}
