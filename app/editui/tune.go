package editui

import (
	"slices"

	"parley/editor"
)

// Tune is a piece of music under the film.
type Tune struct {
	editor.Music
	Missing bool
	Chosen  bool
}

func (p *Presenter) tunes() []Tune {
	var all []Tune
	for _, m := range p.line().Music() {
		all = append(all, Tune{m, p.missing[m.Source], m.ID == p.music})
	}
	return all
}

// duckedAs is what is to be said of how the preview plays music that gives way
// to speech, where it does not.
func duckedAs(s Playing) Text {
	switch {
	case s.Listening:
		return say("The preview is finding out where somebody speaks. Until then its music is not softer there.")
	case s.Unducked != nil:
		return sayOf("In the preview music is not softer while someone speaks; in the film it is. {{.Why}}", "Why", sayError(s.Unducked).String())
	}
	return Text{}
}

// canSpread says whether the film has pictures that could share the length of
// its music.
func (p *Presenter) canSpread() bool {
	line := p.line()
	return len(line.Music()) > 0 && slices.ContainsFunc(line.Clips(), editor.Clip.Stands)
}

// tune edits a piece of music as one step; changes with one key that follow
// each other are one.
func (p *Presenter) tune(id editor.MusicID, key, label string, edit func(*editor.Music)) {
	for _, m := range p.line().Music() {
		if m.ID != id {
			continue
		}
		before := m
		edit(&m)
		if m.Gain == before.Gain && m.Duck == before.Duck && m.At == before.At && m.In == before.In && m.Out == before.Out &&
			m.FadeIn == before.FadeIn && m.FadeOut == before.FadeOut {
			return
		}
		next, err := p.line().WithMusic(m)
		if err != nil {
			p.do(label, next, err)
			return
		}
		if key != "" {
			key += string(id)
		}
		p.advance(key, label, next)
		return
	}
}

// TuneVolume makes music louder or softer, in dB; what is dragged is one step.
func (p *Presenter) TuneVolume(id editor.MusicID, db float64) {
	p.tune(id, "tune", "Change volume of music", func(m *editor.Music) { m.Gain = gain(db) })
}

// EnterTuneVolume takes a volume that was written.
func (p *Presenter) EnterTuneVolume(id editor.MusicID, text string) error {
	db, err := parseGain(text)
	if err == nil {
		p.TuneVolume(id, db)
		p.EndRun()
	}
	return err
}

// TuneFade makes music come or go over a time.
func (p *Presenter) TuneFade(id editor.MusicID, out bool, length editor.Time) {
	p.tune(id, "", "Fade music", func(m *editor.Music) {
		length := length.Max(editor.Time{}).Min(m.Length())
		if out {
			m.FadeOut = length
		} else {
			m.FadeIn = length
		}
	})
}

// Duck chooses whether music is turned down while the film speaks.
func (p *Presenter) Duck(id editor.MusicID, on bool) {
	p.tune(id, "", "Turn music down under speech", func(m *editor.Music) { m.Duck = on })
}

// TuneAt has music begin at a time of the film.
func (p *Presenter) TuneAt(id editor.MusicID, at editor.Time) {
	p.tune(id, "", "Move music", func(m *editor.Music) { m.At = at.Max(editor.Time{}) })
}

// shortest is how little of a piece of music can be left.
var shortest = editor.Rational(1, 10)

// TuneIn has music begin at a moment of its file.
func (p *Presenter) TuneIn(id editor.MusicID, in editor.Time) {
	p.tune(id, "", "Trim music", func(m *editor.Music) { m.In = in.Max(editor.Time{}).Min(m.Out.Sub(shortest)) })
}

// TuneOut has music end at a moment of its file.
func (p *Presenter) TuneOut(id editor.MusicID, out editor.Time) {
	p.tune(id, "", "Trim music", func(m *editor.Music) { m.Out = out.Min(m.Available).Max(m.In.Add(shortest)) })
}

// PullTune takes an end of music that was dragged to a moment of its file. Its
// beginning comes later in the film by as much.
func (p *Presenter) PullTune(id editor.MusicID, beginning bool, t editor.Time) {
	p.tune(id, "", "Trim music", func(m *editor.Music) {
		if beginning {
			m.At, m.In = m.At.Add(t).Sub(m.In).Max(editor.Time{}), t
		} else {
			m.Out = t
		}
	})
}

// RemoveTune takes music away.
func (p *Presenter) RemoveTune(id editor.MusicID) {
	next, err := p.line().WithoutMusic(id)
	p.do("Remove music", next, err)
}
