package editui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
)

// timeView is when a clip begins and ends, how long it stands, and how fast it
// goes.
type timeView struct {
	fold    *fold
	in, out *momentEntry
	still   *momentEntry
	ends    *fyne.Container
	stands  *fyne.Container
	length  *line
	speeds  *segments
	speed   *momentEntry
	faster  *fyne.Container
}

func newTimeView(i *inspector) *timeView {
	t := &timeView{in: i.edge(InEdge), out: i.edge(OutEdge), still: i.edge(StillLength), length: quiet("")}
	here := func(beginning bool) *heardButton {
		return i.quietButton(lang.L("At mark"), nil, func() { i.act(func(p *Presenter) { p.TrimHere(beginning) }) })
	}
	t.ends = container.NewVBox(row(lang.L("From"), t.in, here(true)), row(lang.L("To"), t.out, here(false)), row("", t.length, nil))
	t.stands = container.NewVBox(row(lang.L("Stands for"), t.still, nil))
	t.speeds = i.segments([]string{"¼", "½", "1", "1½", "2", "4"}, func(n int) {
		i.act(func(p *Presenter) { p.SetSpeed(speeds[n]) })
	})
	t.speed = i.moment(func(string) {}, func(text string) error {
		return i.enter(func(p *Presenter) error { return p.EnterSpeed(text) })
	}, i.done)
	t.faster = container.NewVBox(row(lang.L("Speed"), t.speeds, container.New(fixedWidth(64), t.speed)))
	t.fold = i.fold(lang.L("Time"), true, t.ends, t.stands, t.faster)
	return t
}

// edge is the entry for one time of the clip.
func (i *inspector) edge(e Edge) *momentEntry {
	typing := func(text string) {
		var err error
		i.tab.act(func(p *Presenter) { err = p.Typing(e, text) })
		i.complain(err)
	}
	enter := func(text string) error {
		return i.enter(func(p *Presenter) error {
			err := p.Enter(e, text)
			p.Preview(nil)
			return err
		})
	}
	return i.moment(typing, enter, i.done)
}

func (t *timeView) show(n Inspector, p Panel, other bool) {
	c, one := n.Clip, p.Chosen == 1
	summary := p.Speed.Summary
	if one {
		summary = append([]Text{verbatim(showLength(c.Length()))}, summary...)
	}
	t.fold.head.calm = len(p.Speed.Summary) == 0
	t.fold.show(one || p.Speed.On, summary)
	visible(t.ends, one && !c.Stands())
	visible(t.stands, one && c.Stands())
	visible(t.faster, p.Speed.On)
	t.in.set(showMoment(c.In), other)
	t.out.set(showMoment(c.Out), other)
	t.still.set(showMoment(c.Duration), other)
	write(t.length, tr(sayOf("Lasts {{.Length}}", "Length", showLength(c.Length()))))
	t.speeds.set(placeOf(speeds, p.Speed.Speed))
	t.speed.set(showSpeed(p.Speed.Speed), other)
}

// placeOf is where a list has something, -1 where it has not.
func placeOf[T comparable](list []T, x T) int {
	for i := range list {
		if list[i] == x {
			return i
		}
	}
	return -1
}
