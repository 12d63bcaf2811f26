package editor

import (
	"errors"
	"fmt"
)

// ClipID names a clip of a timeline for as long as it lives; moving, trimming
// and undoing do not change it. It is unique in its timeline only.
type ClipID string

// ClipKind is what a clip shows.
type ClipKind string

// The kinds of clip.
const (
	StillClip     ClipKind = "still"     // one picture that stands for Duration
	MovingClip    ClipKind = "clip"      // a file with a clock: video, sound or both
	RecordingClip ClipKind = "recording" // the folder of a recorded call, all its tracks as one
	FreezeClip    ClipKind = "freeze"    // the picture at In of a file or recording, for Duration
	TitleClip     ClipKind = "title"     // a text card without a source, for Duration
)

// Arrangement is how the pictures of a recording share the frame: the name of
// a layout.
type Arrangement string

// Arrangements that are always there; the empty one is SideBySide.
const (
	SideBySide Arrangement = "side-by-side"
	OnlyMe     Arrangement = "me"
	OnlyThem   Arrangement = "them"
)

// ErrClip is what a clip that cannot be in a film is refused with.
var ErrClip = errors.New("this clip cannot be used")

// maxTime bounds every time of a clip; about 115 days.
var maxTime = Rational(1e7, 1)

// Clip is one item of a film: a source, and the part of it that is shown. It
// is a value; a Timeline's methods make changed copies of it.
type Clip struct {
	ID     ClipID   `json:"id"`
	Kind   ClipKind `json:"kind"`
	Source string   `json:"source"` // absolute path of a file, or of a recording's folder
	Label  string   `json:"label,omitempty"`

	// In and Out bound the part that is shown, 0 <= In < Out <= Available.
	// They count from the source's first moment (Media.Origin) whatever its
	// own time stamps begin with. All three are zero for a still and a title;
	// a freeze has In and Available.
	In        Time `json:"in,omitzero"`
	Out       Time `json:"out,omitzero"`
	Available Time `json:"available,omitzero"` // how much the source has

	Duration    Time        `json:"duration,omitzero"` // of what stands (Stands): how long, above 0
	Arrangement Arrangement `json:"arrangement,omitempty"`
	Transition  Transition  `json:"transition,omitzero"` // from the clip before it
	Framing     Framing     `json:"framing,omitzero"`
	Speed       Ratio       `json:"speed,omitzero"` // MinSpeed to MaxSpeed; zero: 1. The pitch is kept
	Sound       Sound       `json:"sound,omitzero"`
	Titles      []Title     `json:"titles,omitempty"`
	Markers     []Marker    `json:"markers,omitempty"`
	Captions    string      `json:"captions,omitempty"` // absolute path of a subtitle file that counts as In does

	// Extra is what a file said that this version does not know.
	Extra Extra `json:"-"`
}

// DefaultStill is how long a still stands unless told otherwise.
var DefaultStill = Rational(5, 1)

// NewClip makes a clip of the whole source: a still that stands for
// DefaultStill, or all that a file or recording has.
func NewClip(id ClipID, s Source) (Clip, error) {
	if s.Captions != nil {
		return Clip{}, fmt.Errorf("%w: %s holds subtitles; add the clip first that they belong to", ErrClip, s.Path)
	}
	c := Clip{ID: id, Kind: s.Kind(), Source: s.Path, Label: s.Label()}
	if c.Kind == StillClip {
		c.Duration = DefaultStill
		return c, c.Check()
	}
	c.Available = s.Length()
	c.Out = c.Available
	if c.Out.Cmp(Time{}) <= 0 {
		return c, fmt.Errorf("%w: %s has no length that could be measured; convert it first", ErrClip, s.Path)
	}
	return c, c.Check()
}

// Bounds of a clip's speed.
const (
	MinSpeed = 0.1
	MaxSpeed = 10.0
)

// Stands says whether the clip shows one picture that stands as long as one
// likes, and has no ends that could be trimmed.
func (c Clip) Stands() bool {
	return c.Kind == StillClip || c.Kind == FreezeClip || c.Kind == TitleClip
}

// Length is how long the clip stands in the film.
func (c Clip) Length() Time {
	if c.Stands() {
		return c.Duration
	}
	return c.Out.Sub(c.In).Div(c.speed())
}

