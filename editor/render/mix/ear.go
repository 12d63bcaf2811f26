package mix

import (
	"math"

	"parley/editor"
)

// Ear hears a stretch of the clips' sound and keeps how loud it is, for the
// ducking. What several have heard of one film goes together, wherever in it
// each began.
type Ear struct {
	At   int64     // of the first pair
	Sums []float64 // of the squares, one a hop of the film; the outer two may be parts of one

	rate int
	next int64
}

// NewEar is an ear for what begins at a position of the film.
func NewEar(at int64, rate int) *Ear { return &Ear{At: at, rate: rate, next: at} }

// Phase is how far a position is from where a value of the levels begins. What
// was heard from one on holds from any other of the same phase on.
func Phase(at int64, rate int) int64 { return at % int64(rate/hopsPerSecond) }

// From is what was heard, at another position of the film.
func (e *Ear) From(at int64) *Ear { return &Ear{At: at, Sums: e.Sums, rate: e.rate} }

// Add hears the pairs that follow.
func (e *Ear) Add(pairs []float32) {
	hop := int64(e.rate / hopsPerSecond)
	for i := 0; i+1 < len(pairs); i += 2 {
		k := int(e.next/hop - e.At/hop)
		if k == len(e.Sums) {
			e.Sums = append(e.Sums, 0)
		}
		l, r := float64(pairs[i]), float64(pairs[i+1])
		e.Sums[k] += l*l + r*r
		e.next++
	}
}

// Listened is the curve of the music that lies under stretches of the film,
// given in pairs, where the ears have heard what the clips say during them and
// a second on either side. It is that of a Film.
func Listened(ears []*Ear, ducked [][2]int64, rate int) editor.Curve {
	var end int64
	for _, d := range ducked {
		end = max(end, d[1])
	}
	if end == 0 {
		return editor.Curve{}
	}
	hop := int64(rate / hopsPerSecond)
	return editor.Curve{Gains: Duck(levelsOf(ears, ducked, end/hop+hopsPerSecond, rate)), Hop: hop}
}

// levelsOf are the levels of the film's first n hops as the ears have heard
// them.
func levelsOf(ears []*Ear, ducked [][2]int64, n int64, rate int) []float32 {
	hop := int64(rate / hopsPerSecond)
	sums := make([]float64, n)
	for _, e := range ears {
		for k, sum := range e.Sums {
			if i := e.At/hop + int64(k); i < int64(len(sums)) {
				sums[i] += sum
			}
		}
	}
	levels := make([]float32, len(sums))
	for i, sum := range sums {
		levels[i] = nothing
		if sum > 0 && Listens(ducked, int64(i)*hop, rate) {
			levels[i] = float32(10 * math.Log10(sum/float64(2*hop)))
		}
	}
	return levels
}

// Listens tells whether what is said at a position matters to music that lies
// under stretches of the film.
func Listens(ducked [][2]int64, at int64, rate int) bool {
	second := int64(rate)
	for _, d := range ducked {
		if at >= d[0]-second && at < d[1]+second {
			return true
		}
	}
	return false
}
