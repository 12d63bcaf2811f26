package editui

import (
	"fyne.io/fyne/v2/lang"

	"parley/editor"
)

// peopleView is which pictures of a call are seen.
type peopleView struct {
	fold    *fold
	tiles   *tiles
	layouts []editor.Layout
	propose *heardButton
}

func newPeopleView(i *inspector) *peopleView {
	v := &peopleView{}
	v.tiles = i.tiles(3, func(n int) {
		i.act(func(p *Presenter) { p.Arrange(editor.Arrangement(v.layouts[n].Name)) })
	})
	v.propose = i.button(lang.L("Show who speaks…"), nil, func() { i.act(func(p *Presenter) { p.Propose(ShowSpeaker, false) }) })
	v.fold = i.fold(lang.L("People"), true, wide(v.propose), wide(v.tiles))
	return v
}

func (v *peopleView) show(p Panel) {
	s := p.People
	v.fold.head.calm = s.Chosen == editor.SideBySide
	v.fold.show(s.On, s.Summary)
	if !s.On {
		return
	}
	visible(v.propose, s.Propose)
	v.layouts = s.Layouts
	chosen, all := -1, make([]tile, len(s.Layouts))
	for i, l := range s.Layouts {
		all[i] = tile{lang.L(l.Label), layoutDiagram(l, s.Upright)}
		if l.Name == string(s.Chosen) {
			chosen = i
		}
	}
	v.tiles.set(all, chosen)
}
