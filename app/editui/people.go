package editui

import "parley/editor"

// PeopleSection tells which pictures of a call are seen, and where.
type PeopleSection struct {
	On      bool
	Summary []Text
	Layouts []editor.Layout
	Chosen  editor.Arrangement
	Upright bool // the film is higher than wide
	Propose bool // who speaks can be shown
}

// plain are the layouts that are there where none is installed.
var plain = []editor.Arrangement{editor.SideBySide, editor.OnlyMe, editor.OnlyThem}

func (p *Presenter) people(c editor.Clip) PeopleSection {
	if len(parties(p.library[c.Source])) < 2 {
		return PeopleSection{}
	}
	s := PeopleSection{On: true, Layouts: p.layouts(c), Chosen: c.Arrangement, Upright: p.filmAspect() < 1, Propose: p.listens && p.isHeard(c)}
	if s.Chosen == "" {
		s.Chosen = editor.SideBySide
	}
	for _, l := range s.Layouts {
		if l.Name == string(s.Chosen) {
			s.Summary = []Text{labelled(l.Label)}
		}
	}
	if s.Summary == nil {
		s.Summary = []Text{verbatim(string(s.Chosen))}
	}
	return s
}

// layouts are those for which the call has at least one picture.
func (p *Presenter) layouts(c editor.Clip) []editor.Layout {
	call := p.library[c.Source].Recording
	all := p.effects.Layouts
	if len(all) == 0 {
		for _, name := range plain {
			if l, err := p.effects.Layout(name); err == nil {
				all = append(all, l)
			}
		}
	}
	var fit []editor.Layout
	for _, l := range all {
		if fillable(l, call) {
			fit = append(fit, l)
		}
	}
	return fit
}

// fillable says whether the call has every picture that a layout shows.
func fillable(l editor.Layout, call *editor.Recording) bool {
	for _, b := range l.Boxes {
		if _, ok := call.Feed(b.Feed); !ok {
			return false
		}
	}
	return len(l.Boxes) > 0
}
