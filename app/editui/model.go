package editui

import (
	"parley/app/timeline"
	"parley/editor"
)

// Model is everything that the Edit tab shows. It is a value; what it refers
// to is never changed after it was made.
type Model struct {
	Clips     []Clip
	Selected  int         // index into Clips, -1 where there are none
	Playhead  editor.Time // on the film's clock
	Length    editor.Time // of the film
	Output    editor.Output
	Importing int // paths that are being looked into
	Strip     timeline.Model
	Missing   []string // paths of sources that cannot be found

	Undo, Redo string // what would be undone and redone, "" nothing
	Inspector  Inspector
	Panel      Panel
	Proposal   Proposal
	Notices    []Notice
	Film       Film
}

// Clip is a clip of the strip.
type Clip struct {
	editor.Clip
	Missing bool         // its source cannot be found
	Picture bool         // it has something to see
	Rate    editor.Ratio // of its pictures, unknown for sound and stills
}

// Inspector is what is told about the selected clip.
type Inspector struct {
	On          bool
	Clip        Clip
	Place       int // 1 is the first
	Of          int // clips in the film
	Facts       []Fact
	CanArrange  bool        // it is a call with two pictures
	PreviewTime editor.Time // what the large picture shows, on the source's clock
}

// Fact is one line about a clip.
type Fact struct{ Name, Value Text }

// Notice is one sentence that stays until it is dismissed.
type Notice struct {
	ID   int
	Text Text
	Kind NoticeKind
	Goes bool // it tells of what goes on, and stays until that ends or is given up
}

// NoticeKind says how serious a notice is.
type NoticeKind int

// The kinds of notice.
const (
	Info NoticeKind = iota
	Failure
)

// FilmState is how far the film is.
type FilmState int

// The states of the film.
const (
	NoFilm FilmState = iota
	Making
	Cancelling
	Made
	Failed
)

// Film is the film that is being made or was made last.
type Film struct {
	State    FilmState
	Path     string
	Progress Progress
	Held     bool     // it is being made, and stands still
	Speed    float64  // in times real time, 0 unknown
	Facts    string   // of the film that was made: "1920 × 1080, 30 fps, 0:25"
	Problem  Text     // why there is none
	Waiting  []string // the films to be made after it, by where they go
}
