package timeline

import (
	"image"
	"math"

	"parley/editor"
)

// steps are the distances between marks of the ruler that people can count
// with, in seconds.
var steps = []float64{0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 86400}

// labelled is how far apart labels are at least, in units.
const labelled = 72

// stepAt is the distance between labels at a scale.
func stepAt(scale float64) float64 {
	for _, step := range steps {
		if step*scale >= labelled {
			return step
		}
	}
	return steps[len(steps)-1]
}

// ruler draws the film's clock above the clips.
func (p *painter) ruler(s *scene, g *geometry) {
	if g.count() == 0 {
		return
	}
	step := stepAt(g.scale)
	end := g.starts[len(g.starts)-1]
	first, last := p.secondsInView(s, g)
	bottom := p.dots(rulerHeight)
	free := math.MinInt
	for n := math.Floor(first / step); n*step <= min(end, last)+1e-9; n++ {
		x := p.left(s, g.x(n*step))
		if x < free {
			continue
		}
		p.fill(image.Rect(x, bottom-p.dots(6), x+max(1, p.dots(1)), bottom), &p.ink.tick)
		label := p.figures.get(s.length(editor.Seconds(n*step)), p.dots(labelled))
		p.text(label, x+p.dots(4), bottom/2, &p.ink.dim)
		free = x + p.dots(labelled*0.7)
	}
}

// secondsInView are the film's times at the left and right end of what is seen.
func (p *painter) secondsInView(s *scene, g *geometry) (first, last float64) {
	view := float64(p.image.Rect.Dx()) / p.px
	i, _ := g.at(s.offset)
	j, _ := g.at(s.offset + view)
	return g.starts[i] + g.since(i, s.offset), g.starts[j] + g.since(j, s.offset+view)
}
