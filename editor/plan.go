package editor

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// PlanVersion changes whenever the same clip would be rendered differently, so
// that no segment of an older Parley is taken for one of this.
const PlanVersion = 3

// ErrPlan is what a film that cannot be rendered is refused with.
var ErrPlan = errors.New("this film cannot be rendered")

// Plan is what has to be run to make a film: exact argument lists for ffmpeg,
// and nothing that depends on the machine.
//
// Every span of the film becomes picture segments of one Output, where nothing
// changes by copying packets of the source, and every clip a sound segment. The
// segments are then joined: pictures by copying, sound as PCM that is compressed
// once.
//
//	spans ─── Pictures ── Reel ── by copy ─┬─ mux ── film
//	clips ─── Sounds ──── PCM ── one AAC ──┘
type Plan struct {
	Output   Output
	Early    []Step  // files that other steps read, to be made before them
	Pictures []Step  // each made once, however often it is shown
	Sounds   []Heard // one a clip, in order
	Music    []Heard // what lies under the film
	Reel     []Piece // the film's pictures in order
	Frames   int64   // of the whole film
	Samples  int64   // of the whole film, in each channel
	Master   Master
	Depth    int64 // how many frames later than decoded a frame may be shown, at most

	Chapters  string // the content of ChapterFile; "" none
	Subtitles string // the content of SubtitleFile; "" none
}

// Copied is how many frames of the film are copied from its sources.
func (p *Plan) Copied() (n int64) {
	for _, piece := range p.Reel {
		if s := p.Pictures[piece.Picture]; s.Copied() {
			n += s.Frames * piece.Times
		}
	}
	return n
}

// Step is one run of ffmpeg that makes one segment.
type Step struct {
	Name    string            // of the segment: a plain file name, unique in the plan
	Before  []string          // arguments of a run that has to come first; nil: none
	Args    []string          // without the name
	Inputs  []string          // the files that are read
	Files   map[string]string // texts that the filters read, by plain name
	Frames  int64             // pictures in the segment, 0 for sound
	Samples int64             // samples in the segment, 0 for pictures
	Clip    string            // for people: what the segment is made of

	// Packets are what a segment has to consist of that is copied, in the
	// order of decoding; nil where it is encoded. Instead encodes it where
	// they do not come out.
	Packets []Packet
	Instead *Step
}

// Copied says whether the step copies packets and encodes nothing.
func (s Step) Copied() bool { return s.Packets != nil }

// Heard is a sound segment and how it is heard. Those of neighbouring clips
// overlap in a transition, during which they are cross-faded.
type Heard struct {
	Step
	First    int64     // the film's sample at which it begins
	Gain     float64   // dB
	FadeIn   int64     // samples
	FadeOut  int64     // samples
	Silent   bool      // there is nothing to be heard; the step is not needed
	Original *Original // what the segment is a part of, unchanged; nil where it is not
	Duck     bool      // music that is turned down while the film speaks
}

// Piece is a picture segment and how many times it is shown in a row.
type Piece struct {
	Picture int // index into Plan.Pictures
	Times   int64
}

// NewPlan says how to render a film. Everything that the timeline is made
// from has to be in the library, probed.
func NewPlan(t Timeline, lib Library, out Output, effects Effects, open Opener) (*Plan, error) {
	a, err := Assemble(t, lib, out, effects, open)
	if err != nil {
		return nil, err
	}
	p := &planner{Assembly: a, made: map[string]int{}, early: map[string]bool{}}
	p.plan = Plan{Output: out, Frames: a.Frames(), Samples: a.Samples(), Master: t.Master(), Depth: out.reorder()}
	if out.Format.Heard() { // before prepare, which takes clips from files without sound
		p.plan.Sounds = a.sounds()
	}
	if err := p.reel(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrPlan, err)
	}
	if !out.Format.Heard() {
		return &p.plan, nil
	}
	p.plan.beside(t, lib)
	p.plan.Music, err = a.musics()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrPlan, err)
	}
	return &p.plan, nil
}

// planner is a Plan that is being made.
type planner struct {
	*Assembly
	plan  Plan
	made  map[string]int  // a picture's arguments to its index
	early map[string]bool // names of the files that are made first
}

// prepare plans what has to be made before anything else. The assembly becomes
// the planner's own: the clips are then taken from what was made.
func (p *planner) prepare() {
	p.lib = maps.Clone(p.lib)
	for i := range p.clips {
		if p.clips[i].clip.Framing.Stabilise {
			p.stabilised(i)
		}
	}
}

// show puts a picture segment on the reel, and has it made unless it is.
func (p *planner) show(s Step, times int64) {
	if times <= 0 {
		return
	}
	key := strings.Join(append(slices.Clone(s.Inputs), s.Args...), "\x00")
	i, ok := p.made[key]
	if !ok {
		i = len(p.plan.Pictures)
		p.made[key] = i
		s.Name = fmt.Sprintf("v%05d.mp4", i)
		if s.Instead != nil {
			s.Instead.Name = s.Name
		}
		p.plan.Pictures = append(p.plan.Pictures, s)
	}
	p.plan.Reel = append(p.plan.Reel, Piece{i, times})
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

func (r Ratio) arg() string { return itoa(r.Num) + "/" + itoa(r.Den) }
