package timeline

import (
	"image"
	"math"

	"fyne.io/fyne/v2/theme"

	"parley/editor"
)

// scene is what one drawing of the strip shows, besides the clips.
type scene struct {
	clips    []Clip
	selected int
	now      float64 // the playhead, in seconds of the film
	offset   float64 // how far the strip is scrolled
	focused  bool
	drag     drag
	hover    int // clip under the pointer, -1 none
	pictures Pictures
	length   func(editor.Time) string
}

// painter draws scenes. It is used on one goroutine.
type painter struct {
	brush
	ink     palette
	names   labels
	figures labels
	px      float64 // pixels a unit
}

// paint draws the scene w x h pixels large. The picture is the painter's and
// is drawn over the next time.
func (p *painter) paint(w, h int, px float64, s *scene, g *geometry) *image.RGBA {
	p.px = px
	p.size(w, h, p.dots(7))
	p.names.use(theme.DefaultTextFont(), math.Round(12*px))
	p.figures.use(theme.DefaultTextFont(), math.Round(10.5*px))
	p.fill(p.image.Rect, &p.ink.ground)
	p.ruler(s, g)
	for i := range s.clips {
		if i != s.drag.clip || !s.drag.on {
			p.clip(s, g, i)
		}
	}
	if s.drag.on && s.drag.clip < len(s.clips) {
		p.dragged(s, g)
	}
	p.playhead(s, g)
	p.scrollBar(s, g)
	return p.image
}

func (p *painter) dots(units float64) int { return int(math.Round(units * p.px)) }

// left is where a place of the strip is drawn, in pixels.
func (p *painter) left(s *scene, x float64) int { return p.dots(x - s.offset) }

// lane is where the clips are, from top to bottom.
func (p *painter) lane() (top, bottom int) {
	return p.dots(rulerHeight + 4), p.image.Rect.Dy() - p.dots(barHeight+4)
}

func (p *painter) box(s *scene, left, right float64) image.Rectangle {
	top, bottom := p.lane()
	return image.Rect(p.left(s, left), top, p.left(s, right), bottom)
}

func (p *painter) clip(s *scene, g *geometry, i int) {
	r := p.box(s, g.lefts[i], g.right(i))
	if !r.Overlaps(p.image.Rect.Inset(-p.dots(4))) {
		return
	}
	p.block(s, &s.clips[i], r, i == s.selected, i == s.hover)
}

// block draws one clip into a rectangle.
func (p *painter) block(s *scene, c *Clip, r image.Rectangle, selected, hover bool) {
	behind := &p.ink.ground
	if selected {
		behind = &p.ink.primary
		if !s.focused {
			behind = &p.ink.chosen
		}
		frame := r.Inset(-p.dots(2))
		p.fill(frame, behind)
		p.round(frame, &p.ink.ground)
	}
	p.fill(r, p.tint(c))
	p.film(s, c, r)
	band := image.Rect(r.Min.X, r.Max.Y-p.dots(22), r.Max.X, r.Max.Y)
	p.shade(image.Rect(band.Min.X, band.Min.Y-p.dots(10), band.Max.X, band.Max.Y), 0.78)
	p.caption(s, c, band)
	p.round(r, behind)
	if selected || hover {
		p.grips(r)
	}
}

func (p *painter) tint(c *Clip) *image.Uniform {
	switch {
	case c.Missing:
		return &p.ink.missing
	case !c.Picture:
		return &p.ink.sound
	}
	return &p.ink.block
}

// film fills a clip with pictures of its source, each where it is shown.
func (p *painter) film(s *scene, c *Clip, r image.Rectangle) {
	if !c.Picture || c.Missing || r.Dx() < 1 || r.Dy() < 1 {
		return
	}
	first := s.pictures(*c, c.shotAt(c.In))
	width := r.Dy() * 16 / 9
	if first != nil {
		width = p.fit(first, r.Dy()).Rect.Dx()
	}
	step := max(width, 8)
	length := c.Length().Float()
	for x := r.Min.X; x < min(r.Max.X, p.image.Rect.Max.X); x += step {
		if x+step <= 0 {
			continue
		}
		shown := first
		if !c.Still && x > r.Min.X {
			at := c.In.Float() + length*float64(x-r.Min.X)/float64(r.Dx())
			if later := s.pictures(*c, c.shotAt(editor.Seconds(at))); later != nil {
				shown = later
			}
		}
		if shown != nil {
			p.picture(p.fit(shown, r.Dy()), x, image.Rect(x, r.Min.Y, min(x+step, r.Max.X), r.Max.Y))
		}
	}
}

