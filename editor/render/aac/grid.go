package aac

import "slices"

// jitter is how far a packet's time stamp may be from where its number puts
// it, in samples: containers round to a millisecond.
const jitter = FrameSamples / 8

// Fit is where packet 0 begins whose followers begin at the given samples, of
// which each should be FrameSamples after the one before. It is false where
// they are not: there is a gap, or the clock of the recording ran at another
// speed than the sound.
func Fit(starts []int64) (first int64, ok bool) {
	if len(starts) == 0 {
		return 0, false
	}
	bases := make([]int64, len(starts))
	for n, at := range starts {
		bases[n] = at - int64(n)*FrameSamples
	}
	sorted := slices.Sorted(slices.Values(bases))
	first = sorted[len(sorted)/2]
	return first, sorted[len(sorted)-1]-first <= jitter && first-sorted[0] <= jitter
}

// Placement is how a stream stands on the film's grid of frames.
type Placement struct {
	Shift int64 // packet n becomes the film's packet n+Shift
	Late  int64 // samples by which it is heard late, at most half a frame either way
}

// Place puts a stream whose packet 0 begins at the sample first of its source
// on the film's grid, for a clip that shows the source's sample source at the
// film's sample film. What it is late by is the same for the whole clip.
func Place(first, source, film int64) Placement {
	exact := film + first - source
	shift := floorDiv(exact+FrameSamples/2, FrameSamples)
	return Placement{Shift: shift, Late: shift*FrameSamples - exact}
}

// Within are the packets that can be copied where the film is what the stream
// is from sample from to before sample to: those whose slopes lie in frames
// that are such from end to end.
func Within(from, to int64) Range {
	return Range{ceilDiv(from, FrameSamples), floorDiv(to, FrameSamples) - 1}
}

// Range are the film's packets, or its frames, from From to before To. The
// film begins with packet -1, whose second half is the first half of frame 0.
type Range struct{ From, To int64 }

// Len is how many there are.
func (r Range) Len() int64 { return max(0, r.To-r.From) }

// And is what two ranges have in common.
func (r Range) And(o Range) Range { return Range{max(r.From, o.From), min(r.To, o.To)} }

// Frames is the number of frames of a film of so many samples.
func Frames(samples int64) int64 { return ceilDiv(samples, FrameSamples) }

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

func ceilDiv(a, b int64) int64 { return -floorDiv(-a, b) }
