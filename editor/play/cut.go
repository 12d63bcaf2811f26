package play

import (
	"maps"
	"slices"
	"strings"

	"parley/editor"
)

// cut is the film as it is now, with the runs of its spans.
type cut struct {
	*editor.Assembly
	pictures, sounds map[int64]string // by the first frame of a span: what its run is
}

func newCut(film *editor.Assembly) *cut {
	return &cut{Assembly: film, pictures: map[int64]string{}, sounds: map[int64]string{}}
}

// place is what a frame shows; sound is what is heard from it on. They are
// alike in two films where the span of the frame is.
func (c *cut) place(frame int64) (place, bool) { return c.find(c.pictures, frame, c.Pictures) }
func (c *cut) sound(frame int64) (place, bool) { return c.find(c.sounds, frame, c.run) }

func (c *cut) run(frame int64) (editor.Step, error) {
	step, _, err := c.Parted(frame)
	return step, err
}

func (c *cut) find(known map[int64]string, frame int64, run func(int64) (editor.Step, error)) (place, bool) {
	first, _, ok := c.Span(frame)
	if !ok {
		return place{}, false
	}
	text, ok := known[first]
	if !ok {
		step, err := run(first)
		if err != nil {
			text = err.Error()
		} else {
			text = textOf(step)
		}
		known[first] = text
	}
	return place{text, frame - first}, true
}

// textOf is all that a step's output depends on.
func textOf(s editor.Step) string {
	parts := slices.Clone(s.Args)
	for _, name := range slices.Sorted(maps.Keys(s.Files)) {
		parts = append(parts, name, s.Files[name])
	}
	return strings.Join(parts, "\x00")
}

// sample is the number of the sample that belongs to the beginning of a frame.
func (c *cut) sample(frame int64) int64 {
	return editor.Frames(frame, c.Output.Rate).SamplesRound(c.Output.SampleRate)
}

// frame is the number of the frame that stands at a sample.
func (c *cut) frame(sample int64) int64 {
	n := editor.Rational(sample, int64(c.Output.SampleRate)).FrameFloor(c.Output.Rate)
	if c.sample(n+1) <= sample { // the sample of a frame is rounded
		n++
	}
	return n
}

// Arguments that have a run write pictures and sound as they are.
var (
	rawPictures = []string{"-f", "rawvideo", "-pix_fmt", "rgba", "-fps_mode", "passthrough", "pipe:1"}
	rawSound    = []string{"-f", "s16le", "-c:a", "pcm_s16le", "-ac", "2", "pipe:1"}
	rawParts    = []string{"-f", "s16le", "-c:a", "pcm_s16le", "-ac", "4", "pipe:1"}
)

// writing is a step that writes to its standard output.
func writing(s editor.Step, how []string) editor.Step {
	s.Args = slices.Concat(s.Args, how)
	return s
}
