package timeline

import (
	"image"
	"math"
)

// joins draws the transitions, where clips overlap.
func (p *painter) joins() {
	if p.g.count() == 0 {
		return
	}
	from, to := p.seen()
	first, last := p.g.between(from, to)
	for i := max(1, first); i <= min(last, p.g.count()-1); i++ {
		if p.g.overlaps[i] > 0 {
			p.join(i)
		}
	}
}

// join draws one: the one clip goes as the other comes.
func (p *painter) join(i int) {
	b := p.s.lanes.film(true).inset(3)
	r := p.across(p.g.x(p.g.starts[i]), p.g.x(p.g.starts[i]+p.g.overlaps[i]), b)
	if r.Dx() < 3 {
		return
	}
	p.wash(r, &p.ink.shade, 120)
	p.wash(r, &p.ink.white, 30)
	hot := p.s.hover.part == onJoin && p.s.hover.i == i || p.s.drag.held && p.s.drag.on.part == onJoin && p.s.drag.on.i == i
	alpha := 0.75
	if hot {
		alpha = 1
	}
	left, right, top, bottom := float64(r.Min.X), float64(r.Max.X), float64(r.Min.Y), float64(r.Max.Y)
	p.line(left, bottom, right, top, 1.3*p.px, &p.ink.white, alpha)
	p.line(left, top, right, bottom, 1.3*p.px, &p.ink.white, alpha*0.5)
	if r.Dx() < p.dots(14) {
		return
	}
	w := max(2, p.dots(2))
	for _, x := range [2]int{r.Min.X, r.Max.X - w} {
		if hot {
			p.fill(image.Rect(x, r.Min.Y, x+w, r.Max.Y), &p.ink.white)
		} else {
			p.wash(image.Rect(x, r.Min.Y, x+w, r.Max.Y), &p.ink.white, 140)
		}
	}
}

// carriedClips draws clips on their way to another place, and the mark of
// where they would go.
func (p *painter) carriedClips() {
	d := &p.s.drag
	if !d.held || !d.meant || d.on.part != onClip {
		return
	}
	clips := p.s.lanes.clips
	gap := p.upright(p.g.gapX(d.gap), band{clips.top - 4, clips.bottom + 4}, 4)
	p.fill(gap, &p.ink.primary)
	p.round(gap, &p.ink.ground)
	n := 0
	for i := range p.s.model.Film.Clips {
		if p.s.chosen(i) {
			n++
		}
	}
	c := &p.s.model.Film.Clips[d.on.i]
	width := math.Min(math.Max(p.g.right(d.on.i)-p.g.left(d.on.i), 70), 170)
	at := band{clips.top + 14, clips.bottom - 10}
	for k := min(n, 3) - 1; k >= 0; k-- {
		by := float64(k) * 5
		r := p.across(d.x-width/2+by, d.x+width/2+by, band{at.top + by, at.bottom + by})
		p.fill(r, &p.ink.primary)
		p.fill(r.Inset(max(1, p.dots(1.5))), &p.ink.tintOf(c).body)
		if k > 0 {
			continue
		}
		inside := r.Inset(max(1, p.dots(1.5)))
		head := inside
		head.Max.Y = head.Min.Y + p.dots(headHeight)
		inside.Min.Y = head.Max.Y
		if c.Picture && !c.Missing {
			if shown := p.s.pictures(d.on.i, c.In); shown != nil {
				p.cover(shown, inside)
			}
		}
		p.head(c, p.ink.tintOf(c), head)
		if n > 1 {
			p.badge(n, r.Max.X, r.Min.Y)
		}
	}
}

// cover draws a picture over a rectangle, as it is or again beside itself.
func (p *painter) cover(shown *image.RGBA, r image.Rectangle) {
	film := p.s.lanes.film(true)
	fitted := p.fit(shown, p.dots(film.bottom)-p.dots(film.top)) // a height at which there is one already
	for y := r.Min.Y; y < r.Max.Y; y += fitted.Rect.Dy() {
		for x := r.Min.X; x < r.Max.X; x += fitted.Rect.Dx() {
			p.picture(fitted, x, image.Rect(x, y, r.Max.X, min(y+fitted.Rect.Dy(), r.Max.Y)))
		}
	}
}

// badge tells how many clips are carried.
func (p *painter) badge(n, x, y int) {
	p.disc(float64(x), float64(y), 10*p.px, &p.ink.primary)
	p.text = appendCount(p.text[:0], n)
	p.figures(&p.names, p.text, x-p.names.width(p.text)/2, y, &p.ink.white)
}
