package editor

import "slices"

// leastCut is what is worth a cut.
var leastCut = Rational(1, 5)

// ProposeSilenceCuts cuts stretches out of a clip, of each of which so much as
// keep stays on either side: speech that follows speech at once sounds hasty.
// At the clip's own ends nothing has to stay.
func ProposeSilenceCuts(t Timeline, id ClipID, stretches []Stretch, keep Time) (Proposal, error) {
	i, c, err := t.moving(id)
	if err != nil {
		return Proposal{}, err
	}
	gone := c.cuttable(stretches, keep.Max(Time{}))
	if len(gone) == 0 {
		return Proposal{Timeline: t}, nil
	}
	var moments []Time
	for _, g := range gone {
		for _, m := range []Time{g.From, g.To} {
			if m.Cmp(c.In) > 0 && m.Cmp(c.Out) < 0 {
				moments = append(moments, m)
			}
		}
	}
	var parts []ProposedPart
	for _, g := range gone {
		part := c.onFilm(t.Start(i), g)
		part.Goes = true
		parts = append(parts, part)
	}
	return t.proposal(i, c.remaining(c.cutAt(moments), gone), parts)
}

// cuttable are the stretches that go, in order and apart from each other.
func (c Clip) cuttable(stretches []Stretch, keep Time) []Stretch {
	sorted := slices.SortedFunc(slices.Values(stretches), func(a, b Stretch) int { return a.From.Cmp(b.From) })
	var gone []Stretch
	end := c.In
	for _, s := range sorted {
		if s.From.Cmp(c.In) > 0 {
			s.From = s.From.Add(keep)
		}
		if s.To.Cmp(c.Out) < 0 {
			s.To = s.To.Sub(keep)
		}
		s = Stretch{s.From.Max(end), s.To.Min(c.Out)}
		if s.Length().Cmp(leastCut) >= 0 {
			gone = append(gone, s)
			end = s.To
		}
	}
	return gone
}

// remaining are the pieces that are not gone. What was done to the clip's ends
// is done to theirs.
func (c Clip) remaining(pieces []Clip, gone []Stretch) []Clip {
	left := slices.DeleteFunc(pieces, func(p Clip) bool {
		return slices.ContainsFunc(gone, func(g Stretch) bool { return g.From.Cmp(p.In) <= 0 && g.To.Cmp(p.Out) >= 0 })
	})
	if len(left) > 0 {
		left[0].ID, left[0].Transition, left[0].Sound.FadeIn = c.ID, c.Transition, c.Sound.FadeIn
		left[len(left)-1].Sound.FadeOut = c.Sound.FadeOut
	}
	return left
}

// SpeakerLayouts are the layouts in which a call is shown by who speaks. An
// empty one is the clip's own.
type SpeakerLayouts struct{ Me, Them, Both Arrangement }

// OnlySpeakers show who speaks, and both side by side when both do.
var OnlySpeakers = SpeakerLayouts{Me: OnlyMe, Them: OnlyThem, Both: SideBySide}

// of is the layout for a side.
func (l SpeakerLayouts) of(who Party, own Arrangement) Arrangement {
	a := map[Party]Arrangement{Me: l.Me, Them: l.Them, Both: l.Both}[who]
	if a == "" {
		return own
	}
	return a
}

// ProposeSpeakerCuts cuts a recording where the turn goes over and shows each
// part in the layout of who speaks. The turns' time 0 is the clip's In.
func ProposeSpeakerCuts(t Timeline, id ClipID, turns []Turn, layouts SpeakerLayouts) (Proposal, error) {
	i, c, err := t.moving(id)
	if err != nil {
		return Proposal{}, err
	}
	var moments []Time
	var parts []ProposedPart
	for _, turn := range turns {
		s := Stretch{c.In.Add(turn.From), c.In.Add(turn.To).Min(c.Out)}
		if s.Length().Cmp(Time{}) <= 0 {
			continue
		}
		part := c.onFilm(t.Start(i), s)
		part.Who, part.Arrangement = turn.Who, layouts.of(turn.Who, c.Arrangement)
		if n := len(parts); n > 0 && parts[n-1].Arrangement == part.Arrangement {
			parts[n-1].To, parts[n-1].Source.To = part.To, s.To
			continue
		}
		if len(parts) > 0 {
			moments = append(moments, s.From)
		}
		parts = append(parts, part)
	}
	if len(parts) == 0 || len(parts) == 1 && parts[0].Arrangement == c.Arrangement {
		return Proposal{Timeline: t}, nil
	}
	pieces := c.cutAt(moments)
	for k := range pieces {
		pieces[k].Arrangement = parts[k].Arrangement
	}
	return t.proposal(i, c.remaining(pieces, nil), parts)
}
