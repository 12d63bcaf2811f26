package editor

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// ErrOutput is what an impossible output is refused with.
var ErrOutput = errors.New("this output is not possible")

// Output is what the film is made as. Every clip is brought to exactly this
// before the clips are joined, so clips of unlike rates cannot meet in a join.
// A field that is zero is as usual.
type Output struct {
	Width      int   `json:"width"`       // square pixels, even, 16 to 8192
	Height     int   `json:"height"`      // square pixels, even, 16 to 8192
	Rate       Ratio `json:"rate"`        // one of Rates
	SampleRate int   `json:"sample_rate"` // Hz, 48000 or 44100; always stereo

	Format    Format `json:"format,omitempty"`
	Codec     Codec  `json:"codec,omitempty"`      // of the pictures; one that the format can hold
	Quality   int    `json:"quality,omitempty"`    // constant, as the codec's encoder counts it: less is better
	Effort    Effort `json:"effort,omitempty"`     // how long the encoder may think
	MaxSize   int64  `json:"max_size,omitempty"`   // bytes that the file may have, reached in two passes; 0: as it comes
	SoundBits int    `json:"sound_bits,omitempty"` // bit/s of the sound, 32000 to 512000
	Recode    bool   `json:"recode,omitempty"`     // nothing is copied from the sources, however well it matches
	Fit       Fit    `json:"fit,omitempty"`        // of clips that do not say how they are put into the frame
	Moment    Time   `json:"moment,omitzero"`      // of the film: the one that a poster shows

	// Encoder is one of this machine's hardware, in place of the codec's
	// usual one. It is no part of a project.
	Encoder string `json:"-"`

	Extra Extra `json:"-"`
}

// Copies says whether parts of the sources may be in the film as they are,
// where they match it.
func (o Output) Copies() bool {
	return !o.Recode && (o.Format == "" || o.Format == MP4) && o.codec() == H264 && o.MaxSize == 0 && o.Encoder == ""
}

// Rates are the frame rates a film can have.
func Rates() []Ratio {
	return []Ratio{{24000, 1001}, {24, 1}, {25, 1}, {30000, 1001}, {30, 1}, {48, 1}, {50, 1}, {60000, 1001}, {60, 1}}
}

// DefaultOutput is what a film is where nothing speaks for anything else.
var DefaultOutput = Output{Width: 1920, Height: 1080, Rate: Ratio{30, 1}, SampleRate: 48000}

// Check says in one sentence what is wrong with the output, as ErrOutput.
func (o Output) Check() error {
	for _, n := range []int{o.Width, o.Height} {
		if n < 16 || n > 8192 || n%2 != 0 {
			return fmt.Errorf("%w: a film of %dx%d; width and height have to be even, from 16 to 8192", ErrOutput, o.Width, o.Height)
		}
	}
	if o.SampleRate != 48000 && o.SampleRate != 44100 {
		return fmt.Errorf("%w: sound at %d Hz; choose 48000 or 44100", ErrOutput, o.SampleRate)
	}
	if !slices.Contains(Rates(), o.Rate) {
		return fmt.Errorf("%w: %d/%d frames a second; choose one of the usual rates from 24000/1001 to 60", ErrOutput, o.Rate.Num, o.Rate.Den)
	}
	if err := o.checkFormat(); err != nil {
		return err
	}
	return o.checkSize()
}

// AutoOutput chooses the output from what is in the film: exactly the size and
// rate of its sources, up to 4096 wide, where most of it can be copied then.
// Else it is the shape and rate of the first moving picture, as large as the
// largest of them needs, within 1920x1080 or its upright twin; an animated GIF
// is asked only where there is nothing else. A recording with two pictures is
// 1920x1080, and so is a film without a moving picture.
func AutoOutput(t Timeline, lib Library) Output {
	out := DefaultOutput
	if s, ok := matching(t, lib); ok {
		out.Width, out.Height, out.Rate = s.width, s.height, s.rate
		return out
	}
	var first *Stream
	animated, tallest := false, 0
	for _, c := range t.clips {
		v, ok := leading(c, lib[c.Source])
		if !ok || c.Stands() || v.Width <= 0 || v.Height <= 0 {
			continue
		}
		drawn := lib[c.Source].Animated()
		if first == nil || animated && !drawn {
			first, animated, out.Rate = v, drawn, UsualRate(v)
			if sideBySide(c, lib) {
				return out
			}
		}
		tallest = max(tallest, v.Height)
	}
	if first != nil {
		out.Width, out.Height = within1080(first.Width, first.Height, tallest)
	}
	return out
}

// leading is the picture that a clip's shape is taken from: of a recording,
// the first that its arrangement shows.
func leading(c Clip, s Source) (*Stream, bool) {
	if s.Recording == nil {
		return s.Picture()
	}
	feeds := feedsOf(c.Arrangement)
	for _, f := range feeds {
		if t, ok := s.Recording.Feed(f); ok && s.Tracks[t.ID] != nil {
			return s.Tracks[t.ID].Video()
		}
	}
	return nil, false
}

// feedsOf are the pictures of which an arrangement shows one alone, the first
// that there is; any other may show several.
func feedsOf(a Arrangement) []Feed {
	switch a {
	case OnlyMe:
		return []Feed{MyCamera}
	case OnlyThem:
		return []Feed{TheirCamera}
	}
	return []Feed{MyCamera, TheirCamera}
}

// sideBySide says whether a clip may show several pictures of a call at once.
func sideBySide(c Clip, lib Library) bool {
	r := lib[c.Source].Recording
	if r == nil || len(feedsOf(c.Arrangement)) == 1 {
		return false
	}
	_, mine := r.Feed(MyCamera)
	_, theirs := r.Feed(TheirCamera)
	return mine && theirs
}

// within1080 gives the shape w:h the height tall, shrunk to fit 1920x1080 (or
// 1080x1920), even and at least 16.
func within1080(w, h, tall int) (int, int) {
	maxW, maxH := 1920.0, 1080.0
	if h > w {
		maxW, maxH = maxH, maxW
	}
	scale := float64(tall) / float64(h)
	scale = min(scale, maxW/float64(w), maxH/float64(h))
	return even(float64(w) * scale), even(float64(h) * scale)
}

func even(v float64) int { return max(16, 2*int(math.Round(v/2))) }

// UsualRate is the usual frame rate that suits a stream best. One that is
// slow or irregular suits 30.
func UsualRate(s *Stream) Ratio {
	rate := s.FrameRate
	if s.VariableRate || !rate.Known() {
		rate = s.AverageRate
	}
	f := rate.Float()
	if f < 23 || s.VariableRate && f < 45 {
		return DefaultOutput.Rate
	}
	best := DefaultOutput.Rate
	for _, r := range Rates() {
		if math.Abs(r.Float()-f) < math.Abs(best.Float()-f) {
			best = r
		}
	}
	return best
}
