package editui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"parley/editor"
)

// joinView is how a clip takes over from the one before it.
type joinView struct {
	fold   *fold
	kind   *heardSelect
	length *dial
	rest   *fyne.Container // what there is to a transition beyond its kind
	note   *line
	all    *heardButton
	kinds  []Choice
}

func newJoinView(i *inspector) *joinView {
	v := &joinView{note: quiet("")}
	v.kind = i.choice(nil, func(n int) { i.act(func(p *Presenter) { p.Join(v.kinds[n].Name) }) })
	v.length = i.dial(0.1, longestJoin.Float(), 0.1, dialing{
		slid:  func(s float64) { i.act(func(p *Presenter) { p.JoinLength(editor.Seconds(s)) }) },
		ended: func() { i.act((*Presenter).EndRun) },
		enter: func(text string) error {
			return i.enter(func(p *Presenter) error { return p.EnterJoin(text) })
		},
		done: i.done,
	})
	v.all = i.quietButton("", nil, func() { i.act((*Presenter).JoinAll) })
	v.rest = container.NewVBox(row(lang.L("Takes"), v.length.content, nil), row("", v.note, nil))
	v.fold = i.fold(lang.L("Transition"), false, row(lang.L("From before"), v.kind, nil), v.rest, wide(v.all))
	return v
}

func (v *joinView) show(p Panel, other bool) {
	s := p.Join
	v.fold.show(s.On, s.Summary)
	if !s.On {
		return
	}
	v.list(s.Kinds)
	for n, k := range v.kinds {
		if k.Name == s.Kind {
			v.kind.set(n)
		}
	}
	visible(v.rest, s.Kind != "")
	v.length.show(s.Length.Float(), showFade(s.Length), other)
	visible(v.note, s.Real.Cmp(s.Length) < 0)
	write(v.note, lang.L("The clips are short: {{.Length}}", map[string]any{"Length": showFade(s.Real)}))
	v.all.SetText(lang.L("Use for all {{.N}} joins", map[string]any{"N": s.Joins}))
	visible(v.all, s.Joins > 1 && p.Chosen == 1)
}

func (v *joinView) list(kinds []Choice) {
	if len(kinds) == len(v.kinds) {
		return
	}
	v.kinds = kinds
	v.kind.Options = nil
	for _, k := range kinds {
		v.kind.Options = append(v.kind.Options, tr(k.Label))
	}
	v.kind.Refresh()
}
