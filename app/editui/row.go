package editui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
)

// rowName is the width of the names in the panel.
const rowName = 92

// row is a control of the panel behind its name; right may be nil.
func row(name string, control, right fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(0, 0, 0, theme.InnerPadding()),
		container.NewBorder(nil, nil, named(name), right, control))
}

// wide is something that takes the panel's width.
func wide(o fyne.CanvasObject) fyne.CanvasObject { return indent(o) }

// named is the name before a control.
func named(text string) fyne.CanvasObject {
	return container.New(fixedWidth(rowName),
		container.New(layout.NewCustomPaddedLayout(0, 0, theme.InnerPadding(), 0),
			container.NewVBox(layout.NewSpacer(), quiet(text), layout.NewSpacer())))
}

func indent(o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(0, 0, theme.InnerPadding(), theme.InnerPadding()), o)
}
