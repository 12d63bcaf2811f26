package timeline

import (
	"sort"

	"parley/editor"
)

// Sizes of the strip, in Fyne's units.
const (
	rulerHeight = 22
	barHeight   = 8 // of the scroll bar, with the space above it
	clipGap     = 2
	minWidth    = 34 // of a clip, so that it can be seen and taken hold of
	edgeWidth   = 9  // of the ends of a clip that trim it
	sideSpace   = 10
)

// geometry is where the clips stand, from the strip's left end, in Fyne's
// units. Time is linear inside a clip; clips that would be too narrow are
// wider than their time.
type geometry struct {
	scale  float64   // units a second
	lefts  []float64 // of each clip, and the end of the last
	starts []float64 // seconds at which each begins, and the film ends
}

func (g *geometry) lay(clips []Clip, scale float64) {
	g.scale = scale
	g.lefts, g.starts = g.lefts[:0], g.starts[:0]
	x, at := float64(sideSpace), 0.0
	for i := range clips {
		g.lefts, g.starts = append(g.lefts, x), append(g.starts, at)
		length := clips[i].Length().Float()
		x += widthOf(length, scale)
		at += length
	}
	g.lefts, g.starts = append(g.lefts, x), append(g.starts, at)
}

// widthOf is the width of a clip with the gap behind it.
func widthOf(seconds, scale float64) float64 { return max(minWidth, seconds*scale) + clipGap }

// fitting is the scale at which clips of a length fill a width, with room to
// pull the last one longer, but not so large that a picture fills the strip.
func fitting(seconds float64, clips int, width float64) float64 {
	if seconds <= 0 {
		return largestFit
	}
	room := width - 2*sideSpace - float64(clips)*clipGap
	return max(smallest, min(largestFit, room*0.96/seconds))
}

// Scales, in units a second.
const (
	largestFit = 48
	largest    = 600
	smallest   = 0.02
)

// width is that of all clips and the space around them.
func (g *geometry) width() float64 { return g.lefts[len(g.lefts)-1] + sideSpace }

// count is the number of clips.
func (g *geometry) count() int { return len(g.lefts) - 1 }

// right is where clip i ends, without the gap.
func (g *geometry) right(i int) float64 { return g.lefts[i+1] - clipGap }

// at is the clip at x, and whether there is one; before the first and after
// the last it is the nearest.
func (g *geometry) at(x float64) (int, bool) {
	n := g.count()
	if n == 0 {
		return 0, false
	}
	i := sort.SearchFloat64s(g.lefts, x)
	if i == len(g.lefts) || g.lefts[i] > x {
		i--
	}
	inside := i >= 0 && i < n
	return max(0, min(i, n-1)), inside
}

// x is where a second of the film is.
func (g *geometry) x(second float64) float64 {
	n := g.count()
	if n == 0 {
		return sideSpace
	}
	i := sort.SearchFloat64s(g.starts, second)
	if i == len(g.starts) || g.starts[i] > second {
		i--
	}
	i = max(0, min(i, n-1))
	length := g.starts[i+1] - g.starts[i]
	if length <= 0 {
		return g.lefts[i]
	}
	part := max(0, min(1, (second-g.starts[i])/length))
	return g.lefts[i] + part*(g.right(i)-g.lefts[i])
}

// since is how far into clip i the place x is, in seconds.
func (g *geometry) since(i int, x float64) float64 {
	part := (x - g.lefts[i]) / (g.right(i) - g.lefts[i])
	return max(0, min(1, part)) * (g.starts[i+1] - g.starts[i])
}

// gap is the place between clips nearest to x: 0 before the first.
func (g *geometry) gap(x float64) int {
	i, ok := g.at(x)
	if !ok && (g.count() == 0 || x < g.lefts[0]) {
		return 0
	}
	if x > (g.lefts[i]+g.right(i))/2 {
		return i + 1
	}
	return i
}

// edge is the end of clip i that x takes hold of.
func (g *geometry) edge(i int, x float64) Edge {
	reach := min(edgeWidth, (g.right(i)-g.lefts[i])/4)
	switch {
	case x < g.lefts[i]+reach:
		return InEdge
	case x > g.right(i)-reach:
		return OutEdge
	}
	return NoEdge
}

// trimmed is what an end of a clip becomes when it is pulled by seconds: a
// whole frame where the clip has frames, within what is possible.
func trimmed(c Clip, e Edge, by float64) editor.Time {
	shortest := editor.Rational(1, 10)
	if c.Still {
		if e == InEdge {
			by = -by
		}
		return round(c.Duration.Add(editor.Seconds(by)), editor.Ratio{Num: 20, Den: 1}).Max(shortest)
	}
	shortest = shortest.Min(c.Length())
	if e == InEdge {
		in := round(c.In.Add(editor.Seconds(by)), c.Rate)
		return in.Max(editor.Time{}).Min(c.Out.Sub(shortest))
	}
	out := round(c.Out.Add(editor.Seconds(by)), c.Rate)
	return out.Min(c.Available).Max(c.In.Add(shortest))
}

func round(t editor.Time, rate editor.Ratio) editor.Time {
	if !rate.Known() {
		rate = editor.Ratio{Num: 1000, Den: 1}
	}
	return editor.Frames(t.FrameRound(rate), rate)
}
