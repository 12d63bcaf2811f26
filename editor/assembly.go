package editor

import "fmt"

// Assembly is a timeline laid out on the frames of an output: a list of spans,
// without gaps, each a whole number of frames. The plan of a render and the
// preview are both made from it, so that they show the same.
//
// Where a clip begins is the frame nearest to its time, and the sample at
// which its sound begins is computed from that frame, so that nothing adds up.
//
//	clips   |----- A -----|          |-- C --|
//	              |------- B --------|
//	spans   |  A  |  A→B  |    B     |   C   |
type Assembly struct {
	Output Output
	Draft  bool // for a preview: files are entered as near as can be, pictures scaled fast

	timeline Timeline
	lib      Library
	effects  Effects
	open     Opener
	clips    []placed
	spans    []span
}

// Opener gives the input options and the -i of a file, as in
// "-f mov -i file:/a.mp4".
type Opener func(*Media) []string

// placed is a clip on the film's frames.
type placed struct {
	clip        Clip
	source      Source
	first, last int64 // film frames, last excluded
	shift       Time  // of the picture, so that a source's pictures stand where the film's do; less than a frame
}

// span is a part of the film during which the same clips are seen: one, or in
// a transition two.
type span struct {
	first, last int64 // film frames, last excluded
	clips       []int // into Assembly.clips, the outgoing first
}

// maxFrames bounds a film: five days of 60 frames a second.
const maxFrames = 5 * 24 * 3600 * 60

// Assemble lays a film out. Everything that the timeline is made from has to
// be in the library, probed.
func Assemble(t Timeline, lib Library, out Output, effects Effects, open Opener) (*Assembly, error) {
	if err := out.Check(); err != nil {
		return nil, err
	}
	a := &Assembly{Output: out, timeline: t, lib: lib, effects: effects, open: open}
	for start, c := range t.All() {
		if err := a.place(start, c); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrPlan, err)
		}
	}
	if len(a.clips) == 0 {
		return nil, fmt.Errorf("%w: it has no clip that lasts a frame; add one first", ErrPlan)
	}
	a.cut()
	return a, nil
}

// place puts a clip on frames. A clip too short to be seen is left out.
func (a *Assembly) place(start Time, c Clip) error {
	p := placed{clip: c, first: start.FrameRound(a.Output.Rate), last: start.Add(c.Length()).FrameRound(a.Output.Rate)}
	if p.last > maxFrames {
		return fmt.Errorf("it would be longer than five days")
	}
	if c.Framing.Fit == "" {
		p.clip.Framing.Fit = a.Output.Fit
	}
	if n := len(a.clips); n > 0 { // one that was left out may have been in between
		p.first = min(p.first, a.clips[n-1].last)
	}
	if p.last <= p.first {
		return nil
	}
	if c.Kind != TitleClip {
		s, ok := a.lib[c.Source]
		if !ok {
			return fmt.Errorf("%s has not been probed", c.Source)
		}
		p.source = s
	}
	p.shift = p.snap(a.Output)
	a.clips = append(a.clips, p)
	return nil
}

// cut makes the spans.
func (a *Assembly) cut() {
	add := func(first, last int64, clips ...int) {
		if first < last {
			a.spans = append(a.spans, span{first, last, clips})
		}
	}
	for i, p := range a.clips {
		first, last := p.first, p.last
		if i > 0 {
			first = max(first, a.clips[i-1].last)
			add(p.first, first, i-1, i)
		}
		if i+1 < len(a.clips) {
			last = min(last, a.clips[i+1].first)
		}
		add(first, last, i)
	}
}

// Frames is the length of the film.
func (a *Assembly) Frames() int64 { return a.spans[len(a.spans)-1].last }

// Samples is the length of the film's sound, in each channel.
func (a *Assembly) Samples() int64 { return a.sample(a.Frames()) }

// sample is the number of the sample that belongs to the beginning of a frame.
func (a *Assembly) sample(frame int64) int64 {
	return Frames(frame, a.Output.Rate).SamplesRound(a.Output.SampleRate)
}

// scene is a part of a placed clip, in film frames.
func (a *Assembly) scene(clip int, first, last int64) *scene {
	p := a.clips[clip]
	return &scene{Assembly: a, placed: p, from: first - p.first, frames: last - first}
}

// at returns the place of the span that holds a film frame.
func (a *Assembly) at(frame int64) (int, bool) {
	for i, s := range a.spans {
		if frame >= s.first && frame < s.last {
			return i, true
		}
	}
	return 0, false
}
