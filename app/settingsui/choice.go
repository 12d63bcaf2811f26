package settingsui

import (
	"slices"

	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"parley/app/look"
)

// choice is a list of named things of which one is chosen.
type choice struct {
	list    *widget.Select
	options []look.Named
}

func newChoice(options []look.Named, chosen string, choose func(name string)) *choice {
	c := &choice{options: options}
	titles := make([]string, len(options))
	for i, o := range options {
		titles[i] = o.Title
	}
	c.list = widget.NewSelect(titles, nil)
	i := slices.IndexFunc(options, func(o look.Named) bool { return o.Name == chosen })
	c.list.SetSelectedIndex(max(i, 0))
	c.list.OnChanged = func(string) { choose(c.options[c.list.SelectedIndex()].Name) }
	return c
}

func translated(list []look.Named) []look.Named {
	out := slices.Clone(list)
	for i := range out {
		out[i].Title = lang.L(out[i].Title)
	}
	return out
}
