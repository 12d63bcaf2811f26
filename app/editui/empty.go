package editui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// emptyPage says what to do while the film has no clip.
type emptyPage struct {
	content *fyne.Container
	words   *line
}

func newEmptyPage(choose func()) *emptyPage {
	e := &emptyPage{words: newLine("", theme.ColorNameForeground, theme.SizeNameHeadingText)}
	e.words.text.TextStyle.Bold = true
	e.words.text.Alignment = fyne.TextAlignCenter
	kinds := newLine(lang.L("JPEG, PNG, WebP and GIF, any video or sound, the folder of a recorded call"),
		theme.ColorNamePlaceHolder, theme.SizeNameText)
	kinds.text.Alignment = fyne.TextAlignCenter
	button := widget.NewButtonWithIcon(lang.L("Choose files…"), theme.FolderOpenIcon(), choose)
	icon := widget.NewIcon(theme.MediaVideoIcon())
	ground := newPanel(theme.ColorNameInputBackground, theme.ColorNameInputBorder, 18)
	inside := container.NewCenter(container.NewVBox(
		container.NewCenter(container.New(fixedHeight(64), container.New(fixedWidth(64), icon))),
		gap(10), e.words, gap(2), kinds, gap(18), container.NewCenter(button)))
	e.content = container.New(layout.NewCustomPaddedLayout(16, 28, 28, 28), container.NewStack(ground, inside))
	return e
}

func (e *emptyPage) show(m Model) {
	visible(e.content, len(m.Clips) == 0)
	text := lang.L("Drop pictures and clips here")
	if m.Importing > 0 {
		text = tr(lookingInto(m.Importing))
	}
	write(e.words, text)
}
