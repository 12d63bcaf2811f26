package editor

import (
	"fmt"
	"slices"
)

// Insert puts a clip before clip i, or at the end where i is Len.
func (t Timeline) Insert(i int, c Clip) (Timeline, error) {
	if i < 0 || i > len(t.clips) {
		return t, fmt.Errorf("%w: there is no place %d in a film of %d clips", ErrRange, i, len(t.clips))
	}
	return t.rebuilt(slices.Insert(slices.Clone(t.clips), i, c))
}

// Append puts a clip at the end.
func (t Timeline) Append(c Clip) (Timeline, error) { return t.Insert(len(t.clips), c) }

// Remove takes a clip out; what follows closes up.
func (t Timeline) Remove(id ClipID) (Timeline, error) {
	i, err := t.must(id)
	if err != nil {
		return t, err
	}
	return t.with(slices.Delete(slices.Clone(t.clips), i, i+1)), nil
}

// Move puts a clip at place to, 0 <= to < Len, counted without the clip.
func (t Timeline) Move(id ClipID, to int) (Timeline, error) {
	i, err := t.must(id)
	if err != nil {
		return t, err
	}
	if to < 0 || to >= len(t.clips) {
		return t, fmt.Errorf("%w: there is no place %d in a film of %d clips", ErrRange, to, len(t.clips))
	}
	c := t.clips[i]
	rest := slices.Delete(slices.Clone(t.clips), i, i+1)
	return t.with(slices.Insert(rest, to, c)), nil
}

// Split cuts the clip that stands at a time of the film in two; the second
// part gets a new id. A cut where a clip begins or ends would leave an empty
// part, and is refused.
func (t Timeline) Split(at Time) (Timeline, error) {
	i, since, ok := t.Find(at)
	if !ok {
		return t, fmt.Errorf("%w: %s s is outside the film of %s s", ErrRange, at, t.Duration())
	}
	if since == (Time{}) {
		return t, fmt.Errorf("%w: at %s s there is a cut already", ErrRange, at)
	}
	first, second := t.clips[i].split(since)
	second.ID = t.NextID()
	clips := slices.Clone(t.clips)
	clips[i] = first
	return t.rebuilt(slices.Insert(clips, i+1, second))
}

// split cuts a clip a time after its beginning. What is done to its ends stays
// at them, and what goes on over the cut goes on as before.
func (c Clip) split(since Time) (first, second Clip) {
	c.Titles = bounded(c)
	first, second = c, c
	if c.Stands() {
		first.Duration, second.Duration = since, c.Duration.Sub(since)
		second.Titles, second.Markers = shiftTitles(c.Titles, since), shiftMarkers(c.Markers, since)
	} else {
		first.Out = c.Moment(since)
		second.In = first.Out
	}
	if pan := c.Framing.Pan; pan.Moves() {
		middle := pan.At(since.Float() / c.Length().Float())
		first.Framing.Pan.To, second.Framing.Pan.From = middle, middle
	}
	first.Sound.FadeOut, second.Sound.FadeIn = Time{}, Time{}
	second.Transition = Transition{}
	return first, second
}

// bounded are the titles of a clip with the length that they have: one that
// stands to the clip's end goes on over a cut, and ends where it did.
func bounded(c Clip) []Title {
	titles := slices.Clone(c.Titles)
	_, out := c.bounds()
	for i := range titles {
		if t := &titles[i]; t.Length.Cmp(Time{}) <= 0 && t.At.Cmp(out) < 0 {
			t.Length = out.Sub(t.At)
		}
	}
	return titles
}

func shiftTitles(titles []Title, by Time) []Title {
	titles = slices.Clone(titles)
	for i := range titles {
		titles[i].At = titles[i].At.Sub(by)
	}
	return titles
}

func shiftMarkers(markers []Marker, by Time) []Marker {
	markers = slices.Clone(markers)
	for i := range markers {
		markers[i].At = markers[i].At.Sub(by)
	}
	return markers
}

// TrimIn makes a clip begin at in on its source's clock; 0 is its very
// beginning. What follows in the film moves along.
func (t Timeline) TrimIn(id ClipID, in Time) (Timeline, error) {
	return t.change(id, func(c *Clip) error {
		c.In = in
		return c.wantPart()
	})
}

// TrimOut makes a clip end at out on its source's clock.
func (t Timeline) TrimOut(id ClipID, out Time) (Timeline, error) {
	return t.change(id, func(c *Clip) error {
		c.Out = out
		return c.wantPart()
	})
}

// SetDuration makes a still stand for d.
func (t Timeline) SetDuration(id ClipID, d Time) (Timeline, error) {
	return t.change(id, func(c *Clip) error {
		c.Duration = d
		if !c.Stands() {
			return fmt.Errorf("%w: only a still stands as long as one likes; trim clip %s instead", ErrClip, c.ID)
		}
		return nil
	})
}

// Replace puts another clip in a clip's place; its id stays that of the
// clip that was there.
func (t Timeline) Replace(id ClipID, by Clip) (Timeline, error) {
	return t.change(id, func(c *Clip) error {
		by.ID = id
		*c = by
		return nil
	})
}

func (t Timeline) change(id ClipID, edit func(*Clip) error) (Timeline, error) {
	i, err := t.must(id)
	if err != nil {
		return t, err
	}
	clips := slices.Clone(t.clips)
	if err := edit(&clips[i]); err != nil {
		return t, err
	}
	if err := clips[i].Check(); err != nil {
		return t, fmt.Errorf("%w: %w", ErrRange, err)
	}
	return t.with(clips), nil
}

func (t Timeline) must(id ClipID) (int, error) {
	i, ok := t.Index(id)
	if !ok {
		return 0, fmt.Errorf("%w: the film has no clip %q", ErrRange, id)
	}
	return i, nil
}

func (c *Clip) wantPart() error {
	if c.Stands() {
		return fmt.Errorf("%w: a still has no ends to trim; set how long it stands", ErrClip)
	}
	return nil
}
