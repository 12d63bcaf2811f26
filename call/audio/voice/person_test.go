package voice

import (
	"math"
	"math/rand/v2"

	"parley/call"
)

// vowels are the lowest three formants in Hz.
var vowels = [][3]float64{{730, 1090, 2440}, {270, 2290, 3010}, {300, 870, 2240}, {530, 1840, 2480}, {570, 840, 2410}}

// person makes sound like someone who talks: vowels of a voice that glides,
// hisses, pauses between words and longer ones between sentences.
type person struct {
	rng      *rand.Rand
	pitch    float64 // Hz
	phase    float64
	formants [3]resonator
	left     int // samples of the present sound
	length   int
	voiced   bool
	silent   bool
	glide    float64
}

func newPerson(seed uint64, pitch float64) *person {
	return &person{rng: rand.New(rand.NewPCG(seed, 99)), pitch: pitch}
}

// talk makes seconds of sound at a loudness in dBFS, pauses included.
func (p *person) talk(seconds, loud float64) []float64 {
	out := make([]float64, int(seconds*call.SampleRate)/call.BlockSamples*call.BlockSamples)
	var power float64
	for i := range out {
		out[i] = p.sample()
		power += out[i] * out[i]
	}
	scale := math.Pow(10, loud/20) * math.MaxInt16 / math.Sqrt(power/float64(len(out)))
	for i := range out {
		out[i] *= scale
	}
	return out
}

func (p *person) sample() float64 {
	if p.left == 0 {
		p.next()
	}
	p.left--
	if p.silent {
		return p.formants[0].run(0) // rings out
	}
	shape := math.Sin(math.Pi * float64(p.left) / float64(p.length))
	if !p.voiced {
		return 0.15 * shape * p.rng.NormFloat64()
	}
	p.pitch = math.Max(80, math.Min(300, p.pitch*(1+p.glide/call.SampleRate)))
	p.phase += p.pitch / call.SampleRate
	p.phase -= math.Floor(p.phase)
	source := (0.5-p.phase)*shape + 0.01*p.rng.NormFloat64()*shape
	var v float64
	for i := range p.formants {
		v += p.formants[i].run(source) / float64(i+1)
	}
	return v
}

// next chooses a sound.
func (p *person) next() {
	kind := p.rng.Float64()
	p.silent, p.voiced = kind < 0.2, kind < 0.8
	p.length = int((0.08 + 0.15*p.rng.Float64()) * call.SampleRate)
	if p.silent && p.rng.Float64() < 0.2 {
		p.length *= 3
	}
	p.left, p.glide = p.length, p.rng.Float64()-0.5
	vowel := vowels[p.rng.IntN(len(vowels))]
	for i := range p.formants {
		p.formants[i].tune(vowel[i], 60+40*float64(i))
	}
}

// resonator is a filter with one peak.
type resonator struct{ a, b, gain, y1, y2 float64 }

func (r *resonator) tune(hz, width float64) {
	q := math.Exp(-math.Pi * width / call.SampleRate)
	r.a, r.b = 2*q*math.Cos(2*math.Pi*hz/call.SampleRate), -q*q
	r.gain = 1 - q
}

func (r *resonator) run(x float64) float64 {
	y := r.gain*x + r.a*r.y1 + r.b*r.y2
	r.y2, r.y1 = r.y1, y
	return y
}

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
