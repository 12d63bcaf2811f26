package timeline

import (
	"image"
	"math"
	"strconv"
)

// steps are the distances between the ruler's labels that people can count
// with, in seconds; below a second it counts frames.
var (
	steps      = []float64{1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 86400}
	frameSteps = []float64{1, 2, 5, 10}
)

// labelled is how far apart labels are at least, in units.
const labelled = 64

// stepAt is the distance between labels at a scale in units a second, and how
// many marks it is parted into; in frames where a second has whole numbers of
// them and there is room.
func stepAt(scale, rate float64) (step float64, parts int, frames bool) {
	for _, n := range frameSteps {
		if rate > 0 && n/rate*scale >= labelled && n < rate/2 && int(math.Round(rate))%int(n) == 0 {
			return n, int(min(n, 5)), true
		}
	}
	for _, step := range steps {
		if step*scale >= labelled {
			return step, partsOf(step), false
		}
	}
	return steps[len(steps)-1], 4, false
}

func partsOf(step float64) int {
	switch step {
	case 15, 900:
		return 3
	case 30, 1800:
		return 6
	case 60, 120, 3600, 7200, 14400, 86400:
		return 4
	}
	return 5
}

// ruler draws the film's clock above the clips.
func (p *painter) ruler() {
	l := p.s.lanes.ruler
	p.fill(image.Rect(0, 0, p.image.Rect.Max.X, p.dots(l.bottom)), &p.ink.ruler)
	p.fill(image.Rect(0, p.dots(l.bottom)-1, p.image.Rect.Max.X, p.dots(l.bottom)), &p.ink.separator)
	if p.g.count() == 0 {
		return
	}
	rate := p.s.model.Film.Rate.Float()
	step, parts, frames := stepAt(p.g.scale, rate)
	from, to := p.seen()
	if frames {
		p.frames(int(step), parts, rate, max(0, p.g.second(from)), p.g.second(to))
		return
	}
	for n := math.Floor(max(0, p.g.second(from)) / step); p.g.x(n*step) <= to; n++ {
		x := p.g.x(n * step)
		p.tick(x, 7)
		p.text = appendClock(p.text[:0], int64(n*step))
		p.written(x, &p.ink.dim)
		for k := 1; k < parts; k++ {
			p.tick(x+step*p.g.scale*float64(k)/float64(parts), 3)
		}
	}
}

// frames draws the ruler where frames can be told apart.
func (p *painter) frames(step, parts int, rate, from, to float64) {
	for second := math.Floor(from); second <= to; second++ {
		for k := 0; k < int(math.Round(rate)); k += step {
			x := p.g.x(second + float64(k)/rate)
			p.tick(x, 7)
			if k == 0 {
				p.text = appendClock(p.text[:0], int64(second))
				p.written(x, &p.ink.text)
			} else {
				p.text = append(strconv.AppendInt(p.text[:0], int64(k), 10), 'f')
				p.written(x, &p.ink.dim)
			}
			for n := 1; n < parts; n++ {
				p.tick(x+float64(step)/rate*p.g.scale*float64(n)/float64(parts), 3)
			}
		}
	}
}

// written writes p.text beside a mark of the ruler.
func (p *painter) written(x float64, ink *image.Uniform) {
	p.figures(&p.small, p.text, p.left(x)+p.dots(4), p.dots(p.s.lanes.ruler.top+9.5), ink)
}

func (p *painter) tick(x, height float64) {
	b := p.s.lanes.ruler
	p.fill(p.upright(x, band{b.bottom - height, b.bottom - 1}, 1), &p.ink.tick)
}

func appendCount(b []byte, n int) []byte { return strconv.AppendInt(b, int64(n), 10) }
