package editui

import "parley/editor"

// Scrub puts the playhead at a time of the film. The clip there is chosen,
// unless several are.
func (p *Presenter) Scrub(at editor.Time) {
	line := p.line()
	p.playhead, p.preview = at.Max(editor.Time{}).Min(line.Duration()), nil
	if len(p.Selection()) > 1 || p.music != "" {
		return
	}
	i, _, ok := line.Find(p.playhead)
	if !ok {
		i = line.Len() - 1
	}
	if i >= 0 {
		p.Choose(line.Clip(i).ID)
	}
}

// Step moves the playhead by frames of the film.
func (p *Presenter) Step(frames int64) {
	rate := p.Project().Spec().Rate
	last := p.line().Duration().FrameRound(rate) - 1
	p.Scrub(editor.Frames(min(max(0, p.playhead.FrameRound(rate)+frames), max(0, last)), rate))
}

// StepSeconds moves the playhead by whole seconds.
func (p *Presenter) StepSeconds(by int64) {
	rate := p.Project().Spec().Rate
	p.Step(editor.Rational(by, 1).FrameRound(rate))
}

// ToCut puts the playhead at the next cut, or the one before it: where a clip
// begins, and the film ends.
func (p *Presenter) ToCut(next bool) {
	line := p.line()
	to, found := editor.Time{}, false
	for at := range line.All() {
		switch {
		case next && at.Cmp(p.playhead) > 0:
			p.Scrub(at)
			return
		case !next && at.Cmp(p.playhead) < 0:
			to, found = at, true
		}
	}
	switch {
	case next:
		p.Scrub(line.Duration())
	case found:
		p.Scrub(to)
	}
}

// ToEnd puts the playhead at the film's beginning or end.
func (p *Presenter) ToEnd(last bool) {
	if last {
		p.Scrub(p.line().Duration())
		return
	}
	p.Scrub(editor.Time{})
}

// ChooseMusic chooses a piece of music instead of clips.
func (p *Presenter) ChooseMusic(id editor.MusicID) {
	p.Choose()
	p.music = id
}
