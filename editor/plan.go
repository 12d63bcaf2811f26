package editor

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// PlanVersion changes whenever the same clip would be rendered differently, so
// that no segment of an older Parley is taken for one of this.
const PlanVersion = 1

// ErrPlan is what a film that cannot be rendered is refused with.
var ErrPlan = errors.New("this film cannot be rendered")

// Plan is what has to be run to make a film: exact argument lists for ffmpeg,
// and nothing that depends on the machine.
//
// Every clip becomes a picture segment and a sound segment of its own, all of
// one Output. Where a clip begins is a whole frame of the film, and the sample
// at which its sound begins is computed from that frame, so that nothing adds
// up. The segments are then joined: pictures by copying, sound as PCM that is
// compressed once.
//
//	clips ─┬─ Pictures ── Reel ── by copy ─┬─ mux ── film
//	       └─ Sounds ──── PCM ── one AAC ──┘
type Plan struct {
	Output   Output
	Pictures []Step  // each made once, however often it is shown
	Sounds   []Step  // one a clip, in order
	Reel     []Piece // the film's pictures in order
	Frames   int64   // of the whole film
	Samples  int64   // of the whole film, in each channel
}

// Step is one run of ffmpeg that makes one segment.
type Step struct {
	Name    string   // of the segment: a plain file name, unique in the plan
	Args    []string // without the name
	Inputs  []string // the files that are read
	Frames  int64    // pictures in the segment, 0 for sound
	Samples int64    // samples in the segment, 0 for pictures
	Clip    string   // for people: what the segment is made of
}

// Piece is a picture segment and how many times it is shown in a row.
type Piece struct {
	Picture int // index into Plan.Pictures
	Times   int64
}

// Opener gives the input options and the -i of a file, as in
// "-f mov -i file:/a.mp4".
type Opener func(*Media) []string

// maxFrames bounds a film: five days of 60 frames a second.
const maxFrames = 5 * 24 * 3600 * 60

// NewPlan says how to render a film. Everything that the timeline's clips are
// taken from has to be in the library, probed.
func NewPlan(t Timeline, lib Library, out Output, open Opener) (*Plan, error) {
	if err := out.Check(); err != nil {
		return nil, err
	}
	p := &planner{Plan: Plan{Output: out}, lib: lib, open: open, made: map[string]int{}}
	var start int64
	for begin, c := range t.All() {
		end := begin.Add(c.Length()).FrameRound(out.Rate)
		if end > maxFrames {
			return nil, fmt.Errorf("%w: it would be longer than five days", ErrPlan)
		}
		if err := p.clip(c, start, end); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrPlan, err)
		}
		start = end
	}
	if start == 0 {
		return nil, fmt.Errorf("%w: it has no clip that lasts a frame; add one first", ErrPlan)
	}
	p.Frames, p.Samples = start, p.sample(start)
	return &p.Plan, nil
}

// planner is a Plan that is being made.
type planner struct {
	Plan
	lib  Library
	open Opener
	made map[string]int // a picture's arguments to its index
}

// clip plans what stands from frame start to frame end of the film. A clip too
// short to be seen is left out.
func (p *planner) clip(c Clip, start, end int64) error {
	if end <= start {
		return nil
	}
	source, ok := p.lib[c.Source]
	if !ok {
		return fmt.Errorf("%s has not been probed", c.Source)
	}
	s := scene{planner: p, clip: c, source: source, frames: end - start, samples: p.sample(end) - p.sample(start)}
	if err := s.pictures(); err != nil {
		return err
	}
	p.Sounds = append(p.Sounds, s.sound())
	return nil
}

// sample is the number of the sample that belongs to the beginning of a frame.
func (p *planner) sample(frame int64) int64 {
	return Frames(frame, p.Output.Rate).SamplesRound(p.Output.SampleRate)
}

// show puts a picture segment on the reel, and has it made unless it is.
func (p *planner) show(s Step, times int64) {
	if times <= 0 {
		return
	}
	key := strings.Join(append(slices.Clone(s.Inputs), s.Args...), "\x00")
	i, ok := p.made[key]
	if !ok {
		i = len(p.Pictures)
		p.made[key] = i
		s.Name = fmt.Sprintf("v%05d.mp4", i)
		p.Pictures = append(p.Pictures, s)
	}
	p.Reel = append(p.Reel, Piece{i, times})
}

// scene is a clip that is being planned.
type scene struct {
	*planner
	clip    Clip
	source  Source
	frames  int64
	samples int64
}

// name is the clip for people.
func (s *scene) name() string {
	if s.clip.Label != "" {
		return s.clip.Label
	}
	return s.clip.Source
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

func (r Ratio) arg() string { return itoa(r.Num) + "/" + itoa(r.Den) }
