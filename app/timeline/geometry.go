package timeline

import (
	"sort"

	"parley/editor"
)

// Sizes of the strip, in Fyne's units.
const (
	clipGap   = 2 // between clips
	edgeReach = 7 // of the ends of a clip that trim it
	sideSpace = 12
)

// Scales, in units a second.
const (
	largestFit = 60   // so that one picture does not fill the strip
	largest    = 2400 // frames can be told apart
	smallest   = 0.01
)

// geometry is where things stand: the film's clock, from the strip's left end,
// in Fyne's units. Times are seconds.
type geometry struct {
	scale    float64   // units a second
	starts   []float64 // of each clip
	lengths  []float64
	overlaps []float64 // of each clip with the one before it
	end      float64   // of the film
}

// take takes the film's times.
func (g *geometry) take(clips []Clip) {
	g.starts, g.lengths, g.overlaps = g.starts[:0], g.lengths[:0], g.overlaps[:0]
	g.end = 0
	for i := range clips {
		c := &clips[i]
		g.starts = append(g.starts, c.Start.Float())
		g.lengths = append(g.lengths, c.Length.Float())
		g.overlaps = append(g.overlaps, c.Overlap.Float())
	}
	if n := len(clips); n > 0 {
		g.end = g.starts[n-1] + g.lengths[n-1]
	}
}

// shift gives clip i another length, and has what follows move along.
func (g *geometry) shift(i int, length float64) {
	by := length - g.lengths[i]
	g.lengths[i] = length
	for k := i + 1; k < len(g.starts); k++ {
		g.starts[k] += by
	}
	g.end += by
}

// join gives the transition into clip i another length.
func (g *geometry) join(i int, overlap float64) {
	by := g.overlaps[i] - overlap
	g.overlaps[i] = overlap
	for k := i; k < len(g.starts); k++ {
		g.starts[k] += by
	}
	g.end += by
}

// fitting is the scale at which a film of seconds fills a width, with room to
// pull the last clip longer.
func fitting(seconds, width float64) float64 {
	if seconds <= 0 {
		return largestFit
	}
	return max(smallest, min(largestFit, (width-2*sideSpace)*0.94/seconds))
}

// count is the number of clips.
func (g *geometry) count() int { return len(g.starts) }

// width is that of the whole film and the space around it.
func (g *geometry) width() float64 { return g.end*g.scale + 2*sideSpace }

// x is where a second of the film is.
func (g *geometry) x(second float64) float64 { return sideSpace + second*g.scale }

// second is the reverse of x.
func (g *geometry) second(x float64) float64 { return (x - sideSpace) / g.scale }

// body is where clip i is drawn, in seconds: two that overlap share what they
// have in common.
func (g *geometry) body(i int) (from, to float64) {
	from, to = g.starts[i]+g.overlaps[i]/2, g.starts[i]+g.lengths[i]
	if i+1 < len(g.starts) {
		to -= g.overlaps[i+1] / 2
	}
	return from, to
}

// left and right are the ends of the body of clip i, without the gap.
func (g *geometry) left(i int) float64 {
	from, _ := g.body(i)
	return g.x(from)
}

func (g *geometry) right(i int) float64 {
	_, to := g.body(i)
	return max(g.left(i)+1, g.x(to)-clipGap)
}

// at is the clip whose body is at x, and whether there is one; before the
// first and after the last it is the nearest.
func (g *geometry) at(x float64) (int, bool) {
	n := g.count()
	if n == 0 {
		return 0, false
	}
	i := sort.Search(n, func(i int) bool { return g.left(i) > x }) - 1
	inside := i >= 0 && x < g.x(g.end)
	return max(0, min(i, n-1)), inside
}

// between are the clips that are seen from one place to another: first to
// last-1.
func (g *geometry) between(from, to float64) (first, last int) {
	first, _ = g.at(from)
	last = first + sort.Search(g.count()-first, func(i int) bool { return g.left(first+i) > to })
	return first, last
}

// gap is the place between clips nearest to x: 0 before the first.
func (g *geometry) gap(x float64) int {
	i, inside := g.at(x)
	switch {
	case g.count() == 0 || !inside && x <= g.x(0):
		return 0
	case x > (g.left(i)+g.right(i))/2:
		return i + 1
	}
	return i
}

// gapX is where the gap before clip i is.
func (g *geometry) gapX(i int) float64 {
	if i < g.count() {
		return g.left(i) - clipGap/2
	}
	return g.x(g.end)
}

// edge is the end of clip i that x takes hold of.
func (g *geometry) edge(i int, x float64) Edge {
	left, right := g.left(i), g.right(i)
	return edgeOf(left, right, x)
}

func edgeOf(left, right, x float64) Edge {
	reach := min(edgeReach, (right-left)/4)
	switch {
	case x < left+reach:
		return InEdge
	case x > right-reach:
		return OutEdge
	}
	return NoEdge
}

// frame is the time of the film's frame that is nearest to a second.
func frame(second float64, rate editor.Ratio) editor.Time {
	return round(editor.Seconds(max(0, second)), rate)
}

func round(t editor.Time, rate editor.Ratio) editor.Time {
	if !rate.Known() {
		rate = editor.Ratio{Num: 1000, Den: 1}
	}
	return editor.Frames(t.FrameRound(rate), rate)
}
