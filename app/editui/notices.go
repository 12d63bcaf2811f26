package editui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
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
	shown   []Notice
	words   map[int]*widget.Label // of those that are to be seen, by ID
}

func newNoticeList(t *Tab) *noticeList { return &noticeList{content: container.NewVBox(), tab: t} }

func (l *noticeList) show(all []Notice) {
	if same := slices.EqualFunc(all, l.shown, func(a, b Notice) bool { return a.ID == b.ID }); !same {
		l.lay(all)
	}
	l.shown = all
	for _, n := range all {
		if words := l.words[n.ID]; words != nil {
			words.SetText(tr(n.Text))
		}
	}
}

// lay makes the lines; those for which there is no room go all at once.
func (l *noticeList) lay(all []Notice) {
	hidden := max(0, len(all)-mostNotices)
	l.words = map[int]*widget.Label{}
	l.content.RemoveAll()
	for _, n := range all[hidden:] {
		l.content.Add(l.line(n))
	}
	if hidden > 0 {
		more := container.NewVBox(layout.NewSpacer(), indent(quiet(tr(sayOf("and {{.More}} more", "More", hidden)))), layout.NewSpacer())
		l.content.Add(container.NewBorder(nil, nil, nil, container.NewHBox(closer(func() { l.forget(all[:hidden]) }), look.Gap(4, 1)), more))
	}
}

// forget takes notices away but those of what goes on.
func (l *noticeList) forget(some []Notice) {
	l.tab.act(func(p *Presenter) {
		for _, n := range some {
			if !n.Goes {
				p.Dismiss(n.ID)
			}
		}
	})
}

func (l *noticeList) line(n Notice) fyne.CanvasObject {
	name := theme.ColorNamePrimary
	if n.Kind == Failure {
		name = theme.ColorNameError
	}
	away := closer(func() { l.tab.dismiss(n.ID) })
	if n.Goes {
		away = container.NewCenter(widget.NewButton(lang.L("Cancel"), func() { l.tab.dismiss(n.ID) }))
	}
	line, words := labelledBar(name, tr(n.Text), away)
	l.words[n.ID] = words
	return line
}

// bar is a line with a coloured mark, a sentence and buttons.
func bar(colour fyne.ThemeColorName, text string, right ...fyne.CanvasObject) fyne.CanvasObject {
	line, _ := labelledBar(colour, text, right...)
	return line
}

// labelledBar is bar, with the label in it.
func labelledBar(colour fyne.ThemeColorName, text string, right ...fyne.CanvasObject) (fyne.CanvasObject, *widget.Label) {
	mark := newPanel(colour, "", 2)
	mark.shape.SetMinSize(fyne.NewSize(4, 24))
	words := widget.NewLabel(text)
	words.Wrapping = fyne.TextWrapWord
	line := container.NewBorder(nil, nil, container.NewHBox(look.Gap(6, 1), container.NewPadded(mark)),
		container.NewHBox(append(right, look.Gap(4, 1))...),
		container.NewVBox(layout.NewSpacer(), words, layout.NewSpacer()))
	return container.NewVBox(widget.NewSeparator(), line), words
}

func closer(f func()) fyne.CanvasObject {
	b := widget.NewButtonWithIcon("", theme.CancelIcon(), f)
	b.Importance = widget.LowImportance
	return container.NewCenter(b)
}
