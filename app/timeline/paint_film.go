package timeline

import (
	"image"
	"image/color"
	"math"

	"parley/editor"
)

// distances are how far apart pictures of a source are taken, in
// milliseconds: few, so that zooming needs few new ones.
var distances = []int64{200, 500, 1000, 2000, 5000, 10000, 30000, 60000, 180000, 600000, 1800000}

// distance is the one at which pictures of a width in pixels stand side by
// side at a scale in pixels a second of the source.
func distance(width, scale float64) int64 {
	for _, ms := range distances {
		if float64(ms)/1000*scale >= width {
			return ms
		}
	}
	return distances[len(distances)-1]
}

// filmOf fills a clip with pictures of its source, each where it is shown.
func (p *painter) filmOf(i int, c *Clip, r image.Rectangle) {
	if r.Dx() < p.dots(4) || r.Dy() < 4 {
		return
	}
	if c.Stands() {
		p.standing(i, c, r)
		return
	}
	in := c.In
	if d := &p.s.drag; d.held && d.meant && d.on.part == onEdge && d.on.i == i && d.on.edge == InEdge {
		in = d.value
	}
	// Where the source's first moment would be, in pixels, and its scale.
	scale := p.g.scale * p.px / c.speed()
	zero := (p.g.x(p.g.starts[i])-p.s.offset)*p.px - in.Float()*scale
	first := p.s.pictures(i, editor.Time{})
	width := float64(r.Dy()) * 16 / 9
	if first != nil {
		width = float64(p.fit(first, r.Dy()).Rect.Dx())
	}
	step := float64(distance(width, scale)) / 1000
	seen := r.Intersect(p.image.Rect)
	shown := first
	for n := math.Floor((float64(seen.Min.X) - zero) / scale / step); ; n++ {
		x := zero + n*step*scale
		if x >= float64(seen.Max.X) {
			return
		}
		if picture := p.s.pictures(i, editor.Rational(int64(max(0, n)*step*1000), 1000)); picture != nil {
			shown = picture
		}
		p.tile(shown, image.Rect(max(int(x), r.Min.X), r.Min.Y, min(int(x+step*scale), r.Max.X), r.Max.Y))
	}
}

// standing fills a clip with the one picture that it shows.
func (p *painter) standing(i int, c *Clip, r image.Rectangle) {
	shown := p.s.pictures(i, c.In)
	if shown == nil {
		return
	}
	width := p.fit(shown, r.Dy()).Rect.Dx() + p.dots(1)
	for x := r.Min.X + max(0, (-r.Min.X)/width*width); x < min(r.Max.X, p.image.Rect.Max.X); x += width {
		p.tile(shown, image.Rect(x, r.Min.Y, min(x+width-p.dots(1), r.Max.X), r.Max.Y))
	}
}

// tile draws a picture into a rectangle, again and again where that is wider.
func (p *painter) tile(shown *image.RGBA, r image.Rectangle) {
	if shown == nil {
		return
	}
	fitted := p.fit(shown, r.Dy())
	for x := r.Min.X; x < r.Max.X; x += fitted.Rect.Dx() {
		p.picture(fitted, x, image.Rect(x, r.Min.Y, r.Max.X, r.Max.Y))
	}
}

func rgba(u *image.Uniform) color.RGBA { return u.C.(color.RGBA) }
