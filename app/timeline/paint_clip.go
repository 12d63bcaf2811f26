package timeline

import (
	"image"
	"math"

	"parley/editor"
)

// clips draws the clips that are seen; the chosen ones last, so that their
// frames lie on top.
func (p *painter) clips() {
	from, to := p.seen()
	first, last := p.g.between(from, to)
	for _, chosen := range [2]bool{false, true} {
		for i := first; i < last; i++ {
			if p.s.chosen(i) == chosen {
				p.clip(i, chosen)
			}
		}
	}
}

func (p *painter) clip(i int, chosen bool) {
	c := &p.s.model.Film.Clips[i]
	r := p.across(p.g.left(i), p.g.right(i), p.s.lanes.clips)
	if r.Max.X <= r.Min.X {
		r.Max.X = r.Min.X + 1
	}
	behind := &p.ink.ground
	if chosen {
		behind = p.around()
		frame := r.Inset(-max(2, p.dots(2)))
		p.fill(frame, behind)
		if r.Dx() > p.dots(6) {
			p.round(frame, &p.ink.ground)
		}
	}
	p.block(i, c, r)
	if r.Dx() > p.dots(6) {
		p.round(r, behind)
	}
	if d := &p.s.drag; d.held && d.meant && d.on.part == onClip && chosen { // it is being carried
		p.wash(r, &p.ink.ground, 150)
		return
	}
	if p.s.hot(i) || chosen {
		p.grips(r)
		p.handles(i)
	}
}

// around is the colour of the frame of a chosen clip: a quiet one while keys
// go elsewhere.
func (p *painter) around() *image.Uniform {
	if p.s.focused {
		return &p.ink.primary
	}
	return &p.ink.chosen
}

// block draws what is in a clip.
func (p *painter) block(i int, c *Clip, r image.Rectangle) {
	tint := p.ink.tintOf(c)
	p.fill(r, &tint.body)
	l := &p.s.lanes
	switch {
	case c.Missing:
		p.hatch(r, &p.ink.missing, max(3, p.dots(7)))
	default:
		if c.Picture {
			film := l.film(c.Sound)
			p.filmOf(i, c, image.Rect(r.Min.X, p.dots(film.top), r.Max.X, p.dots(film.bottom)))
		}
		if c.Sound {
			p.soundOf(i, c, tint, r)
		}
	}
	p.titlesOf(c, r)
	p.head(c, tint, image.Rect(r.Min.X, r.Min.Y, r.Max.X, p.dots(l.head().bottom)))
}

// head writes the clip's name, and its length at the right.
func (p *painter) head(c *Clip, tint *tint, r image.Rectangle) {
	p.fill(r, &tint.head)
	if c.Missing {
		p.fill(r, &p.ink.missing)
	}
	space := p.dots(6)
	left := max(r.Min.X, min(0, r.Max.X-p.dots(90))) + space
	right := r.Max.X - space
	if right-left < p.dots(16) {
		return
	}
	middle := (r.Min.Y + r.Max.Y) / 2
	p.text = appendLength(p.text[:0], p.lengthOf(c))
	if w := p.small.width(p.text); right-left > w+p.dots(44) {
		right -= w
		p.figures(&p.small, p.text, right, middle, &tint.dim)
		right -= p.dots(8)
	}
	p.label(p.names.get(c.Label), left, middle, right, &tint.text, p.dots(14))
}

// lengthOf is how long a clip is, while it is pulled too.
func (p *painter) lengthOf(c *Clip) float64 {
	if d := &p.s.drag; d.held && d.meant && d.on.part == onEdge && c == &p.s.model.Film.Clips[d.on.i] {
		return lengthWith(c, d.on.edge, d.value)
	}
	return c.Length.Float()
}

// titlesOf draws the texts on a clip as bars over its pictures.
func (p *painter) titlesOf(c *Clip, r image.Rectangle) {
	if len(c.Titles) == 0 || c.Kind == editor.TitleClip {
		return
	}
	top := p.s.lanes.head().bottom + 3
	start := c.Start.Float()
	for n := range c.Titles {
		t := &c.Titles[n]
		bar := p.across(p.g.x(start+t.From.Float()), p.g.x(start+t.To.Float()), band{top, top + titleBar})
		bar.Min.X, bar.Max.X = max(bar.Min.X, r.Min.X+p.dots(2)), min(bar.Max.X, r.Max.X-p.dots(2))
		if bar.Dx() < p.dots(3) {
			continue
		}
		p.wash(bar, &p.ink.title, 225)
		p.label(p.small.get(t.Text), max(bar.Min.X, 0)+p.dots(5), (bar.Min.Y+bar.Max.Y)/2, bar.Max.X-p.dots(3), &p.ink.white, p.dots(10))
	}
}

