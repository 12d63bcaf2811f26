package mix

import (
	"math"

	"parley/editor"
)

// Part is a sound at its place in the film. All lengths are in pairs.
type Part struct {
	At     int64 // where in the film it begins
	Length int64
	Open   Opener  // nil: silence
	Gain   float64 // dB

	// FadeIn and FadeOut are asked for; CrossIn and CrossOut are how long it
	// is heard together with its neighbours, in equal power.
	FadeIn, FadeOut   int64
	CrossIn, CrossOut int64

	clickIn, clickOut int64 // short fades against a click, see quieten
}

// End is where in the film the part ends.
func (p *Part) End() int64 { return p.At + p.Length }

// edges are how many pairs at its beginning and end are not at the plain gain.
func (p *Part) edges() (in, out int64) {
	return max(p.FadeIn, p.CrossIn, p.clickIn), max(p.FadeOut, p.CrossOut, p.clickOut)
}

// shape multiplies pairs of the part, from its position at on, by its gain.
func (p *Part) shape(pairs []float32, at int64) {
	plain := float32(math.Pow(10, p.Gain/20))
	in, out := p.edges()
	for i := 0; i < len(pairs); i += 2 {
		pos, g := at+int64(i/2), plain
		if pos < in || pos >= p.Length-out {
			g *= p.slope(pos)
		}
		pairs[i] *= g
		pairs[i+1] *= g
	}
}

// slope is what the fades leave of a pair.
func (p *Part) slope(pos int64) float32 {
	left := p.Length - 1 - pos
	g := editor.EqualPower(pos, p.CrossIn) * editor.EqualPower(left, p.CrossOut)
	for _, f := range []struct{ pos, length int64 }{{pos, p.FadeIn}, {left, p.FadeOut}, {pos, p.clickIn}, {left, p.clickOut}} {
		g *= editor.Smooth(f.pos, f.length)
	}
	return float32(g)
}
