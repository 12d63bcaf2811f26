package callui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"parley/app/look"
)

// trustPanel shows in a call the words that both sides see where nobody is in
// between: small, and large with what to do about them.
type trustPanel struct {
	content *fyne.Container
	small   *look.Tap
	short   *canvas.Text
	large   fyne.CanvasObject
	title   *canvas.Text
	words   *canvas.Text
	why     *widget.Label
	same    *widget.Button
}

func newTrustPanel(desk *Desk) *trustPanel {
	p := &trustPanel{
		short: look.Words("", 13, false), title: look.Words("", 14, true), words: look.Words("", 22, true), why: widget.NewLabel(""),
	}
	p.small = look.NewTap(look.Pill(15, 13, 6, container.New(layout.NewCustomPaddedHBoxLayout(7),
		container.NewCenter(look.Icon(look.Shield, softWhite, 15)), p.short)), desk.ToggleWords)
	p.why.Wrapping = fyne.TextWrapWord
	p.same = widget.NewButton(lang.L("They are the same"), desk.Verify)
	p.same.Importance = widget.HighImportance
	later := widget.NewButton(lang.L("Not now"), desk.ToggleWords)
	later.Importance = widget.LowImportance
	column := container.New(layout.NewCustomPaddedVBoxLayout(8), p.title, p.words, container.New(layout.NewCustomPaddedLayout(-4, -4, -8, -8), p.why), look.Gap(336, 1), container.NewHBox(p.same, later))
	p.large = look.Pill(18, 18, 14, column)
	p.content = container.NewStack(container.NewThemeOverride(container.NewVBox(container.NewHBox(p.small), p.large), look.Dark()))
	p.content.Hide()
	return p
}

// show follows a model. That the machine is another one is shown large by
// itself.
func (p *trustPanel) show(m Model) {
	t := m.Trust
	on := m.Connected && len(t.Words) > 0 && !m.Loopback
	visible(p.content, on)
	if !on {
		return
	}
	visible(p.small, !t.Open && t.Standing != Verified)
	visible(p.large, t.Open)
	p.short.Text = strings.Join(t.Words, " · ")
	p.words.Text = strings.Join(t.Words, "  ")
	p.title.Text, p.title.Color = lang.L("Say these words to each other"), p.words.Color
	p.why.SetText(lang.L("If both of you see the same four, nobody listens in between."))
	if t.Standing == Changed {
		p.title.Text, p.title.Color = lang.L("This is another machine than last time"), amber
		p.why.SetText(lang.L("They may have a new computer, or somebody is in between. Compare the words before you say anything private."))
	}
	p.short.Color = softWhite
	if t.Standing == Changed {
		p.short.Color = amber
	}
	p.content.Refresh()
}
