package editui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"parley/app/look"
)

// mostNotices is how many sentences are shown at once; the newest are.
const mostNotices = 3

// noticeList is the sentences at the bottom, each with a way to be rid of it.
type noticeList struct {
	content *fyne.Container
	tab     *Tab
	shown   []int
}

func newNoticeList(t *Tab) *noticeList { return &noticeList{content: container.NewVBox(), tab: t} }

func (l *noticeList) show(all []Notice) {
	hidden := max(0, len(all)-mostNotices)
	ids := make([]int, 0, len(all))
	for _, n := range all {
		ids = append(ids, n.ID)
	}
	if equal(ids, l.shown) {
		return
	}
	l.shown = ids
	l.content.RemoveAll()
	for _, n := range all[hidden:] {
		l.content.Add(l.line(n))
	}
	if hidden > 0 {
		l.content.Add(indent(quiet(tr(sayOf("and {{.More}} more", "More", hidden)))))
	}
}

func equal(a, b []int) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func (l *noticeList) line(n Notice) fyne.CanvasObject {
	name := theme.ColorNamePrimary
	if n.Kind == Failure {
		name = theme.ColorNameError
	}
	return bar(name, tr(n.Text), closer(func() { l.tab.act(func(p *Presenter) { p.Dismiss(n.ID) }) }))
}

// bar is a line with a coloured mark, a sentence and buttons.
func bar(colour fyne.ThemeColorName, text string, right ...fyne.CanvasObject) fyne.CanvasObject {
	mark := newPanel(colour, "", 2)
	mark.shape.SetMinSize(fyne.NewSize(4, 24))
	words := widget.NewLabel(text)
	words.Wrapping = fyne.TextWrapWord
	line := container.NewBorder(nil, nil, container.NewHBox(look.Gap(6, 1), container.NewPadded(mark)),
		container.NewHBox(append(right, look.Gap(4, 1))...),
		container.NewVBox(layout.NewSpacer(), words, layout.NewSpacer()))
	return container.NewVBox(widget.NewSeparator(), line)
}

func closer(f func()) fyne.CanvasObject {
	b := widget.NewButtonWithIcon("", theme.CancelIcon(), f)
	b.Importance = widget.LowImportance
	return container.NewCenter(b)
}