// Since is the time from the clip's beginning in the film to a moment that is
// counted as In is (for what stands: from its beginning).
func (c Clip) Since(at Time) Time {
	if c.Stands() {
		return at
	}
	return at.Sub(c.In).Div(c.speed())
}

// Moment is the reverse of Since: what is shown a time after the clip's
// beginning in the film.
func (c Clip) Moment(since Time) Time {
	if c.Stands() {
		return since
	}
	return c.In.Add(since.Mul(c.speed()))
}

// bounds are the first and last moment of what is shown, counted as In is.
func (c Clip) bounds() (in, out Time) {
	if c.Stands() {
		return Time{}, c.Duration
	}
	return c.In, c.Out
}

func (c Clip) speed() Ratio {
	if !c.Speed.Known() {
		return Ratio{1, 1}
	}
	return c.Speed
}

// Check says in one sentence what is wrong with the clip, as ErrClip.
func (c Clip) Check() error {
	switch {
	case c.ID == "":
		return fmt.Errorf("%w: it has no id", ErrClip)
	case c.Source == "" && c.Kind != TitleClip:
		return fmt.Errorf("%w: clip %s names no source", ErrClip, c.ID)
	case c.Kind == StillClip, c.Kind == FreezeClip, c.Kind == TitleClip:
		if err := c.checkStanding(); err != nil {
			return err
		}
	case c.Kind == MovingClip, c.Kind == RecordingClip:
		if err := c.checkPart(); err != nil {
			return err
		}
	default:
		return fmt.Errorf("%w: %q is no kind of clip that this version knows", ErrClip, c.Kind)
	}
	return c.checkEffects()
}

func (c Clip) checkStanding() error {
	if c.Duration.Cmp(Time{}) <= 0 || c.Duration.Cmp(maxTime) > 0 {
		return fmt.Errorf("%w: a still has to stand for more than no time; %s s is not possible", ErrClip, c.Duration)
	}
	if c.In.Cmp(Time{}) < 0 || c.In.Cmp(c.Available) > 0 {
		return fmt.Errorf("%w: its source has no picture at %s s", ErrClip, c.In)
	}
	return nil
}

func (c Clip) checkPart() error {
	switch {
	case c.In.Cmp(Time{}) < 0:
		return fmt.Errorf("%w: it would begin at %s s, before its source does", ErrClip, c.In)
	case c.Out.Cmp(c.In) <= 0:
		return fmt.Errorf("%w: it would end at %s s, not after its beginning at %s s", ErrClip, c.Out, c.In)
	case c.Out.Cmp(c.Available) > 0:
		return fmt.Errorf("%w: it would end at %s s, but its source has only %s s", ErrClip, c.Out, c.Available)
	case c.Available.Cmp(maxTime) > 0:
		return fmt.Errorf("%w: a source of %s s is longer than can be handled", ErrClip, c.Available)
	}
	return nil
}

// checkEffects looks at what is done to the clip.
func (c Clip) checkEffects() error {
	if v := c.speed().Float(); v < MinSpeed || v > MaxSpeed || c.Speed.Den < 0 || c.Speed.Num < 0 {
		return fmt.Errorf("%w: a speed of %d/%d; choose %g to %g", ErrClip, c.Speed.Num, c.Speed.Den, MinSpeed, MaxSpeed)
	}
	if len(c.Titles) > maxTitles || len(c.Markers) > maxMarkers {
		return fmt.Errorf("%w: it carries %d titles and %d markers, which is too many", ErrClip, len(c.Titles), len(c.Markers))
	}
	for _, check := range []func() error{c.Arrangement.check, c.Transition.check, c.Framing.check, c.Sound.check} {
		if err := check(); err != nil {
			return err
		}
	}
	for _, t := range c.Titles {
		if err := t.check(); err != nil {
			return err
		}
	}
	for _, m := range c.Markers {
		if err := m.check(); err != nil {
			return err
		}
	}
	return nil
}

func (a Arrangement) check() error {
	if a == "" || effectName(string(a)) {
		return nil
	}
	return fmt.Errorf("%w: %q cannot be the name of a layout", ErrClip, a)
}
