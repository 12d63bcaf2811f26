package editui

import "parley/editor"

// TuneToClip makes the chosen music a clip, at the cut that is nearest to its
// beginning.
func (p *Presenter) TuneToClip() {
	for _, m := range p.line().Music() {
		if m.ID != p.music {
			continue
		}
		line, err := p.line().WithoutMusic(m.ID)
		if err != nil {
			p.do("", line, err)
			return
		}
		p.playhead = m.At.Min(line.Duration())
		c := editor.Clip{
			Kind: editor.MovingClip, Source: m.Source, Label: m.Label, In: m.In, Out: m.Out, Available: m.Available,
			Sound: editor.Sound{Gain: m.Gain, FadeIn: m.FadeIn, FadeOut: m.FadeOut},
		}
		next, ids, err := line.InsertAll(p.cutNear(), []editor.Clip{c})
		p.bringIn("Make music a clip", next, ids, err)
		return
	}
}

// ClipToTune takes the chosen clip, a sound without a picture, out and lays it
// under the film where it was, or where the film has no music yet if it was its
// end: behind the end nobody would hear it.
func (p *Presenter) ClipToTune() {
	c, i, ok := p.chosen()
	if !ok || !p.canUnderlay() {
		return
	}
	line := p.line()
	m := editor.Music{
		ID: line.NextMusicID(), Source: c.Source, Label: c.Label, At: line.Start(i), In: c.In, Out: c.Out, Available: c.Available,
		Gain: c.Sound.Gain, FadeIn: c.Sound.FadeIn, FadeOut: c.Sound.FadeOut, Duck: true,
	}
	next, err := line.Remove(c.ID)
	if err == nil {
		if m.At.Cmp(next.Duration()) >= 0 {
			m.At = p.musicEnd()
		}
		next, err = next.WithMusic(m)
	}
	if p.do("Make clip music", next, err) {
		p.ChooseMusic(m.ID)
	}
}

// canUnderlay tells whether the chosen clip can be laid under others.
func (p *Presenter) canUnderlay() bool {
	c, _, ok := p.chosen()
	return ok && c.Kind == editor.MovingClip && soundOnly(p.library[c.Source]) && p.line().Len() > 1
}
