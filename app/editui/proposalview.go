package editui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"parley/editor"
)

// proposalView is the page of a proposal: what was found, each part to be
// looked at and to be left out, before any of it is done.
type proposalView struct {
	inspector *inspector
	content   *fyne.Container
	title     *widget.Label
	about     *lines
	wait      *fyne.Container
	bar       *widget.ProgressBar
	settings  *fyne.Container
	auto      *heardCheck
	dead      *heardCheck
	floor     *dial
	least     *dial
	keep      *dial
	quieter   *fyne.Container
	silence   *fyne.Container // what silences are found by
	large     *segments
	list      *widget.List
	sum       *line
	accept    *heardButton
	shown     Proposal
}

func newProposalView(i *inspector) *proposalView {
	v := &proposalView{inspector: i, about: quietLines(""), bar: widget.NewProgressBar(), sum: quiet("")}
	v.title = widget.NewLabelWithStyle("", fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	v.title.SizeName = theme.SizeNameSubHeadingText
	v.wait = container.NewVBox(indent(quiet(lang.L("Listening to the sound…"))), wide(v.bar))
	v.adjusting()
	v.list = widget.NewList(func() int { return len(v.shown.Findings) }, v.row, v.fill)
	v.list.OnSelected = func(n widget.ListItemID) { v.look(n) }
	v.accept = i.button("", nil, func() { i.act((*Presenter).Accept) })
	v.accept.Importance = widget.HighImportance
	cancel := i.button(lang.L("Cancel"), nil, func() { i.act((*Presenter).Decline) })
	foot := container.NewVBox(widget.NewSeparator(), indent(v.sum), wide(container.NewGridWithColumns(2, cancel, v.accept)), gap(4))
	v.content = container.NewBorder(container.NewVBox(v.title, v.about, v.wait, v.settings, widget.NewSeparator()), foot, nil, nil, v.list)
	v.content.Hide()
	return v
}

// adjusting makes the controls for what a proposal is made by.
func (v *proposalView) adjusting() {
	i := v.inspector
	adjust := func(change func(*ProposalSettings)) { i.act(func(p *Presenter) { p.Adjust(change) }) }
	entered := func(enter func(*Presenter, string) error) func(string) error {
		return func(text string) error { return i.enter(func(p *Presenter) error { return enter(p, text) }) }
	}
	v.auto = i.check(lang.L("Find what is quiet by itself"), func(on bool) {
		adjust(func(s *ProposalSettings) { s.Floor = floorFor(on) })
	})
	v.dead = i.check(lang.L("Only where the picture stands still too"), func(on bool) {
		adjust(func(s *ProposalSettings) { s.Dead = on })
	})
	v.floor = i.dial(-65, -20, 1, dialing{
		slid:  func(db float64) { adjust(func(s *ProposalSettings) { s.Floor = db }) },
		ended: func() {}, done: i.done, enter: entered((*Presenter).EnterFloor),
	})
	v.least = i.dial(0.2, 10, 0.1, dialing{
		slid:  func(sec float64) { adjust(func(s *ProposalSettings) { s.Least = editor.Seconds(sec) }) },
		ended: func() {}, done: i.done, enter: entered((*Presenter).EnterLeast),
	})
	v.keep = i.dial(0, 1, 0.05, dialing{
		slid:  func(sec float64) { adjust(func(s *ProposalSettings) { s.Keep = editor.Seconds(sec) }) },
		ended: func() {}, done: i.done, enter: entered((*Presenter).EnterKeep),
	})
	v.large = i.segments([]string{lang.L("Alone"), lang.L("Large, the other small")}, func(n int) {
		adjust(func(s *ProposalSettings) { s.Large = n == 1 })
	})
	v.quieter = container.NewVBox(row(lang.L("Quieter than"), v.floor.content, nil))
	v.silence = container.NewVBox(row(lang.L("Longer than"), v.least.content, nil), row(lang.L("Leave of it"), v.keep.content, nil), v.auto, v.quieter, v.dead)
	v.settings = container.NewVBox(wide(v.large), v.silence)
}

// findingRow is a line of the list.
type findingRow struct {
	*fyne.Container
	tick *heardCheck
	text *widget.Label
	long *line
}

func (v *proposalView) row() fyne.CanvasObject {
	tick, text, long := v.inspector.check("", nil), widget.NewLabel(""), quiet("")
	return container.NewBorder(nil, nil, tick, container.NewCenter(indent(long)), text)
}

func (v *proposalView) fill(n widget.ListItemID, o fyne.CanvasObject) {
	if n >= len(v.shown.Findings) {
		return
	}
	f := v.shown.Findings[n]
	var r findingRow
	for _, part := range o.(*fyne.Container).Objects {
		switch part := part.(type) {
		case *heardCheck:
			r.tick = part
		case *widget.Label:
			r.text = part
		case *fyne.Container:
			r.long = part.Objects[0].(*fyne.Container).Objects[0].(*line)
		}
	}
	r.tick.ticked = func(on bool) { v.inspector.act(func(p *Presenter) { p.Tick(n, on) }) }
	r.tick.OnChanged = r.tick.ticked
	r.tick.set(f.Ticked)
	r.text.SetText(showPlace(f.From) + "  " + tr(f.Speaker))
	write(r.long, showLength(f.To.Sub(f.From)))
}

// look puts the playhead where a finding begins.
func (v *proposalView) look(n int) {
	if n < len(v.shown.Findings) {
		at := v.shown.Findings[n].From
		v.inspector.act(func(p *Presenter) { p.Scrub(at) })
	}
}

func (v *proposalView) show(m Model) {
	q := m.Proposal
	visible(v.content, q.Kind != NoProposal)
	if q.Kind == NoProposal {
		v.shown = q
		return
	}
	anew := v.shown.Kind != q.Kind
	v.shown = q
	silences := q.Kind == CutSilences
	v.title.SetText(lang.L("Show who speaks"))
	if silences {
		v.title.SetText(lang.L("Cut silences"))
	}
	v.about.SetText(v.tell(q))
	visible(v.wait, q.Waiting && q.Problem.IsZero())
	v.bar.SetValue(q.Done)
	visible(v.settings, !q.Waiting && q.Problem.IsZero())
	visible(v.large, !silences && q.CanLarge)
	visible(v.silence, silences)
	v.large.set(0)
	if q.Settings.Large {
		v.large.set(1)
	}
	v.dead.set(q.Settings.Dead)
	visible(v.dead, q.CanWatch)
	v.auto.set(q.Settings.Floor == 0)
	visible(v.quieter, q.Settings.Floor != 0)
	v.floor.show(q.Settings.Floor, showGain(q.Settings.Floor), anew)
	v.least.show(q.Settings.Least.Float(), showFade(q.Settings.Least), anew)
	v.keep.show(q.Settings.Keep.Float(), showFade(q.Settings.Keep), anew)
	v.list.Refresh()
	v.total(m)
}

// tell says what the page is about, or why there is nothing on it.
func (v *proposalView) tell(q Proposal) string {
	switch {
	case !q.Problem.IsZero():
		return tr(q.Problem)
	case !q.Waiting && len(q.Findings) == 0:
		return lang.L("Nothing was found; change what is looked for, or leave it.")
	case q.Kind == CutSilences:
		return lang.L("These pauses would go. Click one to hear it, untick what shall stay.")
	}
	return lang.L("The picture would change at these times. Click one to see it, untick what shall stay as it is.")
}

// total tells what would become of the film.
func (v *proposalView) total(m Model) {
	q := m.Proposal
	able(&v.accept.Button, q.Ticked > 0)
	if q.Kind == CutSilences {
		v.accept.SetText(lang.L("Cut"))
		write(v.sum, lang.L("{{.N}} of {{.Of}}, {{.Goes}} go; {{.Left}} are left", map[string]any{
			"N": q.Ticked, "Of": len(q.Findings), "Goes": showLength(q.Goes), "Left": showLength(m.Length.Sub(q.Goes)),
		}))
		return
	}
	v.accept.SetText(lang.L("Apply"))
	write(v.sum, lang.L("{{.N}} of {{.Of}} changes", map[string]any{"N": q.Ticked, "Of": len(q.Findings)}))
}