// caption writes the clip's length at the right, and its name before that.
func (p *painter) caption(s *scene, c *Clip, band image.Rectangle) {
	space := p.dots(7)
	middle := (band.Min.Y + band.Max.Y) / 2
	room := band.Dx() - 2*space
	length := p.figures.whole(s.length(c.Length()), room)
	right := band.Max.X - space
	if length != nil {
		right -= length.Rect.Dx()
		p.text(length, right, middle, &p.ink.text)
	}
	left := max(band.Min.X, min(0, band.Max.X-p.dots(120))) + space
	if name := p.names.get(c.Label, right-space-left); name != nil && right-space-left > p.dots(24) {
		p.text(name, left, middle, &p.ink.text)
	}
}

// grips show that the ends of a clip can be pulled.
func (p *painter) grips(r image.Rectangle) {
	if r.Dx() < p.dots(minWidth)-2 {
		return
	}
	middle, half := (r.Min.Y+r.Max.Y)/2, p.dots(11)
	for _, x := range [2]int{r.Min.X + p.dots(4), r.Max.X - p.dots(4) - p.dots(3)} {
		p.fill(image.Rect(x, middle-half, x+p.dots(3), middle+half), &p.ink.light)
	}
}

// dragged draws what is being pulled or carried, on top of everything.
func (p *painter) dragged(s *scene, g *geometry) {
	d, c := &s.drag, s.clips[s.drag.clip]
	left, right := g.lefts[d.clip], g.right(d.clip)
	switch {
	case d.edge == NoEdge:
		p.carried(s, g)
		return
	case d.edge == InEdge:
		left = right - max(minWidth/2, d.length(c)*g.scale)
	default:
		right = left + max(minWidth/2, d.length(c)*g.scale)
	}
	d.apply(&c)
	p.block(s, &c, p.box(s, left, right), true, true)
}

// carried draws a clip on its way to another place, and the mark of where it
// would go.
func (p *painter) carried(s *scene, g *geometry) {
	d := &s.drag
	from := p.box(s, g.lefts[d.clip], g.right(d.clip))
	p.fill(from, &p.ink.hollow)
	p.round(from, &p.ink.ground)
	width := min(g.right(d.clip)-g.lefts[d.clip], 220)
	r := p.box(s, d.x-width/2, d.x+width/2)
	p.block(s, &s.clips[d.clip], r.Sub(image.Pt(0, p.dots(5))), true, false)
	top, bottom := p.lane()
	x := p.left(s, g.lefts[d.to]-clipGap/2)
	p.fill(image.Rect(x-p.dots(2), top-p.dots(6), x+p.dots(2), bottom+p.dots(5)), &p.ink.mark)
}

// playhead draws the mark at the present moment, through ruler and clips.
func (p *painter) playhead(s *scene, g *geometry) {
	if len(s.clips) == 0 || s.drag.on {
		return
	}
	x := p.left(s, g.x(s.now))
	_, bottom := p.lane()
	head, half := p.dots(9), p.dots(5)
	top := p.dots(rulerHeight) - head - p.dots(1)
	p.fill(image.Rect(x-p.dots(0.75), top, x+max(1, p.dots(0.75)), bottom+p.dots(3)), &p.ink.mark)
	for y := range head {
		n := half
		if y > head/2 {
			n = half * (head - y) / (head - head/2)
		}
		p.fill(image.Rect(x-n, top+y, x+n+1, top+y+1), &p.ink.mark)
	}
}

func (p *painter) scrollBar(s *scene, g *geometry) {
	all, view := g.width(), float64(p.image.Rect.Dx())/p.px
	if all <= view {
		return
	}
	left, width := p.dots(s.offset/all*view), p.dots(view*view/all)
	bottom := p.image.Rect.Dy() - p.dots(2)
	p.fill(image.Rect(left, bottom-p.dots(4), left+max(width, p.dots(20)), bottom), &p.ink.bar)
}
