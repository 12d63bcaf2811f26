package editor

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
)

// ErrRange is what a place outside the timeline, or a time outside a clip, is
// answered with.
var ErrRange = errors.New("out of range")

// Timeline is the clips of a film in order, without gaps, the music under
// them, and what is done to the whole. It is an immutable value: every
// operation returns a new one and leaves its receiver as it was. The zero
// Timeline is the empty film.
type Timeline struct {
	clips  []Clip
	music  []Music // in the order of At
	master Master
}

// NewTimeline returns the film of the clips in order; ErrClip where one of
// them cannot be used or two have one id.
func NewTimeline(clips ...Clip) (Timeline, error) {
	seen := make(map[ClipID]bool, len(clips))
	for _, c := range clips {
		if err := c.Check(); err != nil {
			return Timeline{}, err
		}
		if seen[c.ID] {
			return Timeline{}, fmt.Errorf("%w: two clips have the id %s", ErrClip, c.ID)
		}
		seen[c.ID] = true
	}
	return Timeline{clips: slices.Clone(clips)}, nil
}

// Len is the number of clips.
func (t Timeline) Len() int { return len(t.clips) }

// Clip returns clip i, 0 <= i < Len.
func (t Timeline) Clip(i int) Clip { return t.clips[i] }

// Clips returns the clips in order; the slice is the caller's.
func (t Timeline) Clips() []Clip { return slices.Clone(t.clips) }

// with is the timeline with other clips, which have been checked.
func (t Timeline) with(clips []Clip) Timeline {
	t.clips = clips
	return t
}

// rebuilt is the timeline with other clips, after checking them.
func (t Timeline) rebuilt(clips []Clip) (Timeline, error) {
	next, err := NewTimeline(clips...)
	if err != nil {
		return t, err
	}
	return t.with(next.clips), nil
}

// Overlap is how long clip i and the one before it are seen together: the
// length of its transition, as far as each of the two can spare half of its
// own length; none where it follows by a cut.
func (t Timeline) Overlap(i int) Time {
	if i <= 0 || i >= len(t.clips) || t.clips[i].Transition.Cut() {
		return Time{}
	}
	half := t.clips[i-1].Length().Min(t.clips[i].Length()).Div(Ratio{2, 1})
	return t.clips[i].Transition.Length.Min(half)
}

// All yields the clips in order with the time at which each begins.
func (t Timeline) All() iter.Seq2[Time, Clip] {
	return func(yield func(Time, Clip) bool) {
		var end Time
		for i, c := range t.clips {
			start := end.Sub(t.Overlap(i))
			if !yield(start, c) {
				return
			}
			end = start.Add(c.Length())
		}
	}
}

// Index returns the place of a clip.
func (t Timeline) Index(id ClipID) (int, bool) {
	i := slices.IndexFunc(t.clips, func(c Clip) bool { return c.ID == id })
	return i, i >= 0
}

// Duration is the length of the film.
func (t Timeline) Duration() Time { return t.Start(len(t.clips)) }

// Start is the time at which clip i begins; Start(Len) is the film's end.
func (t Timeline) Start(i int) Time {
	var end Time
	for k, c := range t.clips[:i] {
		end = end.Sub(t.Overlap(k)).Add(c.Length())
	}
	return end.Sub(t.Overlap(i))
}

// Find returns the place of the clip that stands at a time of the film, and
// the time since that clip's beginning. A clip holds its first moment and not
// its last, and of two in a transition it is the later; outside the film there
// is none.
func (t Timeline) Find(at Time) (i int, since Time, ok bool) {
	if at.Cmp(Time{}) < 0 {
		return 0, Time{}, false
	}
	k, last := 0, Time{}
	for start, c := range t.All() {
		if at.Cmp(start) >= 0 {
			i, since, last, ok = k, at.Sub(start), c.Length(), true
		}
		k++
	}
	if !ok || since.Cmp(last) >= 0 {
		return 0, Time{}, false
	}
	return i, since, true
}

// NextID returns an id that no clip of the timeline has.
func (t Timeline) NextID() ClipID { return t.newIDs()() }

// newIDs returns a function that gives ids which no clip of the timeline has,
// another one each time.
func (t Timeline) newIDs() func() ClipID {
	var highest int64
	for _, c := range t.clips {
		if n, err := strconv.ParseInt(strings.TrimPrefix(string(c.ID), "c"), 10, 32); err == nil {
			highest = max(highest, n)
		}
	}
	return func() ClipID {
		highest++
		return ClipID("c" + strconv.FormatInt(highest, 10))
	}
}

// Sources are the paths of all that the film is made from, each once: of its
// clips, their subtitles, and the music.
func (t Timeline) Sources() []string {
	var paths []string
	seen := map[string]bool{"": true}
	add := func(path string) {
		if !seen[path] {
			seen[path] = true
			paths = append(paths, path)
		}
	}
	for _, c := range t.clips {
		add(c.Source)
		add(c.Captions)
	}
	for _, m := range t.music {
		add(m.Source)
	}
	return paths
}