// soundOf draws how loud a clip is.
func (p *painter) soundOf(i int, c *Clip, tint *tint, r image.Rectangle) {
	b := p.s.lanes.wave(c.Picture)
	r.Min.Y, r.Max.Y = p.dots(b.top), p.dots(b.bottom)
	p.wash(r, &p.ink.shade, 40)
	w := p.s.waves.Clip(i)
	if w == nil {
		return
	}
	start := p.g.starts[i]
	speed, in := c.speed(), c.In.Float()
	if d := &p.s.drag; d.held && d.meant && d.on.part == onEdge && d.on.i == i && d.on.edge == InEdge && !c.Stands() {
		in = d.value.Float()
	}
	ink := &tint.wave
	if c.Mute {
		ink = &tint.head
	}
	p.waveform(w, r, start, p.g.starts[i]+p.g.lengths[i], in, speed, p.fadesOf(i, c), ink)
}

// fadesOf are the lengths of a clip's fades, while they are pulled too.
func (p *painter) fadesOf(i int, c *Clip) [2]float64 {
	fades := [2]float64{c.FadeIn.Float(), c.FadeOut.Float()}
	if d := &p.s.drag; d.held && d.meant && d.on.part == onFade && d.on.i == i {
		fades[d.on.edge-InEdge] = d.value.Float()
	}
	return fades
}

// waveform draws the part of a sound that is heard from one second of the film
// to another, with its fades, into a rectangle of pixels.
func (p *painter) waveform(w *editor.Waveform, r image.Rectangle, from, to, in, speed float64, fades [2]float64, ink *image.Uniform) {
	colour := rgba(ink)
	seen := r.Intersect(p.image.Rect)
	height := float64(r.Dy()) - 2
	second := 1 / (p.g.scale * p.px)
	at := p.g.second(p.s.offset) + float64(seen.Min.X)*second
	for x := seen.Min.X; x < seen.Max.X; x++ {
		moment := in + (at-from)*speed
		peak := w.Between(moment, moment+second*speed)
		loud := float64(max(int(peak.High), -int(peak.Low))) / 128
		if fades[0] > 0 {
			loud *= max(0, min(1, (at-from)/fades[0]))
		}
		if fades[1] > 0 {
			loud *= max(0, min(1, (to-at)/fades[1]))
		}
		p.column(x, float64(r.Max.Y)-height*math.Sqrt(loud)-0.6, r.Max.Y, colour)
		at += second
	}
}

// grips show that the ends of a clip can be pulled.
func (p *painter) grips(r image.Rectangle) {
	if r.Dx() < p.dots(26) {
		return
	}
	head := p.dots(p.s.lanes.head().bottom)
	middle, half := (head+r.Max.Y)/2, p.dots(10)
	w := max(2, p.dots(3))
	for _, x := range [2]int{r.Min.X + p.dots(3), r.Max.X - p.dots(3) - w} {
		p.wash(image.Rect(x-1, middle-half-1, x+w+1, middle+half+1), &p.ink.shade, 90)
		p.fill(image.Rect(x, middle-half, x+w, middle+half), &p.ink.white)
	}
}

// handles draws the handles of the fades, with the lines that they make.
func (p *painter) handles(i int) {
	if !p.strip.fades(i) {
		return
	}
	c := &p.s.model.Film.Clips[i]
	b := p.s.lanes.wave(c.Picture)
	fades := p.fadesOf(i, c)
	in, out := p.strip.fadeXs(i)
	start, end := p.g.x(p.g.starts[i]), p.g.x(p.g.starts[i]+p.g.lengths[i])
	if fades[0] > 0 {
		in = start + fades[0]*p.g.scale
	}
	if fades[1] > 0 {
		out = end - fades[1]*p.g.scale
	}
	top, bottom := b.top*p.px, b.bottom*p.px
	off := func(x float64) float64 { return (x - p.s.offset) * p.px }
	if fades[0] > 0 {
		p.line(off(start), bottom, off(in), top, 1.2*p.px, &p.ink.white, 0.8)
	}
	if fades[1] > 0 {
		p.line(off(out), top, off(end), bottom, 1.2*p.px, &p.ink.white, 0.8)
	}
	for _, x := range [2]float64{in, out} {
		p.disc(off(x), top, 4.5*p.px, &p.ink.shade)
		p.disc(off(x), top, 3.2*p.px, &p.ink.white)
	}
}
