package callui

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"parley/app/look"
)

// noticeBar is the bar at the bottom with one sentence and one next step.
type noticeBar struct {
	content *fyne.Container
	mark    *canvas.Rectangle
	words   *widget.Label
	act     *widget.Button
	close   *widget.Button
	desk    *Desk
	open    func(string)
	action  Action
	kept    string
}

func newNoticeBar(desk *Desk, open func(string)) *noticeBar {
	n := &noticeBar{desk: desk, open: open, mark: canvas.NewRectangle(color.Transparent), words: widget.NewLabel("")}
	n.mark.SetMinSize(fyne.NewSize(4, 24))
	n.mark.CornerRadius = 2
	n.words.Wrapping = fyne.TextWrapWord
	n.act = widget.NewButton("", n.acted)
	n.act.Importance = widget.HighImportance
	n.close = widget.NewButtonWithIcon("", theme.CancelIcon(), desk.Dismiss)
	n.close.Importance = widget.LowImportance
	line := container.NewBorder(nil, nil, container.NewHBox(look.Gap(10, 1), container.NewPadded(n.mark)),
		container.NewHBox(container.NewCenter(n.act), container.NewCenter(n.close), look.Gap(8, 1)),
		container.NewVBox(layout.NewSpacer(), n.words, layout.NewSpacer()))
	n.content = container.NewVBox(widget.NewSeparator(), line, look.Gap(1, 1))
	return n
}

func (n *noticeBar) acted() {
	switch n.action {
	case UsePattern:
		n.desk.UsePattern()
	case OpenRecording:
		n.open(n.kept)
	}
}

func (n *noticeBar) show(m Model) {
	visible(n.content, !m.Notice.Text.IsZero())
	n.action, n.kept = m.Notice.Action, m.Kept
	n.words.SetText(strings.TrimSpace(tr(m.Notice.Text) + " " + tr(m.Notice.More)))
	visible(n.act, m.Notice.Action != NoAction)
	switch m.Notice.Action {
	case UsePattern:
		n.act.SetText(lang.L("Use the test pattern"))
	case OpenRecording:
		n.act.SetText(lang.L("Open in Edit"))
	}
	th, variant := fyne.CurrentApp().Settings().Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	name := map[NoticeKind]fyne.ThemeColorName{
		Info: theme.ColorNamePrimary, Warning: theme.ColorNameWarning, Failure: theme.ColorNameError,
	}[m.Notice.Kind]
	n.mark.FillColor = th.Color(name, variant)
	n.mark.Refresh()
}
