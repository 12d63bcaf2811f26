package editui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// deckRow is the buttons that play the film, below the preview.
type deckRow struct {
	deck    *deck
	content *fyne.Container

	play, mute   *widget.Button
	now, length  *line
	speed, quiet *line
	volume       *widget.Slider
}

func newDeckRow(d *deck) *deckRow {
	r := &deckRow{deck: d}
	r.play = r.button(theme.MediaPlayIcon(), d.PlayPause)
	r.mute = r.button(theme.VolumeUpIcon(), d.toggleMute)
	step := func(f func(*Presenter)) func() {
		return func() {
			d.pause()
			d.tab.act(f)
		}
	}
	r.now, r.length = newLine("", theme.ColorNameForeground, theme.SizeNameText), quiet("")
	r.now.text.TextStyle.Monospace, r.length.text.TextStyle.Monospace = true, true
	r.speed = newLine("", theme.ColorNamePrimary, theme.SizeNameText)
	r.speed.text.TextStyle.Bold = true
	r.quiet = newLine("", theme.ColorNameWarning, theme.SizeNameCaptionText)
	r.volume = widget.NewSlider(0, 1)
	r.volume.Step, r.volume.Value = 0.02, d.volume
	r.volume.OnChanged, r.volume.OnChangeEnded = d.setVolume, d.keepVolume
	buttons := container.NewHBox(
		r.button(theme.MediaSkipPreviousIcon(), step(func(p *Presenter) { p.ToEnd(false) })),
		r.button(theme.NavigateBackIcon(), step(func(p *Presenter) { p.Step(-1) })),
		r.play,
		r.button(theme.NavigateNextIcon(), step(func(p *Presenter) { p.Step(1) })),
		r.button(theme.MediaSkipNextIcon(), step(func(p *Presenter) { p.ToEnd(true) })))
	time := container.NewHBox(gapWide(4), container.NewCenter(r.now), container.NewCenter(r.length), container.NewCenter(r.speed))
	loud := container.NewHBox(layout.NewSpacer(), r.mute,
		container.New(fixedWidth(110), container.NewVBox(layout.NewSpacer(), r.volume, layout.NewSpacer())))
	r.content = container.New(layout.NewCustomPaddedLayout(0, 2, 8, 8), container.NewVBox(
		container.New(flanked{sideOfRow, narrowSideOfRow, r.length}, time, container.NewCenter(buttons), loud),
		container.NewCenter(r.quiet)))
	r.quiet.Hide()
	return r
}

// button is one after which keys go on where they did.
func (r *deckRow) button(icon fyne.Resource, f func()) *widget.Button {
	b := widget.NewButtonWithIcon("", icon, func() {
		f()
		r.deck.tab.view.focus()
	})
	b.Importance = widget.LowImportance
	return b
}

// show follows the deck.
func (r *deckRow) show() {
	d, p := r.deck, r.deck.tab.presenter
	put := func(b *widget.Button, icon fyne.Resource) {
		if b.Icon != icon {
			b.SetIcon(icon)
		}
	}
	put(r.play, theme.MediaPlayIcon())
	if d.speed != 0 {
		put(r.play, theme.MediaPauseIcon())
	}
	put(r.mute, theme.VolumeUpIcon())
	if d.mute {
		put(r.mute, theme.VolumeMuteIcon())
	}
	changed := write(r.now, showMoment(p.playhead))
	changed = write(r.length, "/ "+showMoment(p.line().Duration())) || changed
	changed = write(r.speed, pace(d.speed)) || changed
	silent := ""
	if d.state.Silent != nil && d.speed != 0 {
		silent = tr(sayOf("No sound: {{.Why}}", "Why", lang.L(d.state.Silent.Error())))
	}
	visible(r.quiet, silent != "")
	if write(r.quiet, silent) || changed {
		r.content.Refresh()
	}
}

// What stands on either side of the buttons is as wide as this, and in a small
// window without the film's length.
const (
	sideOfRow       = 210
	narrowSideOfRow = 150
)

// pace is how a speed is shown: nothing for the film's own.
func pace(speed float64) string {
	switch {
	case speed == 0 || speed == 1:
		return ""
	case speed < 0:
		return fmt.Sprintf("−%g×", -speed)
	}
	return fmt.Sprintf("%g×", speed)
}
