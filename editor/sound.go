package editor

import (
	"fmt"
	"slices"
)

// Sound is what is done to the sound of a clip. The zero Sound leaves it as
// it is.
type Sound struct {
	Mute    bool    `json:"mute,omitempty"`
	Gain    float64 `json:"gain,omitempty"`    // dB, MinGain to MaxGain
	FadeIn  Time    `json:"fade_in,omitzero"`  // on the film's clock
	FadeOut Time    `json:"fade_out,omitzero"` // on the film's clock
	Denoise bool    `json:"denoise,omitempty"` // steady noise is taken away
	Tracks  []int   `json:"tracks,omitempty"`  // which of a file's sound streams are heard, counted from 0; none: the first

	Extra Extra `json:"-"`
}

// Bounds of a gain, in dB.
const (
	MinGain = -60.0
	MaxGain = 24.0
)

// maxHeard bounds how many sound streams of a file are heard at once.
const maxHeard = 32

func (s Sound) check() error {
	if err := checkGain(s.Gain); err != nil {
		return err
	}
	if err := checkFades(s.FadeIn, s.FadeOut); err != nil {
		return err
	}
	if len(s.Tracks) > maxHeard || slices.ContainsFunc(s.Tracks, func(n int) bool { return n < 0 || n > 1000 }) {
		return fmt.Errorf("%w: it names sound streams that no file has", ErrClip)
	}
	return nil
}

func checkGain(db float64) error {
	if !(db >= MinGain && db <= MaxGain) {
		return fmt.Errorf("%w: a volume of %g dB; choose %g to %g", ErrClip, db, MinGain, MaxGain)
	}
	return nil
}

func checkFades(in, out Time) error {
	for _, t := range []Time{in, out} {
		if t.Cmp(Time{}) < 0 || t.Cmp(maxTime) > 0 {
			return fmt.Errorf("%w: a fade of %s s is not possible", ErrClip, t)
		}
	}
	return nil
}
