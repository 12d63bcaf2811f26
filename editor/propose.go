package editor

import "fmt"

// Proposal is a change of a film that somebody is to look at before it is
// made: the film as it would be, and what of the present one becomes of it.
type Proposal struct {
	Timeline Timeline
	Parts    []ProposedPart // in the order of the present film; none: nothing would change
	Saved    Time           // by how much the film becomes shorter
}

// ProposedPart is a part of the present film to which something happens.
type ProposedPart struct {
	From, To    Time        // on the present film's clock
	Source      Stretch     // what that is of the source
	Goes        bool        // it is cut out
	Who         Party       // whose turn it is; empty where that does not matter
	Arrangement Arrangement // that it gets; empty: its own
}

// moving finds a clip that can be cut by what is in its source.
func (t Timeline) moving(id ClipID) (int, Clip, error) {
	i, err := t.must(id)
	if err != nil {
		return 0, Clip{}, err
	}
	c := t.clips[i]
	if c.Stands() {
		return 0, Clip{}, fmt.Errorf("%w: clip %s shows one picture; there is nothing in it to be found", ErrClip, c.ID)
	}
	return i, c, nil
}

// cutAt cuts a clip at moments of its source, in order, all between its In and
// its Out. What is done to its ends stays at them.
func (c Clip) cutAt(moments []Time) []Clip {
	var pieces []Clip
	rest := c
	for _, m := range moments {
		first, second := rest.split(rest.Since(m))
		pieces = append(pieces, first)
		rest = second
	}
	return append(pieces, rest)
}

// onFilm is where a stretch of a clip is seen, the clip beginning at start.
func (c Clip) onFilm(start Time, s Stretch) ProposedPart {
	return ProposedPart{From: start.Add(c.Since(s.From)), To: start.Add(c.Since(s.To)), Source: s}
}

// proposal is that pieces take the place of clip i. The first keeps its id.
func (t Timeline) proposal(i int, pieces []Clip, parts []ProposedPart) (Proposal, error) {
	next := t
	next.clips = append(append([]Clip{}, t.clips[:i]...), t.clips[i+1:]...)
	for k, p := range pieces {
		if k > 0 {
			p.ID = t.freeID(next)
		}
		var err error
		if next, err = next.Insert(i+k, p); err != nil {
			return Proposal{}, err
		}
	}
	return Proposal{next, parts, t.Duration().Sub(next.Duration())}, nil
}

// freeID is an id that neither film has.
func (t Timeline) freeID(other Timeline) ClipID {
	all := t
	all.clips = append(append([]Clip{}, t.clips...), other.clips...)
	return all.NextID()
}
