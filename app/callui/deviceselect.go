package callui

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"parley/app/look"
)

// deviceSelect is a symbol with a list of devices beside it. A choice applies
// at once.
type deviceSelect struct {
	content fyne.CanvasObject
	list    *widget.Select
	choose  func(name string)
	options []Option
	quiet   bool // the list is being set by show
}

func newDeviceSelect(symbol look.Symbol, ink color.Color, choose func(name string)) *deviceSelect {
	d := &deviceSelect{choose: choose}
	d.list = widget.NewSelect(nil, d.selected)
	d.content = container.NewBorder(nil, nil, container.NewCenter(look.Icon(symbol, ink, 26)), nil, d.list)
	return d
}

func (d *deviceSelect) selected(string) {
	if i := d.list.SelectedIndex(); !d.quiet && i >= 0 && i < len(d.options) {
		d.choose(d.options[i].Name)
	}
}

func (d *deviceSelect) show(p Picker) {
	d.quiet = true
	defer func() { d.quiet = false }()
	same := func(a, b Option) bool { return a.Name == b.Name }
	if !slices.EqualFunc(d.options, p.Options, same) {
		d.options = p.Options
		d.list.SetOptions(labels(p.Options))
	}
	i := slices.IndexFunc(p.Options, func(o Option) bool { return o.Name == p.Chosen })
	if d.list.SelectedIndex() != i {
		d.list.SetSelectedIndex(i)
	}
}

func labels(options []Option) []string {
	out := make([]string, len(options))
	for i, o := range options {
		out[i] = o.Name
		if !o.Label.IsZero() {
			out[i] = tr(o.Label)
		}
	}
	return out
}
