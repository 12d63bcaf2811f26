package editor

import "fmt"

// musics plans the sound that lies under the film, each piece as far as the
// film goes.
func (a *Assembly) musics() ([]Heard, error) {
	var all []Heard
	for i, m := range a.timeline.Music() {
		first := m.At.SamplesRound(a.Output.SampleRate)
		n := min(m.At.Add(m.Length()).SamplesRound(a.Output.SampleRate), a.Samples()) - first
		if n <= 0 {
			continue
		}
		h := Heard{First: first, Duck: m.Duck}
		h.loud(a.Output, &m.Gain, &m.FadeIn, &m.FadeOut)
		var err error
		if h.Step, err = a.music(m, n); err != nil {
			return nil, err
		}
		h.Name = fmt.Sprintf("m%05d.wav", i)
		all = append(all, h)
	}
	return all, nil
}

// music plans the first n samples of a piece.
func (a *Assembly) music(m Music, n int64) (Step, error) {
	g := &graph{}
	label, err := a.piece(g, m, 0, n, n)
	if err != nil {
		return Step{}, err
	}
	step := g.run(label, pcm...)
	step.Samples, step.Clip = n, m.Label
	return step, nil
}

// piece plans n samples of a piece of music from a sample on, of which so many
// are in the film.
func (a *Assembly) piece(g *graph, m Music, from, n, whole int64) (string, error) {
	s := a.lib[m.Source]
	if s.Media == nil {
		return "", fmt.Errorf("%s has not been probed", m.Source)
	}
	sound, ok := s.Media.Audio()
	if !ok {
		return "", fmt.Errorf("%s has no sound any more; take it away from under the film", m.Source)
	}
	w := newWindow(s.Media, s.Media.Origin().Add(m.In).Add(Rational(from, int64(a.Output.SampleRate))))
	in := g.input(s.Media, sound.Index, append(w.args(), a.open(s.Media)...))
	chain := []string{"asetpts=" + w.setpts(Ratio{1, 1}), fmt.Sprintf("aresample=%d:async=1:first_pts=0", a.Output.SampleRate), stereo(sound)}
	if m.Gain != 0 {
		chain = append(chain, fmt.Sprintf("volume=%.3fdB", m.Gain))
	}
	chain = append(chain, a.fades(m.FadeIn, m.FadeOut, from, whole)...)
	return g.chain(in, append(chain, fmt.Sprintf("apad=whole_len=%d", n), fmt.Sprintf("atrim=end_sample=%d", n), "asetpts=N/SR/TB")...), nil
}
