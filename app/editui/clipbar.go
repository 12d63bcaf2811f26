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
	b := &clipBar{
		back: button(theme.NavigateBackIcon(), "", func(p *Presenter) { p.MoveBy(-1) }),
		on:   button(theme.NavigateNextIcon(), "", func(p *Presenter) { p.MoveBy(1) }),
	}
	b.content = container.NewHBox(
		b.back, b.on,
		button(theme.ContentCutIcon(), lang.L("Cut in two"), (*Presenter).Split),
		button(theme.ContentCopyIcon(), lang.L("Duplicate"), (*Presenter).Duplicate),
		button(theme.DeleteIcon(), lang.L("Remove"), (*Presenter).Remove),
		layout.NewSpacer(), container.NewCenter(keysHint()), gap(1))
	return b
}

func (b *clipBar) show(n Inspector) {
	able(b.back, n.Place > 1)
	able(b.on, n.Place < n.Of)
}

// keysHint tells the keys in one quiet line.
func keysHint() fyne.CanvasObject {
	return quiet(lang.L("Shift ← → move  ·  I O trim to the mark  ·  , . frame  ·  + − 0 zoom"))
}
