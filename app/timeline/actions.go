package timeline

import (
	"fyne.io/fyne/v2"

	"parley/editor"
)

// Actions are what a person can want of the strip. All of them are needed.
type Actions struct {
	Select func(id editor.ClipID, at editor.Time) // this clip alone, and the playhead there
	Toggle func(id editor.ClipID)                 // this one too, or no longer
	Extend func(id editor.ClipID)                 // all up to this one
	Choose func(ids []editor.ClipID)              // these and no others
	Scrub  func(at editor.Time)                   // the playhead there

	Move     func(ids []editor.ClipID, gap int) // before the clip at a place
	Trim     func(id editor.ClipID, e Edge, t editor.Time)
	Trimming func(id editor.ClipID, e Edge, t editor.Time)      // while an end is dragged
	Settled  func()                                             // what was dragged was let go where it was
	Stretch  func(id editor.ClipID, length editor.Time)         // the transition into it
	Fade     func(id editor.ClipID, e Edge, length editor.Time) // its sound

	ChooseTune func(id editor.MusicID)
	MoveTune   func(id editor.MusicID, at editor.Time)
	TrimTune   func(id editor.MusicID, e Edge, t editor.Time)

	MoveMarker func(id editor.MarkerID, at editor.Time)
	OpenMarker func(id editor.MarkerID) // to be named

	Menu func(on Menu, at fyne.Position) // at is in the window
	Key  func(Command)
}

// Edge is an end of a clip. The time that goes with it is on the source's
// clock; for what stands it is how long.
type Edge int

// The ends of a clip.
const (
	NoEdge Edge = iota
	InEdge
	OutEdge
)

// Menu is what a menu was asked for.
type Menu struct {
	Clip   editor.ClipID // "" none
	Tune   editor.MusicID
	Marker *editor.MarkerID
}

// Command is what a key asks for.
type Command int

// The commands.
const (
	FrameBack Command = iota
	FrameOn
	SecondBack
	SecondOn
	PreviousCut
	NextCut
	First
	Last
	MoveBack
	MoveOn
	Remove
	Duplicate
	Split
	TrimInHere
	TrimOutHere
	Freeze
	Card
	Crossfade
	Mark
	NameMarker
	Copy
	Cut
	Paste
	ChooseAll
	ChooseLess
	Undo
	Redo
	PlayPause
	PlayBack
	PlayStop
	PlayOn
	Help
	commands
)
