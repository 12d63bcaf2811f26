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

// Timeline is the clips of a film in order, without gaps. It is an immutable
// value: every operation returns a new one and leaves its receiver as it was.
// The zero Timeline is the empty film.
type Timeline struct{ clips []Clip }

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
	return Timeline{slices.Clone(clips)}, nil
}

// Len is the number of clips.
func (t Timeline) Len() int { return len(t.clips) }

// Clip returns clip i, 0 <= i < Len.
func (t Timeline) Clip(i int) Clip { return t.clips[i] }

// Clips returns the clips in order; the slice is the caller's.
func (t Timeline) Clips() []Clip { return slices.Clone(t.clips) }

// All yields the clips in order with the time at which each begins.
func (t Timeline) All() iter.Seq2[Time, Clip] {
	return func(yield func(Time, Clip) bool) {
		var start Time
		for _, c := range t.clips {
			if !yield(start, c) {
				return
			}
			start = start.Add(c.Length())
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
	var sum Time
	for _, c := range t.clips[:i] {
		sum = sum.Add(c.Length())
	}
	return sum
}

// Find returns the place of the clip that stands at a time of the film, and
// the time since that clip's beginning. A clip holds its first moment and not
// its last; outside the film there is none.
func (t Timeline) Find(at Time) (i int, since Time, ok bool) {
	if at.Cmp(Time{}) < 0 {
		return 0, Time{}, false
	}
	i = 0
	for start, c := range t.All() {
		if since = at.Sub(start); since.Cmp(c.Length()) < 0 {
			return i, since, true
		}
		i++
	}
	return 0, Time{}, false
}

// NextID returns an id that no clip of the timeline has.
func (t Timeline) NextID() ClipID {
	var highest int64
	for _, c := range t.clips {
		if n, err := strconv.ParseInt(strings.TrimPrefix(string(c.ID), "c"), 10, 32); err == nil {
			highest = max(highest, n)
		}
	}
	return ClipID("c" + strconv.FormatInt(highest+1, 10))
}
