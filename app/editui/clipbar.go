package editui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// clipBar is the buttons above the strip: what can be done with the selected
// clip, and the keys that do the same.
type clipBar struct {
	content  *fyne.Container
	back, on *widget.Button
}

func newClipBar(t *Tab) *clipBar {
	button := func(icon fyne.Resource, text string, f func(*Presenter)) *widget.Button {
		b := widget.NewButtonWithIcon(text, icon, func() {
			t.act(f)
			t.view.focus() // keys go on where the pointer began
		})
		b.Importance = widget.LowImportance
		return b
	}
	icon := func(icon fyne.Resource, f func()) *widget.Button {
		b := widget.NewButtonWithIcon("", icon, func() {
			f()
			t.view.focus()
		})
		b.Importance = widget.LowImportance
		return b
	}
	b := &clipBar{
		back: button(theme.NavigateBackIcon(), "", func(p *Presenter) { p.MoveBy(-1) }),
		on:   button(theme.NavigateNextIcon(), "", func(p *Presenter) { p.MoveBy(1) }),
	}
	b.content = container.NewHBox(
		b.back, b.on,
		button(theme.ContentCutIcon(), lang.L("Cut in two"), (*Presenter).Split),
		button(theme.ContentCopyIcon(), lang.L("Duplicate"), (*Presenter).Duplicate),
		button(theme.DeleteIcon(), lang.L("Remove"), (*Presenter).Remove),
		button(theme.DocumentIcon(), lang.L("Text card"), (*Presenter).Card),
		button(theme.MediaPauseIcon(), lang.L("Freeze"), (*Presenter).Freeze),
		button(theme.RadioButtonCheckedIcon(), lang.L("Marker"), (*Presenter).Mark),
		layout.NewSpacer(),
		icon(theme.ZoomOutIcon(), func() { t.view.strip.ZoomBy(1 / 1.6) }),
		icon(theme.ZoomFitIcon(), func() { t.view.strip.Fit() }),
		icon(theme.ZoomInIcon(), func() { t.view.strip.ZoomBy(1.6) }),
		icon(theme.QuestionIcon(), func() { t.view.showKeys() }), gap(1))
	return b
}

func (b *clipBar) show(n Inspector) {
	able(b.back, n.Place > 1)
	able(b.on, n.Place < n.Of)
}
