package editor

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// stabilised plans the pictures of a clip without the shaking of its camera,
// as a file of its own from which everything else is then made. The camera's
// way has to be known from its beginning to its end before a frame can be
// moved, so that this takes two runs over the clip.
func (p *planner) stabilised(i int) {
	s := p.scene(i, p.clips[i].first, p.clips[i].last)
	m := s.source.Media
	if m == nil || s.clip.Stands() {
		return
	}
	v, ok := m.Video()
	if !ok || v.VariableSize || v.ended(m.Origin().Add(s.moment(0))) {
		return
	}
	step, calm := s.calm(m, v)
	calm.Path = m.Path
	if _, ok := p.early[step.Name]; !ok {
		p.plan.Early = append(p.plan.Early, step)
	}
	p.early[step.Name] = true
	open := p.open
	p.open = func(of *Media) []string {
		if of == calm {
			return []string{"-f", "matroska", "-i", "file:" + step.Name}
		}
		return open(of)
	}
	c := &p.clips[i]
	c.source = Source{Path: c.source.Path, Media: calm}
	c.clip.In, c.clip.Out = Time{}, Frames(s.frames, p.Output.Rate)
	c.clip.Available = c.clip.Out
	c.clip.Titles, c.clip.Captions = p.retimed(s.clip)
	c.clip.Speed = Ratio{}
}

// calm is the step that makes the stabilised pictures of a scene, and what is
// in the file that it makes.
func (s *scene) calm(m *Media, v *Stream) (Step, *Media) {
	g := &graph{}
	at := m.Origin().Add(s.moment(0))
	late := s.late(v, m.Origin(), at)
	w := newWindow(m, at)
	in := g.input(m, v.Index, append(w.args(), s.open(m)...))
	timed := append(s.timing(v, w, late), s.lead(late)...)
	timed = append(timed, "tpad=stop=-1:stop_mode=clone", "trim=end_frame="+itoa(s.frames))
	sum := sha256.Sum256([]byte(fmt.Sprintf("%q %q", g.inputs, timed)))
	name := "s" + hex.EncodeToString(sum[:8])
	pass := func(filter string, more ...string) []string {
		g := &graph{inputs: g.inputs, paths: g.paths}
		return g.run(g.chain(in, append(timed, filter)...), more...).Args
	}
	step := Step{Name: name + ".mkv", Inputs: g.paths, Frames: s.frames, Clip: s.name()}
	step.Before = pass("vidstabdetect=result="+name+".trf:shakiness=8:accuracy=12", "-f", "null", "-")
	step.Args = pass("vidstabtransform=input="+name+".trf:smoothing=20:optzoom=1:interpol=bicubic",
		"-frames:v", itoa(s.frames), "-r", s.Output.Rate.arg(), "-fps_mode", "cfr", "-c:v", "libx264", "-preset", "ultrafast", "-crf", "8",
		"-g", "30", "-bf", "0", "-map_metadata", "-1", "-f", "matroska")
	picture := *v
	picture.Index, picture.Start, picture.Duration, picture.FrameRate = 0, Time{}, Frames(s.frames, s.Output.Rate), s.Output.Rate
	picture.VariableRate, picture.Interlaced, picture.Rotation = false, false, 0
	return step, &Media{Format: "matroska,webm", Duration: picture.Duration, Streams: []Stream{picture}}
}

// retimed are the titles and subtitles of a clip, counted from its beginning
// in the film.
func (p *planner) retimed(c Clip) ([]Title, string) {
	titles := make([]Title, len(c.Titles))
	for i, t := range c.Titles {
		t.At, t.Length = c.Since(t.At), t.Length.Div(c.speed())
		titles[i] = t
	}
	captions, ok := p.lib[c.Captions]
	if !ok || captions.Captions == nil {
		return titles, ""
	}
	moved := &Captions{}
	for _, q := range captions.Captions.Cues {
		moved.Cues = append(moved.Cues, Cue{c.Since(q.From), c.Since(q.To), q.Text})
	}
	key := c.Captions + "\x00" + string(c.ID)
	p.lib[key] = Source{Path: key, Captions: moved}
	return titles, key
}
