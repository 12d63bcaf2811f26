package editor

import (
	"fmt"
	"unicode/utf8"
)

// Marker is a named moment of a clip; it goes where the clip goes. The film's
// chapters are made from its markers.
type Marker struct {
	At    Time   `json:"at"` // counted as the clip's In is
	Label string `json:"label,omitempty"`

	Extra Extra `json:"-"`
}

// Chapter is a named moment of the film.
type Chapter struct {
	At    Time
	Label string
	Clip  ClipID // whose marker it is
}

// maxLabel bounds a label, in bytes.
const maxLabel = 1000

func (m Marker) check() error {
	if len(m.Label) > maxLabel || !utf8.ValidString(m.Label) {
		return fmt.Errorf("%w: the name of a marker is too long or no text; shorten it", ErrClip)
	}
	if m.At.Cmp(maxTime) > 0 || m.At.Cmp(Time{}.Sub(maxTime)) < 0 {
		return fmt.Errorf("%w: a marker at %s s is not possible", ErrClip, m.At)
	}
	return nil
}

// Chapters are the markers that are in the film, in its order.
func (t Timeline) Chapters() []Chapter {
	var all []Chapter
	for start, c := range t.All() {
		in, out := c.bounds()
		for _, m := range c.Markers {
			if m.At.Cmp(in) >= 0 && m.At.Cmp(out) < 0 {
				all = append(all, Chapter{start.Add(c.Since(m.At)), m.Label, c.ID})
			}
		}
	}
	sortStable(all, func(a, b Chapter) int { return a.At.Cmp(b.At) })
	return all
}
