package editui

import (
	"image"
	"time"

	"parley/editor"
)

// Player plays the film in the preview. Its methods return at once and are
// called on Fyne's goroutine; what it shows and tells comes from another.
type Player interface {
	// Load has it show a project as it is now, in pictures within a size in
	// pixels. What of the film has not changed goes on playing. The error says
	// why nothing can be shown.
	Load(p *editor.Project, within image.Point) error
	MoveTo(at editor.Time)
	Scrub(at editor.Time) // as MoveTo, while the playhead is dragged
	Play(speed float64)   // 0 stands still, a negative one goes backwards
	SetVolume(v float64)  // 0 to 1
	Close() error
}

// Screen is where a Player's pictures go. It may be used from any goroutine.
type Screen interface {
	// Show shows a picture, which is the screen's during the call only.
	Show(p *image.RGBA)
	// Delay is how long it takes lately until a picture is seen.
	Delay() time.Duration
}

// Playing is what a Player does.
type Playing struct {
	At      editor.Time // on the film's clock, where a frame begins
	Moves   int         // how many times MoveTo and Scrub have been obeyed
	Speed   float64
	Waiting bool  // for the first picture
	Exact   bool  // the picture of At is shown
	Silent  error // why nothing is heard
	Trouble error // why nothing is seen

	Listening bool  // how far music gives way to speech is being found out
	Unducked  error // why it does not in the preview, nil where it does
}

// fastest is the highest speed at which the film is played, either way.
const fastest = 8

// shuttled is the speed after playing on (1) or back (-1) was asked for: the
// film's own first, then the double each time.
func shuttled(speed, by float64) float64 {
	if speed*by <= 0 {
		return by
	}
	return max(-fastest, min(fastest, 2*speed))
}
