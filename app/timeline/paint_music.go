package timeline

import "image"

// music draws what lies under the film.
func (p *painter) music() {
	l := p.s.lanes.music
	from, to := p.seen()
	r := p.across(from, to, l)
	p.fill(r, &p.ink.lane)
	tunes := p.s.model.Film.Tunes
	if len(tunes) == 0 {
		p.label(p.small.get(p.s.model.Hint), p.dots(sideSpace), (r.Min.Y+r.Max.Y)/2, r.Max.X, &p.ink.dim, p.dots(10))
		return
	}
	for i := range tunes {
		p.tune(i)
	}
}

// tune draws a piece of music, where it is being carried to.
func (p *painter) tune(i int) {
	m := &p.s.model.Film.Tunes[i]
	at, in, out := m.At.Float(), m.In.Float(), m.Out.Float()
	d := &p.s.drag
	held := d.held && d.on.i == i && (d.on.part == onTune || d.on.part == onTuneEdge)
	if held && d.meant {
		switch {
		case d.on.part == onTune:
			at = d.value.Float()
		case d.on.edge == InEdge:
			at, in = at+d.value.Float()-in, d.value.Float()
		default:
			out = d.value.Float()
		}
	}
	r := p.across(p.g.x(at), p.g.x(at+out-in)-1, p.s.lanes.music.inset(2))
	if !r.Overlaps(p.image.Rect) {
		return
	}
	chosen := p.s.model.Tune == m.ID
	behind := &p.ink.lane
	if chosen {
		behind = p.around()
		frame := r.Inset(-max(1, p.dots(2)))
		p.fill(frame, behind)
		p.round(frame, &p.ink.lane)
	}
	tint := &p.ink.music
	p.fill(r, &tint.body)
	if m.Missing {
		p.hatch(r, &p.ink.missing, max(3, p.dots(7)))
	} else if w := p.s.waves.Tune(i); w != nil {
		fades := [2]float64{m.FadeIn.Float(), m.FadeOut.Float()}
		p.waveform(w, r, at, at+out-in, in, 1, fades, &tint.head)
	}
	left := max(r.Min.X, min(0, r.Max.X-p.dots(60))) + p.dots(6)
	p.label(p.small.get(m.Label), left, r.Min.Y+p.dots(9), r.Max.X-p.dots(4), &tint.text, p.dots(12))
	p.round(r, behind)
	if held || chosen || (p.s.hover.part == onTune || p.s.hover.part == onTuneEdge) && p.s.hover.i == i {
		p.tuneGrips(r)
	}
}

func (p *painter) tuneGrips(r image.Rectangle) {
	if r.Dx() < p.dots(26) {
		return
	}
	middle, half, w := (r.Min.Y+r.Max.Y)/2, p.dots(7), max(2, p.dots(3))
	for _, x := range [2]int{r.Min.X + p.dots(3), r.Max.X - p.dots(3) - w} {
		p.fill(image.Rect(x, middle-half, x+w, middle+half), &p.ink.white)
	}
}

// cues draws a mark for every subtitle.
func (p *painter) cues() {
	b := p.s.lanes.cues
	if b.height() <= 0 {
		return
	}
	from, to := p.seen()
	for _, c := range p.s.model.Film.Cues {
		left, right := p.g.x(c.From.Float()), p.g.x(c.To.Float())
		if right < from || left > to {
			continue
		}
		r := p.across(left, right, b)
		r.Max.X = max(r.Max.X-p.dots(1), r.Min.X+1)
		p.fill(r, &p.ink.hot)
	}
}
