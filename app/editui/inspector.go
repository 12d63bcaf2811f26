package editui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"parley/editor"
)

// inspector tells about the selected clip and changes it.
type inspector struct {
	content *fyne.Container
	tab     *Tab
	shown   Inspector

	name    *widget.Label
	place   *line
	facts   *fyne.Container
	in, out *momentEntry
	still   *momentEntry
	ends    *fyne.Container
	stands  *fyne.Container
	length  *line
	problem *widget.Label
	arrange *widget.Select
	call    *fyne.Container
}

func newInspector(t *Tab) *inspector {
	i := &inspector{tab: t, place: quiet(""), length: quiet(""), facts: container.New(&factsLayout{})}
	i.name = widget.NewLabelWithStyle("", fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	i.name.Truncation = fyne.TextTruncateEllipsis
	i.name.SizeName = theme.SizeNameSubHeadingText
	i.problem = widget.NewLabel("")
	i.problem.Wrapping = fyne.TextWrapWord
	i.problem.Importance = widget.DangerImportance
	i.problem.Hide()
	i.entries()
	i.arranging()
	body := container.NewVBox(
		i.name, indent(i.place), gap(8), i.ends, i.stands, i.problem, i.call,
		gap(6), widget.NewSeparator(), gap(6), indent(i.facts))
	i.content = container.NewStack(container.NewVScroll(body))
	return i
}

func (i *inspector) entries() {
	i.in, i.out, i.still = i.entry(InEdge), i.entry(OutEdge), i.entry(StillLength)
	here := func(beginning bool) *widget.Button {
		b := widget.NewButton(lang.L("At mark"), func() {
			i.tab.act(func(p *Presenter) { p.TrimHere(beginning) })
		})
		b.Importance = widget.LowImportance
		return b
	}
	row := func(name string, e fyne.CanvasObject, right fyne.CanvasObject) fyne.CanvasObject {
		return container.NewBorder(nil, nil, named(lang.L(name)), right, e)
	}
	i.ends = container.NewVBox(row("From", i.in, here(true)), row("To", i.out, here(false)), indent(i.length))
	i.stands = container.NewVBox(row("Stands for", i.still, nil))
}

// entry is the entry for one time of the clip.
func (i *inspector) entry(e Edge) *momentEntry {
	typing := func(text string) {
		var err error
		i.tab.act(func(p *Presenter) { err = p.Typing(e, text) })
		i.complain(err)
	}
	enter := func(text string) error {
		var err error
		i.tab.act(func(p *Presenter) {
			err = p.Enter(e, text)
			p.Preview(nil)
		})
		i.complain(err)
		return err
	}
	return newMomentEntry(typing, enter, func() { i.tab.view.focus() })
}

// complain says what is wrong with what was written.
func (i *inspector) complain(err error) {
	if err == nil {
		i.problem.Hide()
		return
	}
	i.problem.SetText(tr(sayError(err)))
	i.problem.Show()
}

// arrangements are the choices for a call with two pictures, in order.
var arrangements = []struct {
	value editor.Arrangement
	name  string
}{
	{editor.SideBySide, "Both, side by side"},
	{editor.OnlyMe, "Only me"},
	{editor.OnlyThem, "Only them"},
}

func (i *inspector) arranging() {
	var names []string
	for _, a := range arrangements {
		names = append(names, lang.L(a.name))
	}
	i.arrange = widget.NewSelect(names, nil)
	i.arrange.OnChanged = func(string) {
		a := arrangements[max(0, i.arrange.SelectedIndex())].value
		i.tab.act(func(p *Presenter) { p.Arrange(a) })
	}
	i.call = container.NewVBox(container.NewBorder(nil, nil,
		named(lang.L("Pictures")), nil, i.arrange))
}

// show shows what is told about the clip.
func (i *inspector) show(n Inspector) {
	visible(i.content, n.On)
	if !n.On {
		i.shown = n
		return
	}
	c, other := n.Clip, n.Clip.ID != i.shown.Clip.ID
	i.name.SetText(c.Label)
	write(i.place, tr(Text{"Clip {{.Place}} of {{.Of}}", map[string]any{"Place": n.Place, "Of": n.Of}}))
	if other || !sameFacts(n.Facts, i.shown.Facts) {
		i.list(n.Facts)
	}
	if other {
		i.problem.Hide()
	}
	still := c.Kind == editor.StillClip
	visible(i.ends, !still)
	visible(i.stands, still)
	i.in.set(showMoment(c.In), other)
	i.out.set(showMoment(c.Out), other)
	i.still.set(showMoment(c.Duration), other)
	write(i.length, tr(sayOf("Lasts {{.Length}}", "Length", showLength(c.Length()))))
	visible(i.call, n.CanArrange)
	i.showArrangement(c.Arrangement)
	i.shown = n
}

func (i *inspector) showArrangement(a editor.Arrangement) {
	at := 0
	for n, known := range arrangements {
		if known.value == a {
			at = n
		}
	}
	if i.arrange.SelectedIndex() != at {
		told := i.arrange.OnChanged
		i.arrange.OnChanged = nil
		i.arrange.SetSelectedIndex(at)
		i.arrange.OnChanged = told
	}
}

func sameFacts(a, b []Fact) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !sameText(a[i].Name, b[i].Name) || !sameText(a[i].Value, b[i].Value) {
			return false
		}
	}
	return true
}

func (i *inspector) list(facts []Fact) {
	i.facts.RemoveAll()
	for _, f := range facts {
		value := widget.NewLabel(tr(f.Value))
		value.Wrapping = fyne.TextWrapBreak
		value.SizeName = theme.SizeNameCaptionText
		i.facts.Add(quiet(tr(f.Name)))
		i.facts.Add(value)
	}
}

// named is the name before an entry.
func named(text string) fyne.CanvasObject {
	return container.New(fixedWidth(namesWidth+theme.InnerPadding()),
		indent(container.NewVBox(layout.NewSpacer(), quiet(text), layout.NewSpacer())))
}

func indent(o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(0, 0, theme.InnerPadding(), theme.InnerPadding()), o)
}
