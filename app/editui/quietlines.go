package editui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// lines is text in several lines that does not ask for attention. A label of
// low importance would be too faint to be read.
type lines struct {
	widget.RichText
	Text string
}

func quietLines(text string) *lines {
	l := &lines{}
	l.Wrapping, l.Scroll = fyne.TextWrapWord, fyne.ScrollNone
	l.ExtendBaseWidget(l)
	l.SetText(text)
	return l
}

// SetText changes what is written.
func (l *lines) SetText(text string) {
	if l.Text == text && len(l.Segments) > 0 {
		return
	}
	l.Text = text
	l.Segments = []widget.RichTextSegment{&widget.TextSegment{Text: text, Style: widget.RichTextStyle{
		ColorName: theme.ColorNamePlaceHolder, SizeName: theme.SizeNameCaptionText,
	}}}
	l.Refresh()
}
