package editui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"parley/editor"
)

// tunesView is the music under the film.
type tunesView struct {
	inspector *inspector
	fold      *fold
	list      *fyne.Container
	none      *fyne.Container
	ducked    *lines
	spread    *heardButton
	tunes     []*tuneView
}

func newTunesView(i *inspector) *tunesView {
	v := &tunesView{inspector: i, list: container.NewVBox()}
	v.none = container.NewVBox(wide(quietLines(lang.L("Bring in a sound file, or drop it on the lower edge of the strip, to lay it under the film."))))
	v.ducked = quietLines("")
	v.spread = i.button(lang.L("Spread the pictures over it"), nil, func() { i.act((*Presenter).SpreadOverMusic) })
	v.fold = i.fold(lang.L("Music"), true, v.list, wide(v.ducked), wide(v.spread), v.none)
	return v
}

func (v *tunesView) show(tunes []Tune, ducked Text, spread bool) {
	v.fold.show(true, nil)
	visible(v.ducked, !ducked.IsZero() && len(tunes) > 0)
	if !ducked.IsZero() {
		v.ducked.SetText(tr(ducked))
	}
	visible(v.spread, spread)
	visible(v.none, len(tunes) == 0)
	same := len(tunes) == len(v.tunes)
	for n := 0; same && n < len(tunes); n++ {
		same = tunes[n].ID == v.tunes[n].id
	}
	if !same {
		v.list.RemoveAll()
		v.tunes = nil
		for _, t := range tunes {
			view := newTuneView(v.inspector, t.ID)
			v.tunes = append(v.tunes, view)
			v.list.Add(view.content)
		}
	}
	for n, t := range tunes {
		v.tunes[n].show(t, !same)
	}
}

// tuneView is one piece of music.
type tuneView struct {
	id      editor.MusicID
	content *fyne.Container
	name    *widget.Label
	volume  *dial
	duck    *heardCheck
	times   [5]*momentEntry
}

func newTuneView(i *inspector, id editor.MusicID) *tuneView {
	v := &tuneView{id: id, name: widget.NewLabel("")}
	v.name.Truncation = fyne.TextTruncateEllipsis
	v.volume = i.dial(leastGain, mostGain, 0.5, dialing{
		slid:  func(db float64) { i.act(func(p *Presenter) { p.TuneVolume(id, db) }) },
		ended: func() { i.act((*Presenter).EndRun) },
		enter: func(text string) error {
			return i.enter(func(p *Presenter) error { return p.EnterTuneVolume(id, text) })
		},
		done: i.done,
	})
	v.volume.snap = 1.2
	v.duck = i.check(lang.L("Softer while someone speaks"), func(on bool) { i.act(func(p *Presenter) { p.Duck(id, on) }) })
	for which := range v.times {
		v.times[which] = i.moment(func(string) {}, func(text string) error {
			return i.enter(func(p *Presenter) error { return p.EnterTune(id, TuneTime(which), text) })
		}, i.done)
	}
	pair := func(a, b TuneTime) fyne.CanvasObject {
		return container.NewGridWithColumns(2, v.times[a], v.times[b])
	}
	remove := i.quietButton("", theme.DeleteIcon(), func() { i.act(func(p *Presenter) { p.RemoveTune(id) }) })
	v.content = container.NewVBox(container.NewBorder(nil, nil, nil, remove, v.name),
		row(lang.L("Volume"), v.volume.content, nil), v.duck,
		row(lang.L("Begins at"), v.times[TuneBegins], nil), row(lang.L("From, to"), pair(TuneFrom, TuneTo), nil),
		row(lang.L("Fade in, out"), pair(TuneComes, TuneGoes), nil), gap(8))
	return v
}

func (v *tuneView) show(t Tune, anew bool) {
	v.name.Importance = widget.MediumImportance
	switch {
	case t.Missing:
		v.name.Importance = widget.DangerImportance
	case t.Chosen:
		v.name.Importance = widget.HighImportance
	}
	v.name.SetText(t.Label)
	v.volume.show(t.Gain, showGain(t.Gain), anew)
	v.duck.set(t.Duck)
	v.times[TuneBegins].set(showMoment(t.At), anew)
	v.times[TuneFrom].set(showMoment(t.In), anew)
	v.times[TuneTo].set(showMoment(t.Out), anew)
	v.times[TuneComes].set(showFade(t.FadeIn), anew)
	v.times[TuneGoes].set(showFade(t.FadeOut), anew)
}
