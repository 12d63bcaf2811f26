package play

import (
	"context"
	"image"
	"io"
	"time"

	"parley/editor"
)

// Decoder starts a run that writes to its standard output. What is not read
// holds it up. Close ends it, a Read in progress too, and waits.
type Decoder interface {
	Open(ctx context.Context, s editor.Step) (io.ReadCloser, error)
}

// Speaker is a sound device that has been opened. It calls fill from a thread
// of its own whenever it needs sound, until Close has returned.
type Speaker interface {
	// Latency is how long after fill has returned its first sample is heard.
	Latency() time.Duration
	// Failed receives at most one error when the device dies by itself.
	Failed() <-chan error
	// Close is idempotent, and not called from within fill.
	Close() error
}

// OpenSpeaker opens the speaker for stereo at the sample rate in Hz. fill
// fills a block of pairs, left before right; it does not block.
type OpenSpeaker func(rate int, fill func(pairs []int16)) (Speaker, error)

// Config is what a Player works with. Screen and Report are called from the
// Player's goroutine, one call at a time, and must not block.
type Config struct {
	Decoder Decoder
	Speaker OpenSpeaker // nil: there is no sound

	// Screen takes a picture of the film. It is valid during the call.
	Screen func(picture *image.RGBA, frame int64)
	// Delay is how long it takes lately until a picture is seen that Screen
	// was called with: it is called so much earlier. nil: no time.
	Delay func() time.Duration
	// Report tells what has changed, at most ReportsPerSecond times a second
	// while the film plays.
	Report func(State)
}

// ReportsPerSecond bounds how often Report is called while the film plays.
const ReportsPerSecond = 30

// State is what a Player does.
type State struct {
	Frame   int64   // of the film, where the playhead stands
	Moves   int     // how often it was put somewhere, by MoveTo or Scrub
	Speed   float64 // 0 it stands, 1 it plays, negative backwards
	Waiting bool    // it is to play, and waits for the first picture
	Exact   bool    // the picture that was shown last is that of Frame
	Silent  error   // why nothing is heard, nil where sound is fine
	Trouble error   // why there is no picture here, nil where there is

	Listening bool  // how far music gives way to speech is being found out
	Unducked  error // why it does not, nil where it does or that is being found out
}
