package editui

import "parley/editor"

// JoinSection tells how the chosen clip takes over from the one before it.
type JoinSection struct {
	On      bool // there is one before it
	Summary []Text
	Before  string // its label
	Kinds   []Choice
	Kind    string // "" for a cut
	Length  editor.Time
	Real    editor.Time // how long it becomes, with what the clips can spare
	Longest editor.Time // that the clips can spare
	Joins   int         // in the film
}

// defaultJoin is how long a transition takes unless told otherwise.
var defaultJoin = editor.Rational(1, 1)

// longestJoin is the longest that a person can choose.
var longestJoin = editor.Rational(5, 1)

func (p *Presenter) join(c editor.Clip, i int) JoinSection {
	line := p.line()
	if i == 0 || len(p.effects.Blends) == 0 {
		return JoinSection{}
	}
	before := line.Clip(i - 1)
	s := JoinSection{
		On: true, Before: before.Label, Kinds: p.kinds(), Length: c.Transition.Length, Real: line.Overlap(i),
		Longest: before.Length().Min(c.Length()).Div(editor.Ratio{Num: 2, Den: 1}), Joins: line.Len() - 1,
	}
	if c.Transition.Cut() {
		return s
	}
	s.Kind = c.Transition.Kind
	s.Summary = []Text{p.nameOfBlend(s.Kind), verbatim(showLength(s.Real))}
	return s
}

// kinds are the transitions that there are.
func (p *Presenter) kinds() []Choice {
	kinds := []Choice{{"", say("Cut")}}
	for _, b := range p.effects.Blends {
		kinds = append(kinds, Choice{b.Name, labelled(b.Label)})
	}
	return kinds
}

func (p *Presenter) nameOfBlend(kind string) Text {
	b, err := p.effects.Blend(kind)
	if err != nil {
		return verbatim(kind)
	}
	return labelled(b.Label)
}

// Join chooses how the chosen clips take over from those before them; "" is a
// cut. The length stays as it is.
func (p *Presenter) Join(kind string) {
	p.change("Change transition", func(c *editor.Clip) {
		switch {
		case p.isFirst(*c):
		case kind == "":
			c.Transition = editor.Transition{}
		case c.Transition.Cut():
			c.Transition = editor.Transition{Kind: kind, Length: defaultJoin}
		default:
			c.Transition.Kind = kind
		}
	})
}

// JoinLength chooses how long the transitions take; what is dragged is one
// step. No time is a cut.
func (p *Presenter) JoinLength(length editor.Time) {
	p.changing("join", "Change transition", func(c *editor.Clip) {
		if !p.isFirst(*c) && c.Transition.Kind != "" {
			c.Transition.Length = length.Max(editor.Time{}).Min(longestJoin)
		}
	})
}

// JoinAll has every clip of the film take over as the chosen one does.
func (p *Presenter) JoinAll() {
	c, _, ok := p.chosen()
	if !ok {
		return
	}
	line, by := p.line(), c.Transition
	changed := false
	for i, other := range line.Clips() {
		if i == 0 || sameJoin(other.Transition, by) {
			continue
		}
		other.Transition = by
		next, err := line.Replace(other.ID, other)
		if err != nil {
			p.do("Change all transitions", line, err)
			return
		}
		line, changed = next, true
	}
	if changed {
		p.do("Change all transitions", line, nil)
	}
}

func sameJoin(a, b editor.Transition) bool {
	return a.Cut() && b.Cut() || a.Kind == b.Kind && a.Length == b.Length
}

func (p *Presenter) isFirst(c editor.Clip) bool {
	i, ok := p.line().Index(c.ID)
	return ok && i == 0
}
