package timeline

import (
	"math"

	"parley/editor"
)

// part is what of the strip the pointer can be on.
type part int

const (
	nothing part = iota
	onRuler
	onMarker
	onClip
	onEdge // of a clip
	onJoin // an end of the transition into a clip
	onFade // the handle of a fade
	onTune
	onTuneEdge
	onBar // the scroll bar
)

// target is what the pointer is on.
type target struct {
	part part
	i    int  // of the clip, tune or marker
	edge Edge // of it
}

// reach is how near the pointer has to be to a handle, in units.
const reach = 7

// find is what is at a place of the strip; x counts from its left end as if
// it were not scrolled.
func (s *Strip) find(x, y float64) target {
	l := &s.scene.lanes
	switch {
	case l.ruler.holds(y):
		if i, ok := s.markerAt(x); ok {
			return target{part: onMarker, i: i}
		}
		return target{part: onRuler}
	case y >= l.bar.top && s.scrolls():
		return target{part: onBar}
	case l.clips.holds(y):
		return s.clipAt(x, y)
	case l.music.holds(y):
		return s.tuneAt(x)
	}
	return target{}
}

func (s *Strip) scrolls() bool { return s.geometry.width() > float64(s.Size().Width) }

// markerAt is the marker whose flag is at x; of two the later, which is drawn
// on top.
func (s *Strip) markerAt(x float64) (int, bool) {
	for i := len(s.film().Markers) - 1; i >= 0; i-- {
		at := s.geometry.x(s.film().Markers[i].At.Float())
		if x >= at-3 && x <= at+flagWidth+2 {
			return i, true
		}
	}
	return 0, false
}

func (s *Strip) clipAt(x, y float64) target {
	g := &s.geometry
	if t, ok := s.joinAt(x, y); ok {
		return t
	}
	i, inside := g.at(x)
	if !inside {
		return target{}
	}
	if e := s.fadeAt(i, x, y); e != NoEdge {
		return target{onFade, i, e}
	}
	if e := g.edge(i, x); e != NoEdge {
		return target{onEdge, i, e}
	}
	return target{part: onClip, i: i}
}

// joinAt is the end of a transition at a place. Its clips meet in its middle,
// so that it reaches into both.
func (s *Strip) joinAt(x, y float64) (target, bool) {
	g := &s.geometry
	if g.count() == 0 || !s.scene.lanes.film(true).holds(y) {
		return target{}, false
	}
	i, _ := g.at(x)
	for k := i; k <= i+1 && k < g.count(); k++ {
		if g.overlaps[k] <= 0 {
			continue
		}
		left, right := g.x(g.starts[k]), g.x(g.starts[k]+g.overlaps[k])
		switch grip := min(reach, (right-left)/3+3); {
		case math.Abs(x-left) <= grip:
			return target{onJoin, k, InEdge}, true
		case math.Abs(x-right) <= grip:
			return target{onJoin, k, OutEdge}, true
		case x > left && x < right:
			return target{part: onClip, i: k}, true
		}
	}
	return target{}, false
}

// fadeAt is the handle of a fade of a chosen clip, or the one under the
// pointer, at a place.
func (s *Strip) fadeAt(i int, x, y float64) Edge {
	c := &s.film().Clips[i]
	if !s.fades(i) {
		return NoEdge
	}
	top := s.scene.lanes.wave(c.Picture).top
	if y < top-reach || y > top+reach+2 {
		return NoEdge
	}
	in, out := s.fadeXs(i)
	switch {
	case math.Abs(x-out) <= reach:
		return OutEdge
	case math.Abs(x-in) <= reach:
		return InEdge
	}
	return NoEdge
}

// fades tells whether clip i has handles for fades, which need room.
func (s *Strip) fades(i int) bool {
	c := &s.film().Clips[i]
	return c.Sound && !c.Mute && !c.Missing && s.geometry.right(i)-s.geometry.left(i) > 60
}

// fadeXs are where the handles of the fades of clip i are.
func (s *Strip) fadeXs(i int) (in, out float64) {
	c, g := &s.film().Clips[i], &s.geometry
	in = g.x(g.starts[i] + c.FadeIn.Float())
	out = g.x(g.starts[i] + g.lengths[i] - c.FadeOut.Float())
	if c.FadeIn == (editor.Time{}) { // beside the grip that trims
		in = g.left(i) + 16
	}
	if c.FadeOut == (editor.Time{}) {
		out = g.right(i) - 16
	}
	return in, out
}

func (s *Strip) tuneAt(x float64) target {
	for i := len(s.film().Tunes) - 1; i >= 0; i-- {
		left, right := s.tuneXs(i)
		if x < left || x > right {
			continue
		}
		if e := edgeOf(left, right, x); e != NoEdge {
			return target{onTuneEdge, i, e}
		}
		return target{part: onTune, i: i}
	}
	return target{}
}

// tuneXs are the ends of a piece of music.
func (s *Strip) tuneXs(i int) (left, right float64) {
	m := &s.film().Tunes[i]
	at := m.At.Float()
	return s.geometry.x(at), s.geometry.x(at + m.Out.Sub(m.In).Float())
}
