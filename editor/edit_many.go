package editor

import (
	"fmt"
	"slices"
)

// Each changes several clips at once; all of them, or none where one change is
// refused. edit must not change what a clip refers to, only replace it.
func (t Timeline) Each(ids []ClipID, edit func(*Clip)) (Timeline, error) {
	clips := t.Clips()
	for _, id := range ids {
		i, err := t.must(id)
		if err != nil {
			return t, err
		}
		edit(&clips[i])
		clips[i].ID = id
		if err := clips[i].Check(); err != nil {
			return t, fmt.Errorf("%w: %w", ErrRange, err)
		}
	}
	return t.with(clips), nil
}

// RemoveAll takes several clips out; what follows closes up.
func (t Timeline) RemoveAll(ids []ClipID) (Timeline, error) {
	_, rest, err := t.part(ids)
	return t.with(rest), err
}

// part gives the clips with these ids, in the film's order, and the others.
func (t Timeline) part(ids []ClipID) (chosen, rest []Clip, err error) {
	in := make(map[ClipID]bool, len(ids))
	for _, id := range ids {
		if _, err := t.must(id); err != nil {
			return nil, t.clips, err
		}
		in[id] = true
	}
	for _, c := range t.clips {
		if in[c.ID] {
			chosen = append(chosen, c)
		} else {
			rest = append(rest, c)
		}
	}
	return chosen, rest, nil
}

// MoveAll puts several clips, in the order that they have, before gap: a place
// between the clips as they stand, 0 <= gap <= Len.
func (t Timeline) MoveAll(ids []ClipID, gap int) (Timeline, error) {
	if gap < 0 || gap > len(t.clips) {
		return t, fmt.Errorf("%w: there is no place %d in a film of %d clips", ErrRange, gap, len(t.clips))
	}
	chosen, rest, err := t.part(ids)
	if err != nil {
		return t, err
	}
	before := 0 // how many of the rest stand before the gap
	for _, c := range t.clips[:gap] {
		if !slices.Contains(ids, c.ID) {
			before++
		}
	}
	return t.with(slices.Insert(rest, before, chosen...)), nil
}

// InsertAll puts clips before clip i, or at the end where i is Len, each with
// a new id, and returns these.
func (t Timeline) InsertAll(i int, clips []Clip) (Timeline, []ClipID, error) {
	if i < 0 || i > len(t.clips) {
		return t, nil, fmt.Errorf("%w: there is no place %d in a film of %d clips", ErrRange, i, len(t.clips))
	}
	clips = slices.Clone(clips)
	ids := make([]ClipID, len(clips))
	next := t.newIDs()
	for k := range clips {
		ids[k] = next()
		clips[k].ID = ids[k]
	}
	all, err := t.rebuilt(slices.Insert(t.Clips(), i, clips...))
	return all, ids, err
}

// DuplicateAll puts copies of several clips behind the last of them, and
// returns the copies' ids.
func (t Timeline) DuplicateAll(ids []ClipID) (Timeline, []ClipID, error) {
	chosen, _, err := t.part(ids)
	if err != nil || len(chosen) == 0 {
		return t, nil, err
	}
	last, err := t.must(chosen[len(chosen)-1].ID)
	if err != nil {
		return t, nil, err
	}
	return t.InsertAll(last+1, chosen)
}

// SetTransition has several clips take over in one way from the clips before
// them. The first clip of a film has none before it, and is left as it is.
func (t Timeline) SetTransition(ids []ClipID, by Transition) (Timeline, error) {
	return t.Each(ids, func(c *Clip) {
		if i, ok := t.Index(c.ID); ok && i > 0 {
			c.Transition = by
		}
	})
}
