package voice

import (
	"math"
	"math/rand/v2"

	"parley/call"
)

// room gives back what is played: after some ms, at a loudness in dB, with a
// tail of reverberation that decays by 60 dB in decay seconds.
func room(played []float64, ms int, db, decay float64) []float64 {
	rng := rand.New(rand.NewPCG(5, 5))
	taps := map[int]float64{0: 1}
	energy := 1.0
	for range 150 {
		at := rng.Float64() * decay
		tap := 0.15 * rng.NormFloat64() * math.Pow(10, -3*at/decay)
		taps[int(at*call.SampleRate)] += tap
		energy += tap * tap
	}
	scale := math.Pow(10, db/20) / math.Sqrt(energy)
	out := make([]float64, len(played))
	for at, tap := range taps {
		at += ms * call.SampleRate / 1000
		for i := at; i < len(out); i++ {
			out[i] += played[i-at] * tap * scale
		}
	}
	return out
}

// hiss is a microphone's own noise at a loudness in dBFS.
func hiss(n int, db float64) []float64 {
	rng := rand.New(rand.NewPCG(3, 3))
	out := make([]float64, n)
	for i := range out {
		out[i] = rng.NormFloat64() * math.Pow(10, db/20) * math.MaxInt16
	}
	return out
}
