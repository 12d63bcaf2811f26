package editor

import (
	"fmt"
	"slices"
)

// MarkerID names a marker of a film until the film changes: the clip that
// carries it, and its place among that clip's markers.
type MarkerID struct {
	Clip ClipID
	N    int
}

// Mark puts a marker at a time of the film.
func (t Timeline) Mark(at Time, label string) (Timeline, MarkerID, error) {
	i, since, ok := t.Find(at)
	if !ok {
		return t, MarkerID{}, fmt.Errorf("%w: %s s is outside the film of %s s", ErrRange, at, t.Duration())
	}
	c := t.clips[i]
	id := MarkerID{c.ID, len(c.Markers)}
	next, err := t.change(c.ID, func(c *Clip) error {
		c.Markers = append(slices.Clip(c.Markers), Marker{At: c.Moment(since), Label: label})
		return nil
	})
	return next, id, err
}

// Marker returns a marker, and where it is in the film.
func (t Timeline) Marker(id MarkerID) (m Marker, at Time, ok bool) {
	i, ok := t.Index(id.Clip)
	if !ok || id.N < 0 || id.N >= len(t.clips[i].Markers) {
		return Marker{}, Time{}, false
	}
	c := t.clips[i]
	m = c.Markers[id.N]
	return m, t.Start(i).Add(c.Since(m.At)), true
}

// Markers yields the ids of the markers that are in the film, clip by clip.
func (t Timeline) Markers() []MarkerID {
	var all []MarkerID
	for _, c := range t.clips {
		in, out := c.bounds()
		for n, m := range c.Markers {
			if m.At.Cmp(in) >= 0 && m.At.Cmp(out) < 0 {
				all = append(all, MarkerID{c.ID, n})
			}
		}
	}
	return all
}

// RenameMarker gives a marker another name.
func (t Timeline) RenameMarker(id MarkerID, label string) (Timeline, error) {
	return t.changeMarkers(id, func(all []Marker) []Marker {
		all[id.N].Label = label
		return all
	})
}

// Unmark takes a marker away.
func (t Timeline) Unmark(id MarkerID) (Timeline, error) {
	return t.changeMarkers(id, func(all []Marker) []Marker { return slices.Delete(all, id.N, id.N+1) })
}

// MoveMarker puts a marker at another time of the film; it may come to another
// clip, and so gets another id.
func (t Timeline) MoveMarker(id MarkerID, at Time) (Timeline, MarkerID, error) {
	m, _, ok := t.Marker(id)
	if !ok {
		return t, id, t.noMarker(id)
	}
	next, err := t.Unmark(id)
	if err != nil {
		return t, id, err
	}
	next, to, err := next.Mark(at, m.Label)
	if err != nil {
		return t, id, err
	}
	return next, to, nil
}

// changeMarkers gives a clip other markers; edit owns what it gets.
func (t Timeline) changeMarkers(id MarkerID, edit func([]Marker) []Marker) (Timeline, error) {
	if _, _, ok := t.Marker(id); !ok {
		return t, t.noMarker(id)
	}
	return t.change(id.Clip, func(c *Clip) error {
		c.Markers = edit(slices.Clone(c.Markers))
		return nil
	})
}

func (t Timeline) noMarker(id MarkerID) error {
	return fmt.Errorf("%w: clip %s has no marker %d", ErrRange, id.Clip, id.N)
}
