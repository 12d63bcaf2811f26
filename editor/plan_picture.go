package editor

import (
	"fmt"
	"math"
	"strings"
)

// pictures plans the picture segments of the clip.
func (s *scene) pictures() error {
	switch s.clip.Kind {
	case StillClip:
		return s.still()
	case RecordingClip:
		return s.call()
	}
	g := newGraph(s, s.frames)
	v, ok := s.source.Picture()
	if ok {
		g.add(s.source.Media, v, s.source.Media.Origin(), s.whole())
	}
	g.finish()
	s.show(g.step(), 1)
	return nil
}

// whole is the box that fills the frame.
func (s *scene) whole() box { return box{s.Output.Width, s.Output.Height} }

// call plans the pictures of a recording: the tracks that its arrangement
// shows, side by side in boxes of one size.
func (s *scene) call() error {
	if s.source.Recording == nil {
		return fmt.Errorf("%s is no recording", s.clip.Source)
	}
	tracks := shown(s.source.Recording, s.clip.Arrangement)
	g := newGraph(s, s.frames)
	for _, t := range tracks {
		m := s.source.Tracks[t.ID]
		if m == nil {
			m = &Media{}
		}
		v, _ := m.Video()
		g.add(m, v, Time{}, s.whole().share(len(tracks)))
	}
	g.finish()
	s.show(g.step(), 1)
	return nil
}

// stillGroup is how long a still's group of pictures is. The group is encoded
// once and shown again and again, whatever the still's duration.
const stillGroup = 2 // seconds

// still plans a group of pictures that is repeated, and what remains.
func (s *scene) still() error {
	v, ok := s.source.Picture()
	if !ok {
		return fmt.Errorf("%s has no picture", s.clip.Source)
	}
	group := int64(math.Round(stillGroup * s.Output.Rate.Float()))
	s.show(s.stillStep(v, group), s.frames/group)
	if rest := s.frames % group; rest > 0 {
		s.show(s.stillStep(v, rest), 1)
	}
	return nil
}

// stillStep scales the picture once and loops what came out.
func (s *scene) stillStep(v *Stream, frames int64) Step {
	chain := []string{"trim=end_frame=1", "setpts=0"}
	chain = append(chain, s.whole().fit(v, "lanczos+accurate_rnd+full_chroma_inp")...)
	chain = append(chain,
		"loop=loop=-1:size=1:start=0",
		"settb=expr="+itoa(s.Output.Rate.Den)+"/"+itoa(s.Output.Rate.Num),
		"setpts=N",
		"fps=fps="+s.Output.Rate.arg(),
		"trim=end_frame="+itoa(frames))
	graph := fmt.Sprintf("[0:%d]%s[v]", v.Index, strings.Join(chain, ","))
	args := append([]string{"-reinit_filter", "0"}, s.open(s.source.Media)...)
	return Step{
		Args:   append(append(args, "-filter_complex", graph, "-map", "[v]"), s.Output.encode(frames)...),
		Inputs: []string{s.source.Media.Path}, Frames: frames, Clip: s.name(),
	}
}
