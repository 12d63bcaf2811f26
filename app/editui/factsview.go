package editui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// factsView is what is known of a clip's file.
type factsView struct {
	fold  *fold
	list  *fyne.Container
	shown []Fact
}

func newFactsView(i *inspector) *factsView {
	f := &factsView{list: container.New(&factsLayout{})}
	f.fold = i.fold(lang.L("About the file"), false, indent(f.list))
	return f
}

func (f *factsView) show(n Inspector, p Panel) {
	f.fold.show(p.Chosen == 1 && len(n.Facts) > 0, nil)
	if sameFacts(n.Facts, f.shown) {
		return
	}
	f.shown = n.Facts
	f.list.RemoveAll()
	for _, fact := range n.Facts {
		value := widget.NewLabel(tr(fact.Value))
		value.Wrapping = fyne.TextWrapBreak
		value.SizeName = theme.SizeNameCaptionText
		f.list.Add(quiet(tr(fact.Name)))
		f.list.Add(value)
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
