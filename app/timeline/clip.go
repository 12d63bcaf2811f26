package timeline

import (
	"image"

	"parley/editor"
)

// Clip is a clip as the strip shows it.
type Clip struct {
	ID      editor.ClipID
	Kind    editor.ClipKind
	Label   string
	Missing bool // its source cannot be found
	Picture bool // it has something to see
	Sound   bool // it has something to hear
	Mute    bool // which is not to be heard

	Start, Length editor.Time  // on the film's clock
	Overlap       editor.Time  // with the clip before it, at its beginning
	In, Out       editor.Time  // of its source; equal for what stands
	Available     editor.Time  // how much its source has
	Speed         editor.Ratio // may be unknown, which is 1
	Rate          editor.Ratio // of its pictures, for trimming by whole frames; may be unknown

	Joined          bool // a transition leads into it
	FadeIn, FadeOut editor.Time
	Titles          []Bar
}

// Bar is a title on a clip.
type Bar struct {
	From, To editor.Time // on the film's clock, from the clip's beginning
	Text     string
}

// Stands tells that the clip shows one picture as long as one likes.
func (c *Clip) Stands() bool {
	return c.Kind == editor.StillClip || c.Kind == editor.FreezeClip || c.Kind == editor.TitleClip
}

// speed is how many seconds of the source go by in a second of the film.
func (c *Clip) speed() float64 {
	if !c.Speed.Known() {
		return 1
	}
	return c.Speed.Float()
}

// Tune is a piece of music under the film.
type Tune struct {
	ID              editor.MusicID
	Label           string
	Missing         bool
	At              editor.Time // on the film's clock
	In, Out         editor.Time // of its source
	Available       editor.Time
	FadeIn, FadeOut editor.Time
}

// Marker is a named moment of the film.
type Marker struct {
	ID    editor.MarkerID
	At    editor.Time
	Label string
}

// Span is a part of the film during which a subtitle is to be read.
type Span struct{ From, To editor.Time }

// Film is what the strip shows of a film. It is a value that nobody changes.
type Film struct {
	Clips   []Clip
	Tunes   []Tune
	Markers []Marker // in the order of At
	Cues    []Span
	Rate    editor.Ratio // frames a second
}

// Model is what the strip shows.
type Model struct {
	Film     *Film  // another pointer is another film
	Chosen   []bool // of each clip
	Tune     editor.MusicID
	Playhead editor.Time // on the film's clock
	Hint     string      // what the lane for music says while there is none
}

// Pictures gives the picture of a clip at a moment of its source, or nil where
// there is none yet; Refresh tells the strip when there is. The strip does not
// change it.
type Pictures func(clip int, at editor.Time) *image.RGBA

// Waves gives the sound of clip i, or of piece of music i, counted as In is;
// nil where it is not known yet.
type Waves struct {
	Clip func(i int) *editor.Waveform
	Tune func(i int) *editor.Waveform
}
