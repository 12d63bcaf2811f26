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
)

// Arrangement is how the pictures of a recording share the frame.
type Arrangement string

// The arrangements; the empty one is SideBySide.
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
	// own time stamps begin with. All three are zero for a still.
	In        Time `json:"in,omitzero"`
	Out       Time `json:"out,omitzero"`
	Available Time `json:"available,omitzero"` // how much the source has

	Duration    Time        `json:"duration,omitzero"` // of a still: how long it stands, above 0
	Arrangement Arrangement `json:"arrangement,omitempty"`

	// Extra is what a file said that this version does not know.
	Extra Extra `json:"-"`
}

// DefaultStill is how long a still stands unless told otherwise.
var DefaultStill = Rational(5, 1)

// NewClip makes a clip of the whole source: a still that stands for
// DefaultStill, or all that a file or recording has.
func NewClip(id ClipID, s Source) (Clip, error) {
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

// Length is how long the clip stands in the film.
func (c Clip) Length() Time {
	if c.Kind == StillClip {
		return c.Duration
	}
	return c.Out.Sub(c.In)
}

// Check says in one sentence what is wrong with the clip, as ErrClip.
func (c Clip) Check() error {
	switch {
	case c.ID == "":
		return fmt.Errorf("%w: it has no id", ErrClip)
	case c.Source == "":
		return fmt.Errorf("%w: clip %s names no source", ErrClip, c.ID)
	case c.Kind == StillClip:
		return c.checkStill()
	case c.Kind == MovingClip, c.Kind == RecordingClip:
		return c.checkPart()
	}
	return fmt.Errorf("%w: %q is no kind of clip that this version knows", ErrClip, c.Kind)
}

func (c Clip) checkStill() error {
	if c.Duration.Cmp(Time{}) <= 0 || c.Duration.Cmp(maxTime) > 0 {
		return fmt.Errorf("%w: a still has to stand for more than no time; %s s is not possible", ErrClip, c.Duration)
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
	return c.Arrangement.check()
}

func (a Arrangement) check() error {
	switch a {
	case "", SideBySide, OnlyMe, OnlyThem:
		return nil
	}
	return fmt.Errorf("%w: %q is no arrangement that this version knows", ErrClip, a)
}
