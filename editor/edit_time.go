package editor

import (
	"fmt"
	"slices"
)

// Cut takes a range of the film out, 0 <= from < to; clips at its ends are
// split, and what follows closes up. Ids of what stays whole do not change.
func (t Timeline) Cut(from, to Time) (Timeline, error) {
	end := t.Duration()
	from, to = from.Max(Time{}), to.Min(end)
	if from.Cmp(to) >= 0 {
		return t, fmt.Errorf("%w: there is nothing between %s s and %s s of the film", ErrRange, from, to)
	}
	next, err := t.splitAt(to)
	if err != nil {
		return t, err
	}
	if next, err = next.splitAt(from); err != nil {
		return t, err
	}
	var gone []ClipID
	for start, c := range next.All() {
		if start.Cmp(from) >= 0 && start.Cmp(to) < 0 {
			gone = append(gone, c.ID)
		}
	}
	return next.RemoveAll(gone)
}

// splitAt is Split, but where there is a cut already nothing is done.
func (t Timeline) splitAt(at Time) (Timeline, error) {
	if _, since, ok := t.Find(at); !ok || since == (Time{}) {
		return t, nil
	}
	return t.Split(at)
}

// DefaultFreeze is how long a freeze frame stands unless told otherwise.
var DefaultFreeze = Rational(2, 1)

// Freeze has the picture at a time of the film stand still for a while: its
// clip is split there, and what follows comes later. It returns the id of the
// freeze frame.
func (t Timeline) Freeze(at, length Time) (Timeline, ClipID, error) {
	i, since, ok := t.Find(at)
	if !ok {
		return t, "", fmt.Errorf("%w: %s s is outside the film of %s s", ErrRange, at, t.Duration())
	}
	c := t.clips[i]
	if c.Stands() {
		return t, "", fmt.Errorf("%w: this picture stands already; set how long", ErrRange)
	}
	next, err := t.splitAt(at)
	if err != nil {
		return t, "", err
	}
	freeze := Clip{
		Kind: FreezeClip, Source: c.Source, Label: c.Label, In: c.Moment(since), Available: c.Available,
		Duration: length, Arrangement: c.Arrangement, Framing: c.Framing,
	}
	if pan := c.Framing.Pan; pan.Moves() { // it stands where the way had come to
		here := pan.At(since.Float() / c.Length().Float())
		freeze.Framing.Pan = Pan{here, here}
	}
	if since != (Time{}) {
		i++
	}
	next, ids, err := next.InsertAll(i, []Clip{freeze})
	if err != nil {
		return t, "", err
	}
	return next, ids[0], nil
}

// DefaultTitle is how long a text card stands unless told otherwise.
var DefaultTitle = Rational(4, 1)

// InsertTitle puts a text card before clip i, or at the end where i is Len,
// and returns its id.
func (t Timeline) InsertTitle(i int, title Title, length Time) (Timeline, ClipID, error) {
	next, ids, err := t.InsertAll(i, []Clip{{Kind: TitleClip, Duration: length, Titles: []Title{title}}})
	if err != nil {
		return t, "", err
	}
	return next, ids[0], nil
}

// Spread has several clips that stand (stills, cards, freeze frames) share a
// length of the film evenly, each for whole frames of a rate. What is lost to
// transitions between them is made up for.
func (t Timeline) Spread(ids []ClipID, over Time, rate Ratio) (Timeline, error) {
	for _, id := range ids {
		i, err := t.must(id)
		if err != nil {
			return t, err
		}
		if !t.clips[i].Stands() {
			return t, fmt.Errorf("%w: only pictures can be spread over a length; choose no clips that move", ErrRange)
		}
	}
	frames := over.FrameRound(rate)
	if frames < int64(len(ids)) {
		return t, fmt.Errorf("%w: %d pictures do not fit into %s s", ErrRange, len(ids), over)
	}
	next := t.spread(ids, frames, rate)
	// The overlaps are known only now, and give more to be shared.
	var lost Time
	for i, c := range next.clips {
		if i > 0 && slices.Contains(ids, c.ID) && slices.Contains(ids, next.clips[i-1].ID) {
			lost = lost.Add(next.Overlap(i))
		}
	}
	next = t.spread(ids, over.Add(lost).FrameRound(rate), rate)
	return t.rebuilt(next.clips)
}

func (t Timeline) spread(ids []ClipID, frames int64, rate Ratio) Timeline {
	clips := t.Clips()
	done, n := int64(0), int64(0)
	for i := range clips {
		if slices.Contains(ids, clips[i].ID) {
			n++
			upTo := frames * n / int64(len(ids))
			clips[i].Duration = Frames(upTo-done, rate)
			done = upTo
		}
	}
	return t.with(clips)
}
