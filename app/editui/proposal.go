package editui

import (
	"slices"

	"parley/editor"
)

// Proposal is what was found in the sound of clips and could be done with
// them, to be looked at first. It is worked out anew for the film as it is.
type Proposal struct {
	Kind     ProposalKind // NoProposal: there is none
	Settings ProposalSettings
	Waiting  bool    // sounds are being listened to
	Done     float64 // of the listening, 0 to 1
	Problem  Text    // why nothing can be proposed
	Findings []Finding
	Ticked   int         // findings
	Goes     editor.Time // how much the film becomes shorter
	CanLarge bool        // there are layouts in which one side is large
	CanWatch bool        // there is somebody who watches pictures
}

// ProposalKind is what is proposed.
type ProposalKind int

// The kinds of proposal.
const (
	NoProposal ProposalKind = iota
	CutSilences
	ShowSpeaker // who speaks is seen alone, or large
)

// ProposalSettings is what a proposal is made by.
type ProposalSettings struct {
	Floor float64     // dB below which it is silent; 0: found from the sound
	Least editor.Time // how long a silence lasts
	Keep  editor.Time // of it on either side
	Dead  bool        // only where the pictures stand still too
	Large bool        // who speaks is seen large and the other small, rather than alone
}

// defaultProposal is what a proposal is made by at first.
var defaultProposal = ProposalSettings{Least: editor.Rational(1, 1), Keep: editor.Rational(3, 20)}

// Finding is a part of the film that would be changed.
type Finding struct {
	editor.ProposedPart
	Clip    editor.ClipID
	Speaker Text // whose turn it is
	Ticked  bool
}

// proposing is a proposal that is being looked at.
type proposing struct {
	kind     ProposalKind
	settings ProposalSettings
	clips    []editor.ClipID
	done     float64 // of the listening
	problem  Text
	kept     map[editor.ClipID][]editor.Stretch // what is not to be changed
	memo     findingsMemo
}

// Propose begins to look for what could be done with the chosen clips, or with
// all of them where whole is set.
func (p *Presenter) Propose(kind ProposalKind, whole bool) {
	chosen := p.Selection()
	next := proposing{kind: kind, settings: defaultProposal, kept: map[editor.ClipID][]editor.Stretch{}}
	next.settings.Large = p.canLarge()
	for _, c := range p.line().All() {
		if (whole || slices.Contains(chosen, c.ID)) && p.canPropose(kind, c) {
			next.clips = append(next.clips, c.ID)
		}
	}
	if len(next.clips) == 0 {
		next.problem = say("None of these clips has a sound to listen to.")
	}
	p.EndRun()
	p.proposing = next
}

// canPropose says whether a proposal of a kind can be made for a clip.
func (p *Presenter) canPropose(kind ProposalKind, c editor.Clip) bool {
	if !p.isHeard(c) || c.Sound.Mute || p.missing[c.Source] {
		return false
	}
	return kind == CutSilences || len(parties(p.library[c.Source])) > 1
}

// Decline puts the proposal away.
func (p *Presenter) Decline() { p.proposing = proposing{} }

// Adjust changes what the proposal is made by.
func (p *Presenter) Adjust(change func(*ProposalSettings)) { change(&p.proposing.settings) }

// Tick chooses whether a finding is to be done.
func (p *Presenter) Tick(n int, on bool) {
	all := p.proposal().Findings
	if n < 0 || n >= len(all) {
		return
	}
	f, kept := all[n], p.proposing.kept
	kept[f.Clip] = slices.DeleteFunc(slices.Clone(kept[f.Clip]), func(s editor.Stretch) bool { return overlap(s, f.Source) })
	if !on {
		kept[f.Clip] = append(kept[f.Clip], f.Source)
	}
}

// overlap says whether two stretches have something in common. Settings move
// the ends of findings: one is known by where it is.
func overlap(a, b editor.Stretch) bool {
	return a.From.Max(b.From).Cmp(a.To.Min(b.To)) < 0
}

// proposal is what is to be looked at.
func (p *Presenter) proposal() Proposal {
	q := p.proposing
	s := Proposal{Kind: q.kind, Settings: q.settings, Done: q.done, Problem: q.problem, CanLarge: p.canLarge(), CanWatch: p.watches}
	if q.kind == NoProposal || !q.problem.IsZero() {
		return s
	}
	if s.Waiting = len(p.Unheard())+len(p.Unseen()) > 0; s.Waiting {
		return s
	}
	var err error
	if s.Findings, err = p.findings(); err != nil {
		s.Problem = sayError(err)
	}
	for n := range s.Findings {
		f := &s.Findings[n]
		f.Ticked = !slices.ContainsFunc(q.kept[f.Clip], func(k editor.Stretch) bool { return overlap(k, f.Source) })
		if f.Ticked {
			s.Ticked++
		}
		if f.Ticked && f.Goes {
			s.Goes = s.Goes.Add(f.To.Sub(f.From))
		}
	}
	return s
}

// Accept does what is ticked, as one step.
func (p *Presenter) Accept() {
	next, err := p.accepted()
	label := "Cut silences"
	if p.proposing.kind == ShowSpeaker {
		label = "Show who speaks"
	}
	if p.do(label, next, err) {
		p.Decline()
	}
}
