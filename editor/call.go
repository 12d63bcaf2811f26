package editor

// call plans the pictures of a recording: the tracks that its layout shows,
// each in its box.
func (s *scene) call(g *graph) (string, error) {
	c, err := s.effects.Compose(s.clip.Arrangement, s.source.Recording, s.shows, s.Output)
	if err != nil {
		return "", err
	}
	one := *s
	if s.clip.Stands() {
		one.frames = 1
	}
	picture := one.seated(g, c)
	if s.clip.Stands() {
		picture = s.hold(g, picture)
	}
	whole := frame{s, &Stream{Width: s.Output.Width, Height: s.Output.Height}, s.whole(), Framing{Pan: s.clip.Framing.Pan}}
	return whole.move(g, picture), nil
}

// shows says whether a track has a picture while the clip stands.
func (s *scene) shows(t Track) bool {
	m := s.source.Tracks[t.ID]
	if m == nil {
		return false // it could not be read when the recording was added
	}
	v, ok := m.Video()
	in, out := s.entered()
	return ok && v.present(in, out)
}

// seated puts the tracks into their places.
func (s *scene) seated(g *graph, c Composition) string {
	var pictures []string
	for _, b := range c.Boxes {
		m := s.source.Tracks[b.Track.ID]
		v, _ := m.Video()
		pictures = append(pictures, s.stream(g, m, v, Time{}, frame{s, v, box{b.W, b.H}, Framing{Fit: b.Fit}}, s.frames))
	}
	if len(c.Boxes) == 1 && c.Boxes[0].covers(s.Output) {
		return pictures[0]
	}
	for i, p := range pictures {
		pictures[i] = g.chain(p, s.ticks(), "setpts=N")
	}
	into := g.label()
	g.chains = append(g.chains, c.Filter(pictures, into, s.frames, s.Output))
	return into
}

// blend plans the transition between two pictures during a span, or a part of
// one.
func (a *Assembly) blend(g *graph, s span, labels []string) (string, error) {
	incoming := a.clips[s.clips[1]]
	b, err := a.effects.Blend(incoming.clip.Transition.Kind)
	if err != nil {
		return "", err
	}
	last := a.clips[s.clips[0]].last
	p := Passage{Of: last - incoming.first, First: s.first - incoming.first, Count: s.last - s.first, Output: a.Output}
	g.chains = append(g.chains, labels[0]+a.ticks()+",setpts=N[a]", labels[1]+a.ticks()+",setpts=N[b]", b.Filter(p))
	return "[v]", nil
}
