package timeline

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	xdraw "golang.org/x/image/draw"
)

// brush draws into a picture that it keeps for as long as its size stays.
type brush struct {
	image  *image.RGBA
	scaled map[*image.RGBA]*image.RGBA // pictures at the strip's height
	height int                         // of them, in pixels
	corner []uint8                     // how much of each pixel a round corner covers, a square
	radius int
}

// maxScaled bounds the scaled pictures that are kept.
const maxScaled = 512

// size makes the picture w x h pixels, and corners of a radius.
func (b *brush) size(w, h, radius int) {
	if b.image == nil || b.image.Rect.Dx() != w || b.image.Rect.Dy() != h {
		b.image = image.NewRGBA(image.Rect(0, 0, w, h))
	}
	if b.corner == nil || b.radius != radius {
		b.radius = radius
		b.corner = cornerOf(radius)
	}
}

// cornerOf is the cover of the top left corner of a round rectangle.
func cornerOf(r int) []uint8 {
	cover := make([]uint8, r*r)
	for y := range r {
		for x := range r {
			d := math.Hypot(float64(r)-float64(x)-0.5, float64(r)-float64(y)-0.5)
			cover[y*r+x] = uint8(255 * max(0, min(1, float64(r)-d+0.5)))
		}
	}
	return cover
}

func (b *brush) fill(r image.Rectangle, u *image.Uniform) {
	draw.Draw(b.image, r, u, image.Point{}, draw.Src)
}

// shade darkens a rectangle, from nothing at its top to share at its bottom.
func (b *brush) shade(r image.Rectangle, share float64) {
	all := r
	r = r.Intersect(b.image.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		part := min(1, 2*float64(y-all.Min.Y+1)/float64(all.Dy()))
		keep := uint32(256 * (1 - share*part))
		row := b.image.Pix[b.image.PixOffset(r.Min.X, y):b.image.PixOffset(r.Max.X, y)]
		for i := 0; i+3 < len(row); i += 4 {
			row[i] = uint8(uint32(row[i]) * keep >> 8)
			row[i+1] = uint8(uint32(row[i+1]) * keep >> 8)
			row[i+2] = uint8(uint32(row[i+2]) * keep >> 8)
		}
	}
}

// round takes the corners off a rectangle; behind them is u.
func (b *brush) round(r image.Rectangle, u *image.Uniform) {
	behind := u.C.(color.RGBA)
	n := min(b.radius, r.Dx()/2, r.Dy()/2)
	for y := range n {
		for x := range n {
			cover := uint32(b.corner[y*b.radius+x])
			b.blend(r.Min.X+x, r.Min.Y+y, behind, 255-cover)
			b.blend(r.Max.X-1-x, r.Min.Y+y, behind, 255-cover)
			b.blend(r.Min.X+x, r.Max.Y-1-y, behind, 255-cover)
			b.blend(r.Max.X-1-x, r.Max.Y-1-y, behind, 255-cover)
		}
	}
}

func (b *brush) blend(x, y int, c color.RGBA, alpha uint32) {
	if alpha == 0 || !image.Pt(x, y).In(b.image.Rect) {
		return
	}
	p := b.image.Pix[b.image.PixOffset(x, y):]
	p[0] = uint8((uint32(p[0])*(255-alpha) + uint32(c.R)*alpha) / 255)
	p[1] = uint8((uint32(p[1])*(255-alpha) + uint32(c.G)*alpha) / 255)
	p[2] = uint8((uint32(p[2])*(255-alpha) + uint32(c.B)*alpha) / 255)
}

// text draws a label with its left end at x and its middle at y.
func (b *brush) text(mask *image.Alpha, x, y int, u *image.Uniform) {
	if mask == nil {
		return
	}
	r := mask.Rect.Add(image.Pt(x, y-mask.Rect.Dy()/2))
	draw.DrawMask(b.image, r, u, image.Point{}, mask, image.Point{}, draw.Over)
}

// picture copies a picture at the strip's height to x, within a rectangle.
func (b *brush) picture(p *image.RGBA, x int, within image.Rectangle) {
	r := image.Rect(x, within.Min.Y, x+p.Rect.Dx(), within.Min.Y+p.Rect.Dy())
	seen := r.Intersect(within)
	draw.Draw(b.image, seen, p, p.Rect.Min.Add(seen.Min.Sub(r.Min)), draw.Src)
}

// fit is a picture scaled to a height.
func (b *brush) fit(p *image.RGBA, height int) *image.RGBA {
	if b.height != height || b.scaled == nil || len(b.scaled) >= maxScaled {
		b.scaled, b.height = map[*image.RGBA]*image.RGBA{}, height
	}
	if s, ok := b.scaled[p]; ok {
		return s
	}
	w := max(1, p.Rect.Dx()*height/max(1, p.Rect.Dy()))
	s := image.NewRGBA(image.Rect(0, 0, w, height))
	xdraw.BiLinear.Scale(s, s.Rect, p, p.Rect, draw.Src, nil)
	b.scaled[p] = s
	return s
}
