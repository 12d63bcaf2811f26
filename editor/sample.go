package editor

import (
	"fmt"
	"math"
)

// Sample is the run that encodes n frames of the film from a frame on, just as
// a segment of it is encoded, fewer where the span that holds it ends before.
// What a clip needs to be made first (Plan.Early) is left out.
func (a *Assembly) Sample(frame, n int64) (Step, error) {
	i, ok := a.at(frame)
	if !ok {
		return Step{}, fmt.Errorf("%w: the film has no frame %d", ErrRange, frame)
	}
	s := a.spans[i]
	p := &planner{Assembly: a}
	return p.step(span{frame, min(frame+n, s.last), s.clips})
}

// Group is how many frames apart the film's key frames are at most.
func (o Output) Group() int64 { return o.group() }

// SoundSize is about how many bytes the film's sound takes for a time.
func (o Output) SoundSize(length Time) int64 {
	return int64(float64(o.soundBits()) / 8 * length.Float())
}

// Bits is about how many bits the codec spends on a picture element of a frame
// of ordinary film, with the output's quality: what talking heads and holidays
// took, give or take a factor of three. Six steps of the encoder's quality are
// a factor of two.
func (o Output) Bits() float64 {
	if o.Format.Poster() {
		return 2
	}
	c := compressors[o.codec()]
	return c.bits * math.Exp2(float64(c.quality-o.quality())/c.octave)
}
