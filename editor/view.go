package editor

import (
	"fmt"
	"strings"
)

// Pictures is the run that gives the film's pictures from a frame on, as far as
// the span goes that holds it: Step.Frames of them, of the output's size. Its
// arguments end with the mapping of the picture; how it is written is for the
// caller to add. Step.Files have to lie in the folder in which it is run.
func (a *Assembly) Pictures(frame int64) (Step, error) {
	i, ok := a.at(frame)
	if !ok {
		return Step{}, fmt.Errorf("%w: the film has no frame %d", ErrRange, frame)
	}
	s := a.spans[i]
	s.first = frame
	g := &graph{}
	picture, name, err := a.span(g, s)
	if err != nil {
		return Step{}, err
	}
	step := g.run(picture)
	step.Frames, step.Clip = s.last-s.first, name
	return step, nil
}

// Sound is the run that gives the film's sound, stereo at the output's sample
// rate, from a frame on, as far as the span goes that holds it: Step.Samples
// in each channel. Its arguments end with the mapping of the sound. It is what
// the film sounds like before mastering.
func (a *Assembly) Sound(frame int64) (Step, error) {
	i, ok := a.at(frame)
	if !ok {
		return Step{}, fmt.Errorf("%w: the film has no frame %d", ErrRange, frame)
	}
	s := a.spans[i]
	s.first = frame
	g := &graph{}
	labels := a.faded(g, s)
	under, err := a.under(g, s, func(Music) bool { return true })
	if err != nil {
		return Step{}, err
	}
	n := a.sample(s.last) - a.sample(s.first)
	step := g.run(a.mix(g, append(labels, under...), n))
	step.Samples, step.Clip = n, a.clips[s.clips[0]].clip.Label
	return step, nil
}

// Parted is Sound with the music that is turned down while the film speaks on
// two channels of its own, behind the others, as loud as it is without that:
// what is to be done to it is known to whoever plays it. parted is false where
// there is none during the span, and the run is that of Sound.
func (a *Assembly) Parted(frame int64) (step Step, parted bool, err error) {
	i, ok := a.at(frame)
	if !ok {
		return Step{}, false, fmt.Errorf("%w: the film has no frame %d", ErrRange, frame)
	}
	s := a.spans[i]
	s.first = frame
	g := &graph{}
	labels := a.faded(g, s)
	steady, err := a.under(g, s, func(m Music) bool { return !m.Duck })
	if err != nil {
		return Step{}, false, err
	}
	ducked, err := a.under(g, s, func(m Music) bool { return m.Duck })
	if err != nil {
		return Step{}, false, err
	}
	n := a.sample(s.last) - a.sample(s.first)
	sound := a.mix(g, append(labels, steady...), n)
	if len(ducked) > 0 {
		sound = g.chain(sound+a.mix(g, ducked, n), "amerge=inputs=2")
	}
	step = g.run(sound)
	step.Samples, step.Clip = n, a.clips[s.clips[0]].clip.Label
	return step, len(ducked) > 0, nil
}

// Speech is Sound without any music.
func (a *Assembly) Speech(frame int64) (Step, error) {
	i, ok := a.at(frame)
	if !ok {
		return Step{}, fmt.Errorf("%w: the film has no frame %d", ErrRange, frame)
	}
	s := a.spans[i]
	s.first = frame
	g := &graph{}
	n := a.sample(s.last) - a.sample(s.first)
	step := g.run(a.mix(g, a.faded(g, s), n))
	step.Samples, step.Clip = n, a.clips[s.clips[0]].clip.Label
	return step, nil
}

// Ducked are the stretches of the film, in samples, under which music lies
// that is turned down while it speaks.
func (a *Assembly) Ducked() [][2]int64 {
	var all [][2]int64
	for _, m := range a.timeline.Music() {
		begin := m.At.SamplesRound(a.Output.SampleRate)
		end := min(m.At.Add(m.Length()).SamplesRound(a.Output.SampleRate), a.Samples())
		if m.Duck && begin < end {
			all = append(all, [2]int64{begin, end})
		}
	}
	return all
}

// faded is the sound of each clip of a span; two are cross-faded.
func (a *Assembly) faded(g *graph, s span) []string {
	var labels []string
	for k, i := range s.clips {
		scene := a.scene(i, s.first, s.last)
		label := scene.heard(g)
		if len(s.clips) == 2 {
			label = a.crossfade(g, label, s, k == 1)
		}
		labels = append(labels, label)
	}
	return labels
}

// crossfade turns one sound of a transition up or down, with equal power.
func (a *Assembly) crossfade(g *graph, in string, s span, incoming bool) string {
	begin := a.clips[s.clips[1]].first
	whole := a.sample(a.clips[s.clips[0]].last) - a.sample(begin)
	kind := "out"
	if incoming {
		kind = "in"
	}
	return g.chain(in, fmt.Sprintf("asetpts=(N+%d)/SR/TB", a.sample(s.first)-a.sample(begin)),
		fmt.Sprintf("afade=t=%s:ss=0:ns=%d:curve=qsin", kind, whole), "asetpts=N/SR/TB")
}

// under is the music that is heard during a span, as far as it is wanted.
func (a *Assembly) under(g *graph, s span, wanted func(Music) bool) ([]string, error) {
	var labels []string
	first, last := a.sample(s.first), a.sample(s.last)
	for _, m := range a.timeline.Music() {
		begin := m.At.SamplesRound(a.Output.SampleRate)
		end := min(m.At.Add(m.Length()).SamplesRound(a.Output.SampleRate), a.Samples())
		from, to := max(first, begin), min(last, end)
		if from >= to || !wanted(m) {
			continue
		}
		label, err := a.piece(g, m, from-begin, to-from, end-begin)
		if err != nil {
			return nil, err
		}
		if from > first {
			label = g.chain(label, fmt.Sprintf("adelay=delays=%dS:all=1", from-first))
		}
		labels = append(labels, label)
	}
	return labels, nil
}

// mix makes one sound of n samples of several. The sum of two is not turned
// down, since people seldom talk at once; what goes beyond full scale is
// limited.
func (a *Assembly) mix(g *graph, labels []string, n int64) string {
	switch len(labels) {
	case 0:
		return g.chain("", fmt.Sprintf("anullsrc=r=%d:cl=stereo", a.Output.SampleRate), fmt.Sprintf("atrim=end_sample=%d", n))
	case 1:
		return g.chain(labels[0], fmt.Sprintf("apad=whole_len=%d", n), fmt.Sprintf("atrim=end_sample=%d", n))
	}
	return g.chain(strings.Join(labels, ""), fmt.Sprintf("amix=inputs=%d:duration=longest:normalize=0", len(labels)),
		"alimiter=limit=0.98:level=0:latency=1", fmt.Sprintf("apad=whole_len=%d", n), fmt.Sprintf("atrim=end_sample=%d", n), "asetpts=N/SR/TB")
}

// Span is the part of the film around a frame during which the same clips are
// seen, last excluded: what Pictures and Sound give one run for.
func (a *Assembly) Span(frame int64) (first, last int64, ok bool) {
	i, ok := a.at(frame)
	if !ok {
		return 0, 0, false
	}
	return a.spans[i].first, a.spans[i].last, true
}
