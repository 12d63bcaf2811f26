package editui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// clipBar is the buttons above the strip: what can be done with the selected
// clip, and the keys that do the same. In a small window they are icons alone.
type clipBar struct {
	content  *fyne.Container
	back, on *widget.Button
	named    *fyne.Container // the buttons with their names, where there is room
}

func newClipBar(t *Tab) *clipBar {
	button := func(icon fyne.Resource, text string, f func(*Presenter)) *widget.Button {
		return barButton(t, icon, text, func() { t.act(f) })
	}
	b := &clipBar{
		back: button(theme.NavigateBackIcon(), "", func(p *Presenter) { p.MoveBy(-1) }),
		on:   button(theme.NavigateNextIcon(), "", func(p *Presenter) { p.MoveBy(1) }),
	}
	b.named = container.NewHBox()
	bare := container.NewHBox()
	for _, c := range []struct {
		icon fyne.Resource
		text string
		do   func(*Presenter)
	}{
		{theme.ContentCutIcon(), lang.L("Cut in two"), (*Presenter).Split},
		{theme.ContentCopyIcon(), lang.L("Duplicate"), (*Presenter).Duplicate},
		{theme.DeleteIcon(), lang.L("Remove"), (*Presenter).Remove},
		{theme.DocumentIcon(), lang.L("Text card"), (*Presenter).Card},
		{theme.MediaPauseIcon(), lang.L("Freeze"), (*Presenter).Freeze},
		{theme.RadioButtonCheckedIcon(), lang.L("Marker"), (*Presenter).Mark},
	} {
		b.named.Add(button(c.icon, c.text, c.do))
		bare.Add(button(c.icon, "", c.do))
	}
	b.content = container.NewBorder(nil, nil, container.NewHBox(b.back, b.on), container.NewHBox(
		barButton(t, theme.ZoomOutIcon(), "", func() { t.view.strip.ZoomBy(1 / 1.6) }),
		barButton(t, theme.ZoomFitIcon(), "", func() { t.view.strip.Fit() }),
		barButton(t, theme.ZoomInIcon(), "", func() { t.view.strip.ZoomBy(1.6) }),
		barButton(t, theme.QuestionIcon(), "", func() { t.view.showKeys() }), gap(1)),
		container.New(either{}, b.named, bare))
	return b
}

// barButton is one after which keys go on where the pointer began.
func barButton(t *Tab, icon fyne.Resource, text string, f func()) *widget.Button {
	b := widget.NewButtonWithIcon(text, icon, func() {
		f()
		t.view.focus()
	})
	b.Importance = widget.LowImportance
	return b
}

func (b *clipBar) show(n Inspector) {
	able(b.back, n.Place > 1)
	able(b.on, n.Place < n.Of)
}
