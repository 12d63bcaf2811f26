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

// presetRow is a preset of the list: its name, and what it is good for.
type presetRow struct {
	widget.BaseWidget
	title *widget.Label
	about *line
}

func newPresetRow() *presetRow {
	r := &presetRow{title: widget.NewLabel(""), about: quiet("")}
	r.ExtendBaseWidget(r)
	return r
}

func (r *presetRow) show(p editor.Preset) {
	r.title.SetText(lang.L(p.Title))
	write(r.about, lang.L(p.About))
}

// CreateRenderer is for Fyne.
func (r *presetRow) CreateRenderer() fyne.WidgetRenderer {
	tight := layout.NewCustomPaddedVBoxLayout(-6)
	about := container.New(layout.NewCustomPaddedLayout(0, 6, theme.InnerPadding(), theme.InnerPadding()), r.about)
	return widget.NewSimpleRenderer(container.New(tight, r.title, about))
}

// newPresetList shows presets one below the other; chosen is told which the
// person takes, the first being taken from the beginning.
func newPresetList(presets []editor.Preset, chosen func(int)) *widget.List {
	list := widget.NewList(
		func() int { return len(presets) },
		func() fyne.CanvasObject { return newPresetRow() },
		func(i widget.ListItemID, o fyne.CanvasObject) { o.(*presetRow).show(presets[i]) },
	)
	list.HideSeparators = true
	list.Select(0)
	list.OnSelected = chosen
	return list
}
