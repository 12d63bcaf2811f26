package editui

import (
	"slices"

	"parley/editor"
)

// Names of the layouts in which who speaks is large.
const (
	meLarge   editor.Arrangement = "me-large"
	themLarge editor.Arrangement = "them-large"
)

// canLarge says whether who speaks can be shown large.
func (p *Presenter) canLarge() bool {
	_, err := p.effects.Layout(meLarge)
	_, err2 := p.effects.Layout(themLarge)
	return err == nil && err2 == nil
}

// speakerLayouts are those that a proposal gives to who speaks.
func (q proposing) speakerLayouts() editor.SpeakerLayouts {
	if q.settings.Large {
		return editor.SpeakerLayouts{Me: meLarge, Them: themLarge, Both: editor.SideBySide}
	}
	return editor.OnlySpeakers
}

// findingsMemo is what was found last, and in what: it is asked for with
// every change that is shown.
type findingsMemo struct {
	known    bool
	revision int
	settings ProposalSettings
	found    []Finding
	err      error
}

// findings are the parts of the film that would be changed, in its order.
func (p *Presenter) findings() ([]Finding, error) {
	memo := &p.proposing.memo
	if !memo.known || memo.revision != p.revision || memo.settings != p.proposing.settings {
		*memo = findingsMemo{known: true, revision: p.revision, settings: p.proposing.settings}
		memo.found, memo.err = p.find()
	}
	return slices.Clone(memo.found), memo.err
}

func (p *Presenter) find() ([]Finding, error) {
	var all []Finding
	for _, id := range p.proposing.clips {
		found, err := p.proposed(p.line(), id)
		if err != nil {
			return nil, err
		}
		for _, part := range found.Parts {
			all = append(all, Finding{ProposedPart: part, Clip: id, Speaker: p.speaker(id, part.Who)})
		}
	}
	slices.SortStableFunc(all, func(a, b Finding) int { return a.From.Cmp(b.From) })
	return all, nil
}

// speaker names who speaks in a clip, by name where the recording has it.
func (p *Presenter) speaker(id editor.ClipID, who editor.Party) Text {
	i, _ := p.line().Index(id)
	call := p.library[p.line().Clip(i).Source].Recording
	switch {
	case call == nil || who == "":
		return Text{}
	case who == editor.Both:
		return say("Both speak")
	case who == editor.Me && call.Me != "":
		return verbatim(call.Me)
	case who == editor.Them && call.Them != "":
		return verbatim(call.Them)
	case who == editor.Me:
		return say("I speak")
	}
	return say("They speak")
}

// proposed is what is proposed for one clip of a film; nothing for one that
// is no longer there.
func (p *Presenter) proposed(line editor.Timeline, id editor.ClipID) (editor.Proposal, error) {
	i, ok := line.Index(id)
	if !ok {
		return editor.Proposal{Timeline: line}, nil
	}
	c, q := line.Clip(i), p.proposing
	levels := p.levels[keyOf(c)]
	if q.kind == CutSilences {
		silences := c.Silences(levels, q.settings.silence())
		if q.settings.Dead {
			silences = p.dead[deadKey{keyOf(c), q.settings.silence()}]
		}
		return editor.ProposeSilenceCuts(line, id, silences, q.settings.Keep)
	}
	return editor.ProposeSpeakerCuts(line, id, turns(levels), q.speakerLayouts())
}

// turns says who speaks when.
func turns(levels []editor.Levels) []editor.Turn {
	by := map[editor.Party][]float64{}
	for _, l := range levels {
		if len(by[l.Who]) == 0 {
			by[l.Who] = l.DB
		}
	}
	return editor.Turns(by[editor.Me], by[editor.Them], editor.LevelStep)
}

// accepted is the film with what is ticked done.
func (p *Presenter) accepted() (editor.Timeline, error) {
	next := p.line()
	for _, id := range p.proposing.clips {
		var ticked []Finding
		for _, f := range p.proposal().Findings {
			if f.Clip == id {
				ticked = append(ticked, f)
			}
		}
		made, err := p.doTicked(next, id, ticked)
		if err != nil {
			return p.line(), err
		}
		next = made.Timeline
	}
	return next, nil
}

// doTicked does to a clip what is ticked of what was found in it.
func (p *Presenter) doTicked(line editor.Timeline, id editor.ClipID, found []Finding) (editor.Proposal, error) {
	i, ok := line.Index(id)
	if !ok {
		return editor.Proposal{Timeline: line}, nil
	}
	if p.proposing.kind == CutSilences {
		var gone []editor.Stretch
		for _, f := range found {
			if f.Ticked {
				gone = append(gone, f.Source)
			}
		}
		return editor.ProposeSilenceCuts(line, id, gone, editor.Time{}) // what is kept of each is off already
	}
	in := line.Clip(i).In
	var takes []editor.Turn
	for _, f := range found {
		turn := editor.Turn{Stretch: editor.Stretch{From: f.Source.From.Sub(in), To: f.Source.To.Sub(in)}, Who: f.Who}
		if !f.Ticked {
			turn.Who = "" // keeps the layout that the clip has
		}
		takes = append(takes, turn)
	}
	return editor.ProposeSpeakerCuts(line, id, takes, p.proposing.speakerLayouts())
}
