package timeline

import (
	"image"

	"parley/editor"
)

// Clip is a clip as the strip shows it.
type Clip struct {
	ID        editor.ClipID
	Label     string
	Still     bool
	Picture   bool // it has something to see
	Missing   bool // its source cannot be found
	In        editor.Time
	Out       editor.Time
	Available editor.Time  // how much its source has; zero for a still
	Duration  editor.Time  // of a still
	Rate      editor.Ratio // of its pictures, for trimming by whole frames; may be unknown
	Look      string       // what else its pictures depend on
}

// Length is how long the clip stands in the film.
func (c Clip) Length() editor.Time {
	if c.Still {
		return c.Duration
	}
	return c.Out.Sub(c.In)
}

// Model is what the strip shows. The clips are not changed afterwards.
type Model struct {
	Clips    []Clip
	Selected int         // index into Clips, -1 none
	Playhead editor.Time // on the film's clock
}

// Actions are what a person can want of the strip. All of them are needed.
type Actions struct {
	Select   func(id editor.ClipID, at editor.Time) // at on the film's clock
	Move     func(id editor.ClipID, to int)         // a place, counted without the clip
	Trim     func(id editor.ClipID, e Edge, t editor.Time)
	Trimming func(id editor.ClipID, e Edge, t editor.Time) // while an end is dragged
	Settled  func()                                        // the end was let go where it was
	Key      func(Command)
}

// Edge is an end of a clip. The time that goes with it is on the source's
// clock; for a still it is how long it stands.
type Edge int

// The ends of a clip.
const (
	NoEdge Edge = iota
	InEdge
	OutEdge
)

// Command is what a key asks for.
type Command int

// The commands.
const (
	Previous Command = iota
	Next
	First
	Last
	MoveBack
	MoveOn
	Remove
	Duplicate
	Split
	TrimInHere
	TrimOutHere
	FrameBack
	FrameOn
	Undo
	Redo
)

// Pictures gives the picture of a clip at a moment of its source, or nil where
// there is none yet; Refresh tells the strip when there is. The strip does not
// change it.
type Pictures func(c Clip, at editor.Time) *image.RGBA

// shots is how many moments of a source are pictured at most.
const shots = 12

// shotAt is the moment whose picture stands for a moment: one of a few, so
// that zooming and trimming need no new pictures.
func (c Clip) shotAt(at editor.Time) editor.Time {
	if c.Still || c.Available.Num() <= 0 {
		return editor.Time{}
	}
	n := int64(at.Float() / c.Available.Float() * shots)
	n = max(0, min(n, shots-1))
	return editor.Rational(c.Available.Num()*n, c.Available.Den()*shots)
}
