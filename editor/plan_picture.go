package editor

import (
	"math"
	"slices"
)

// pictures plans the picture segments of a span.
func (p *planner) pictures(s span) error {
	if len(s.clips) == 2 {
		return p.encode(s)
	}
	clip := p.scene(s.clips[0], s.first, s.last)
	if clip.still() {
		return p.repeat(s, clip)
	}
	if parts := clip.parts(); anyCopied(parts) {
		return p.copies(s, parts)
	}
	return p.chunks(s)
}

// stillGroup is how long a still's group of pictures is. The group is encoded
// once and shown again and again, whatever the still's duration.
const stillGroup = 2 // seconds

// repeat plans a group of pictures that is repeated, and what remains.
func (p *planner) repeat(s span, clip *scene) error {
	group := min(clip.frames, int64(math.Round(stillGroup*p.Output.Rate.Float())))
	times := clip.frames / group
	first := span{s.first, s.first + group, s.clips}
	step, err := p.step(first)
	if err != nil {
		return err
	}
	p.show(step, times)
	if rest := clip.frames % group; rest > 0 {
		return p.encode(span{s.last - rest, s.last, s.clips})
	}
	return nil
}

// chunk is how long a part of a clip is that is encoded on its own, so that
// several are encoded side by side, and a render that was interrupted goes on.
// Chunks begin at multiples of it on the source's clock, so that trimming a
// clip leaves those in its middle as they are.
var chunk = Rational(20, 1)

// chunks plans a span in chunks. One that would be short joins its neighbour.
func (p *planner) chunks(s span) error {
	first, clip := s.first, p.scene(s.clips[0], s.first, s.last)
	for next := range clip.chunkStarts() {
		at := s.first + next
		if p.Output.short(at-first) || p.Output.short(s.last-at) {
			continue
		}
		if err := p.encode(span{first, at, s.clips}); err != nil {
			return err
		}
		first = at
	}
	return p.encode(span{first, s.last, s.clips})
}

// chunkStarts yields the frames of the scene at which a chunk begins.
func (s *scene) chunkStarts() func(yield func(int64) bool) {
	return func(yield func(int64) bool) {
		from, step := s.moment(0), chunk
		n := from.floorMul(step.Den(), step.Num(), false)
		for {
			n++
			at := s.clip.Since(step.Mul(Ratio{n, 1})).Sub(Frames(s.from, s.Output.Rate))
			frame := at.FrameRound(s.Output.Rate)
			if frame >= s.frames || frame > 0 && !yield(frame) {
				return
			}
		}
	}
}

// short says whether so many frames are too few to be a chunk.
func (o Output) short(frames int64) bool {
	return Frames(frames, o.Rate).Cmp(chunk.Div(Ratio{4, 1})) < 0
}

// encode plans one segment for all of a span.
func (p *planner) encode(s span) error {
	step, err := p.step(s)
	if err != nil {
		return err
	}
	p.show(step, 1)
	return nil
}

func (p *planner) step(s span) (Step, error) {
	n := s.last - s.first
	g := &graph{}
	picture, name, err := p.span(g, s)
	if err != nil {
		return Step{}, err
	}
	step := g.run(p.Output.uploaded(g, picture), p.Output.encode(n)...)
	step.Args = append(slices.Clone(p.Output.device()), step.Args...)
	step.Frames, step.Clip = n, name
	if p.Output.MaxSize > 0 {
		return p.twice(step)
	}
	return step, nil
}

// span plans the pictures of a span or a part of one, and names what is seen.
func (a *Assembly) span(g *graph, s span) (picture, name string, err error) {
	var labels []string
	for _, i := range s.clips {
		scene := a.scene(i, s.first, s.last)
		label, err := scene.draw(g)
		if err != nil {
			return "", "", err
		}
		labels, name = append(labels, label), scene.name()
	}
	if len(labels) == 1 {
		return labels[0], name, nil
	}
	picture, err = a.blend(g, s, labels)
	return picture, name, err
}
