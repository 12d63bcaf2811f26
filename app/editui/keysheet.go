package editui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"parley/app/look"
)

// keyGroup is a part of the sheet of keys.
type keyGroup struct {
	name Text
	keys []keyLine
}

type keyLine struct {
	keys string
	does Text
}

// keySheet lists the keys of the strip.
func keySheet() [][]keyGroup {
	return [][]keyGroup{
		{
			{say("Play"), []keyLine{
				{"Space", say("Play, pause")},
				{"J  K  L", say("Back, stop, on; again for faster")},
			}},
			{say("Move the mark"), []keyLine{
				{"←  →", say("A frame")},
				{"Shift ←  →", say("A second")},
				{"↑  ↓", say("Cut before, next cut")},
				{"Home  End", say("Beginning, end")},
			}},
			{say("Look"), []keyLine{
				{"+  −", say("Closer, further away")},
				{"0", say("Show the whole film")},
				{"Alt", say("Drag without snapping")},
				{"F1  ?", say("This sheet")},
			}},
		},
		{
			{say("Cut"), []keyLine{
				{"S  Ctrl+B", say("Cut in two at the mark")},
				{"I  [", say("Begin at the mark")},
				{"O  ]", say("End at the mark")},
				{"Del", say("Remove")},
				{"Alt ←  →", say("Move the clip")},
				{"X", say("Fade over from the clip before")},
			}},
			{say("Add"), []keyLine{
				{"F", say("Freeze the picture")},
				{"T", say("Text card")},
				{"M", say("Marker")},
				{"Shift M", say("Name the marker")},
			}},
		},
		{
			{say("Choose"), []keyLine{
				{"Ctrl", say("Click: one more")},
				{"Shift", say("Click: all up to it")},
				{"Ctrl+A", say("All")},
				{"Esc", say("Fewer")},
			}},
			{say("Copy and undo"), []keyLine{
				{"Ctrl+C  X  V", say("Copy, cut out, paste")},
				{"Ctrl+D", say("Duplicate")},
				{"Ctrl+Z", say("Undo")},
				{"Ctrl+Shift+Z", say("Do again")},
			}},
		},
	}
}

// showKeys shows the sheet.
func (v *view) showKeys() {
	columns := container.NewHBox()
	for i, groups := range keySheet() {
		if i > 0 {
			columns.Add(gapWide(26))
		}
		column := container.NewVBox()
		for _, g := range groups {
			title := newLine(tr(g.name), theme.ColorNamePrimary, theme.SizeNameText)
			title.text.TextStyle.Bold = true
			rows := container.New(layout.NewFormLayout())
			for _, k := range g.keys {
				rows.Add(keyCap(k.keys))
				rows.Add(container.NewVBox(layout.NewSpacer(), newLine(tr(k.does), theme.ColorNameForeground, theme.SizeNameCaptionText), layout.NewSpacer()))
			}
			column.Add(title)
			column.Add(rows)
			column.Add(gap(10))
		}
		columns.Add(column)
	}
	d := dialog.NewCustom(lang.L("Keys"), lang.L("Close"), columns, v.tab.window)
	look.ShowDialog(d, v.tab.window, v.focus)
}

// keyCap is the name of keys as it stands on them.
func keyCap(keys string) fyne.CanvasObject {
	words := newLine(keys, theme.ColorNameForeground, theme.SizeNameCaptionText)
	words.text.TextStyle.Bold = true
	ground := newPanel(theme.ColorNameInputBackground, theme.ColorNameInputBorder, 4)
	return container.NewHBox(container.NewStack(ground, container.New(layout.NewCustomPaddedLayout(2, 2, 7, 7), words)), layout.NewSpacer())
}

func gapWide(width float32) fyne.CanvasObject {
	return container.New(fixedWidth(width), widget.NewLabel(""))
}
