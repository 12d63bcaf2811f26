package editui

import "parley/editor"

// written takes a time that was written in place of another. What an entry
// shows of that one may be less than it is: then it stays.
func (p *Presenter) written(text string, now editor.Time, take func(editor.Time)) error {
	t, err := parseMoment(text, p.Project().Spec().Rate)
	if err != nil {
		return err
	}
	if !near(t, now) {
		take(t)
	}
	return nil
}

// EnterFade takes how long the sound comes or goes.
func (p *Presenter) EnterFade(out bool, text string) error {
	c, _, ok := p.chosen()
	if !ok {
		return nil
	}
	now := c.Sound.FadeIn
	if out {
		now = c.Sound.FadeOut
	}
	return p.written(text, now, func(t editor.Time) { p.Fade(out, t) })
}

// EnterJoin takes how long the transition takes.
func (p *Presenter) EnterJoin(text string) error {
	c, _, ok := p.chosen()
	if !ok {
		return nil
	}
	defer p.EndRun()
	return p.written(text, c.Transition.Length, p.JoinLength)
}

// EnterTitle takes when a title of the chosen clip appears, or how long it
// stands; nothing written is to the clip's end.
func (p *Presenter) EnterTitle(n int, length bool, text string) error {
	c, _, ok := p.chosen()
	if !ok || n < 0 || n >= len(c.Titles) {
		return nil
	}
	if !length {
		return p.written(text, c.Since(c.Titles[n].At), func(t editor.Time) { p.TitleAt(n, t) })
	}
	if text == "" {
		p.TitleFor(n, editor.Time{})
		return nil
	}
	now := c.Since(c.Moment(editor.Time{}).Add(c.Titles[n].Length))
	return p.written(text, now, func(t editor.Time) { p.TitleFor(n, t) })
}

// TuneTime is one of the times of a piece of music.
type TuneTime int

// The times.
const (
	TuneBegins TuneTime = iota // on the film's clock
	TuneFrom                   // in its file
	TuneTo                     // in its file
	TuneComes                  // fade
	TuneGoes                   // fade
)

// EnterTune takes a time of a piece of music.
func (p *Presenter) EnterTune(id editor.MusicID, which TuneTime, text string) error {
	for _, m := range p.line().Music() {
		if m.ID != id {
			continue
		}
		switch which {
		case TuneBegins:
			return p.written(text, m.At, func(t editor.Time) { p.TuneAt(id, t) })
		case TuneFrom:
			return p.written(text, m.In, func(t editor.Time) { p.TuneIn(id, t) })
		case TuneTo:
			return p.written(text, m.Out, func(t editor.Time) { p.TuneOut(id, t) })
		case TuneComes:
			return p.written(text, m.FadeIn, func(t editor.Time) { p.TuneFade(id, false, t) })
		}
		return p.written(text, m.FadeOut, func(t editor.Time) { p.TuneFade(id, true, t) })
	}
	return nil
}
