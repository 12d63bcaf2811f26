package timeline

import (
	"image"
	"math"

	"fyne.io/fyne/v2/theme"
)

// painter draws the strip. It is used on one goroutine.
type painter struct {
	brush
	ink   palette
	names labels
	small labels
	px    float64 // pixels a unit
	text  []byte  // what is being written

	s     *scene
	g     *geometry
	strip *Strip
}

// paint draws the strip w x h pixels large. The picture is the painter's and
// is drawn over the next time.
func (p *painter) paint(w, h int, px float64, s *Strip) *image.RGBA {
	p.px, p.s, p.g, p.strip = px, &s.scene, &s.geometry, s
	p.size(w, h, p.dots(5))
	p.names.use(theme.DefaultTextFont(), math.Round(11.5*px))
	p.small.use(theme.DefaultTextFont(), math.Round(10.5*px))
	p.fill(p.image.Rect, &p.ink.ground)
	p.ruler()
	p.music()
	p.clips()
	p.joins()
	p.cues()
	p.markers()
	p.carriedClips()
	p.rubber()
	p.snapLine()
	p.playhead()
	p.scrollBar()
	return p.image
}

// dots is a length in pixels.
func (p *painter) dots(units float64) int { return int(math.Round(units * p.px)) }

// left is where a place of the strip is drawn, in pixels.
func (p *painter) left(x float64) int { return p.dots(x - p.s.offset) }

// across is a band between two places of the strip, in pixels.
func (p *painter) across(left, right float64, b band) image.Rectangle {
	return image.Rect(p.left(left), p.dots(b.top), p.left(right), p.dots(b.bottom))
}

// seen is what is to be seen of the strip, in units.
func (p *painter) seen() (from, to float64) {
	return p.s.offset, p.s.offset + float64(p.image.Rect.Dx())/p.px
}

// upright is a vertical line, in units.
func (p *painter) upright(x float64, b band, width float64) image.Rectangle {
	w := max(1, p.dots(width))
	at := p.left(x) - w/2
	return image.Rect(at, p.dots(b.top), at+w, p.dots(b.bottom))
}

// playhead draws the mark at the present moment, through ruler and lanes.
func (p *painter) playhead() {
	x := p.g.x(p.s.model.Playhead.Float())
	if d := &p.s.drag; d.held && d.meant && (d.on.part == onEdge || d.on.part == onJoin) {
		return // the film moves under it
	}
	l := &p.s.lanes
	p.fill(p.upright(x, band{l.ruler.bottom - 9, l.bar.top}, 1.5), &p.ink.mark)
	at, top := p.left(x), p.dots(l.ruler.bottom-13)
	head, half := p.dots(11), p.dots(5.5)
	for y := range head {
		n := half
		if y > head/2 {
			n = half * (head - y) / (head - head/2)
		}
		p.fill(image.Rect(at-n, top+y, at+n+1, top+y+1), &p.ink.mark)
	}
}

// snapLine shows what something is held at.
func (p *painter) snapLine() {
	d := &p.s.drag
	if !d.held || !d.meant || !d.snapped {
		return
	}
	r := p.upright(p.g.x(d.snap), band{p.s.lanes.ruler.bottom - 6, p.s.lanes.bar.top}, 1.5)
	dash := max(2, p.dots(4))
	for y := r.Min.Y; y < r.Max.Y; y += 2 * dash {
		p.fill(image.Rect(r.Min.X, y, r.Max.X, min(y+dash, r.Max.Y)), &p.ink.snap)
	}
}

// rubber draws the rectangle with which clips are chosen.
func (p *painter) rubber() {
	d := &p.s.drag
	if !d.held || !d.meant || d.on.part != nothing {
		return
	}
	top, bottom := min(d.y, d.fromY), max(d.y, d.fromY)
	r := p.across(min(d.x, d.fromX), max(d.x, d.fromX), band{top, bottom})
	p.wash(r, &p.ink.primary, 50)
	p.frame(r, max(1, p.dots(1)))
}

// frame draws the border of a rectangle.
func (p *painter) frame(r image.Rectangle, w int) {
	p.fill(image.Rect(r.Min.X, r.Min.Y, r.Max.X, r.Min.Y+w), &p.ink.primary)
	p.fill(image.Rect(r.Min.X, r.Max.Y-w, r.Max.X, r.Max.Y), &p.ink.primary)
	p.fill(image.Rect(r.Min.X, r.Min.Y, r.Min.X+w, r.Max.Y), &p.ink.primary)
	p.fill(image.Rect(r.Max.X-w, r.Min.Y, r.Max.X, r.Max.Y), &p.ink.primary)
}

func (p *painter) scrollBar() {
	all, view := p.g.width(), float64(p.image.Rect.Dx())/p.px
	if all <= view {
		return
	}
	left, width := p.dots(p.s.offset/all*view), p.dots(view*view/all)
	b := p.s.lanes.bar.inset(3)
	ink := &p.ink.bar
	if p.s.hover.part == onBar || p.s.drag.held && p.s.drag.on.part == onBar {
		ink, b = &p.ink.hot, p.s.lanes.bar.inset(2)
	}
	r := image.Rect(left, p.dots(b.top), left+max(width, p.dots(24)), p.dots(b.bottom))
	p.fill(r, ink)
	p.round(r, &p.ink.ground)
}
