package timeline

import (
	"math"
	"slices"
	"sort"

	"parley/editor"
)

// snapReach is how near something has to come to jump to what it may be at,
// in units.
const snapReach = 8

// snaps are the seconds of the film at which what is dragged likes to be.
type snaps struct {
	seconds []float64 // ascending
	exact   []editor.Time
}

// gather takes the cuts, the markers, the music's ends and the playhead; those
// of what is dragged itself are left out.
func (n *snaps) gather(s *Strip, d *drag) {
	n.exact = append(n.exact[:0], editor.Time{})
	f := s.film()
	if d.on.part != onRuler {
		n.exact = append(n.exact, s.model.Playhead)
	}
	for i := range f.Clips {
		c := &f.Clips[i]
		if d.on.part == onEdge && i >= d.on.i {
			break // they move along
		}
		n.exact = append(n.exact, c.Start)
		if i == len(f.Clips)-1 {
			n.exact = append(n.exact, c.Start.Add(c.Length))
		}
	}
	for i := range f.Markers {
		if d.on.part != onMarker || d.on.i != i {
			n.exact = append(n.exact, f.Markers[i].At)
		}
	}
	for i := range f.Tunes {
		if m := &f.Tunes[i]; d.on.part != onTune && d.on.part != onTuneEdge || d.on.i != i {
			n.exact = append(n.exact, m.At, m.At.Add(m.Out.Sub(m.In)))
		}
	}
	slices.SortFunc(n.exact, editor.Time.Cmp)
	n.seconds = n.seconds[:0]
	for _, t := range n.exact {
		n.seconds = append(n.seconds, t.Float())
	}
}

// near is what is nearest to a second, within a reach in seconds.
func (n *snaps) near(second, within float64) (editor.Time, bool) {
	k := sort.SearchFloat64s(n.seconds, second)
	best, found := -1, within
	for _, i := range [2]int{k - 1, k} {
		if i < 0 || i >= len(n.seconds) {
			continue
		}
		if off := math.Abs(n.seconds[i] - second); off <= found {
			best, found = i, off
		}
	}
	if best < 0 {
		return editor.Time{}, false
	}
	return n.exact[best], true
}
