package editui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"parley/app/timeline"
)

// clipBar is the buttons above the strip: what can be done with the selected
// clip, and the keys that do the same. In a small window they are icons alone.
type clipBar struct {
	content  *fyne.Container
	back, on *widget.Button
	named    *fyne.Container // the buttons with their names, where there is room
}

func newClipBar(t *Tab) *clipBar {
	button := func(icon fyne.Resource, text string, does timeline.Command) *widget.Button {
		return barButton(t, icon, text, func() { t.view.command(does) })
	}
	b := &clipBar{
		back: button(theme.NavigateBackIcon(), "", timeline.MoveBack),
		on:   button(theme.NavigateNextIcon(), "", timeline.MoveOn),
	}
	b.named = container.NewHBox()
	bare := container.NewHBox()
	for _, c := range []struct {
		icon fyne.Resource
		text string
		does timeline.Command
	}{
		{theme.ContentCutIcon(), lang.L("Cut in two"), timeline.Split},
		{theme.ContentCopyIcon(), lang.L("Duplicate"), timeline.Duplicate},
		{theme.DeleteIcon(), lang.L("Remove"), timeline.Remove},
		{theme.DocumentIcon(), lang.L("Text card"), timeline.Card},
		{theme.MediaPauseIcon(), lang.L("Freeze"), timeline.Freeze},
		{theme.RadioButtonCheckedIcon(), lang.L("Marker"), timeline.Mark},
	} {
		b.named.Add(button(c.icon, c.text, c.does))
		bare.Add(button(c.icon, "", c.does))
	}
	b.content = container.NewBorder(nil, nil, container.NewHBox(b.back, b.on), container.NewHBox(
		barButton(t, theme.ZoomOutIcon(), "", func() { t.view.strip.ZoomBy(1 / 1.6) }),
		barButton(t, theme.ZoomFitIcon(), "", func() { t.view.strip.Fit() }),
		barButton(t, theme.ZoomInIcon(), "", func() { t.view.strip.ZoomBy(1.6) }),
		barButton(t, theme.QuestionIcon(), "", func() { t.view.showKeys() }), gap(1)),
		container.New(either{}, b.named, bare))
	return b
}

// barButton is one that has the keys go to the strip, unless f takes them.
func barButton(t *Tab, icon fyne.Resource, text string, f func()) *widget.Button {
	b := widget.NewButtonWithIcon(text, icon, func() {
		t.view.focus()
		f()
	})
	b.Importance = widget.LowImportance
	return b
}

func (b *clipBar) show(n Inspector) {
	able(b.back, n.Place > 1)
	able(b.on, n.Place < n.Of)
}
