package editui

import (
	"math"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"parley/editor"
)

// soundView is what is done to a clip's sound.
type soundView struct {
	inspector *inspector
	fold      *fold
	volume    *dial
	mute      *heardCheck
	heard     *fyne.Container // what is of use while it is heard
	in, out   *momentEntry
	denoise   *heardCheck
	tracks    *fyne.Container
	ticks     []*heardCheck
	shown     []SoundTrack
	plain     *heardButton
	silences  *heardButton
}

func newSoundView(i *inspector) *soundView {
	s := &soundView{inspector: i, tracks: container.NewVBox()}
	s.volume = i.dial(leastGain, mostGain, 0.5, dialing{
		slid:  func(db float64) { i.act(func(p *Presenter) { p.Volume(db) }) },
		ended: func() { i.act((*Presenter).EndRun) },
		enter: func(text string) error {
			return i.enter(func(p *Presenter) error { return p.EnterVolume(text) })
		},
		done: i.done,
	})
	s.volume.snap = 1.2
	s.mute = i.check(lang.L("Mute"), func(on bool) { i.act(func(p *Presenter) { p.Mute(on) }) })
	fade := func(out bool) *momentEntry {
		return i.moment(func(string) {}, func(text string) error {
			return i.enter(func(p *Presenter) error { return p.EnterFade(out, text) })
		}, i.done)
	}
	s.in, s.out = fade(false), fade(true)
	s.denoise = i.check(lang.L("Take noise away"), func(on bool) { i.act(func(p *Presenter) { p.Denoise(on) }) })
	s.plain = i.quietButton(lang.L("As it was recorded"), nil, func() { i.act((*Presenter).ResetSound) })
	s.heard = container.NewVBox(row(lang.L("Volume"), s.volume.content, nil),
		row(lang.L("Fade in, out"), container.NewGridWithColumns(2, s.in, s.out), nil), s.denoise, s.tracks)
	s.silences = i.button(lang.L("Cut silences…"), nil, func() { i.act(func(p *Presenter) { p.Propose(CutSilences, false) }) })
	s.fold = i.fold(lang.L("Sound"), false, s.mute, s.heard, wide(s.silences), wide(s.plain))
	return s
}

func (s *soundView) show(p Panel, other bool) {
	n := p.Sound
	s.fold.show(n.On, n.Summary)
	if !n.On {
		return
	}
	s.mute.set(n.Sound.Mute)
	visible(s.heard, !n.Sound.Mute)
	s.volume.show(n.Sound.Gain, showGain(n.Sound.Gain), other)
	s.in.set(showFade(n.Sound.FadeIn), other)
	s.out.set(showFade(n.Sound.FadeOut), other)
	s.denoise.set(n.Sound.Denoise)
	visible(s.silences, n.Propose)
	visible(s.plain, len(n.Summary) > 0)
	s.list(n.Tracks)
}

// list shows the sounds of a file that has several.
func (s *soundView) list(tracks []SoundTrack) {
	if len(tracks) != len(s.shown) || len(tracks) > 0 && !sameText(tracks[0].Name, s.shown[0].Name) {
		s.tracks.RemoveAll()
		s.ticks = nil
		if len(tracks) > 0 {
			s.tracks.Add(indent(quiet(lang.L("Sounds of the file"))))
		}
		for n, t := range tracks {
			tick := s.inspector.check(tr(t.Name), func(on bool) { s.inspector.act(func(p *Presenter) { p.Hear(n, on) }) })
			s.ticks = append(s.ticks, tick)
			s.tracks.Add(tick)
		}
	}
	s.shown = tracks
	for n, t := range tracks {
		s.ticks[n].set(t.Heard)
	}
}

// showFade writes how long a fade or a transition takes.
func showFade(t editor.Time) string {
	return strconv.FormatFloat(math.Round(t.Float()*100)/100, 'f', -1, 64) + " s"
}
