package editor

// scene is a part of a clip of the film: so many frames, from a frame of the
// clip on.
type scene struct {
	*Assembly
	placed
	from   int64 // counted from the clip's first frame
	frames int64
}

// name is the clip for people.
func (s *scene) name() string {
	switch {
	case s.clip.Label != "":
		return s.clip.Label
	case s.clip.Kind == TitleClip && len(s.clip.Titles) > 0:
		return s.clip.Titles[0].Text("title")
	}
	return s.clip.Source
}

// length is that of the whole clip in the film, in frames.
func (s *scene) length() int64 { return s.last - s.first }

// moment is what is shown at frame n of the scene, counted as In is.
func (s *scene) moment(n int64) Time {
	return s.clip.Moment(Frames(s.from+n, s.Output.Rate))
}

// instant is the moment at which a source is to be entered for frame n; that
// of a freeze is always the same.
func (s *scene) instant(n int64) Time {
	if s.clip.Stands() {
		return s.clip.In
	}
	return s.moment(n)
}

// whole is the box that fills the frame.
func (a *Assembly) whole() box { return box{a.Output.Width, a.Output.Height} }

// still says whether every frame of the scene shows the same.
func (s *scene) still() bool {
	return s.clip.Stands() && !s.clip.Framing.Pan.Moves() && len(s.letters().titles) == 0 && len(s.letters().cues) == 0
}

// draw plans the pictures of the scene and returns the label that they have:
// as large as the frame, s.frames of them, counted from 0.
func (s *scene) draw(g *graph) (string, error) {
	picture, err := s.bare(g)
	if err != nil {
		return "", err
	}
	return s.write(g, picture)
}

// bare is the picture without titles.
func (s *scene) bare(g *graph) (string, error) {
	switch {
	case s.clip.Kind == TitleClip:
		return s.card(g)
	case s.source.Recording != nil:
		return s.call(g)
	case s.clip.Stands():
		return s.standing(g), nil
	}
	return s.moving(g), nil
}
