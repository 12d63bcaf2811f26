package audiotest

import (
	"math"
	"math/rand/v2"
)

// personBlock is what the length of a talk is a multiple of.
const personBlock = Rate / 100

// vowels are the lowest three formants in Hz.
var vowels = [][3]float64{{730, 1090, 2440}, {270, 2290, 3010}, {300, 870, 2240}, {530, 1840, 2480}, {570, 840, 2410}}

// Person makes sound like someone who talks: vowels of a voice that glides,
// hisses, pauses between words and longer ones between sentences.
type Person struct {
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

// NewPerson returns a voice of a pitch in Hz, the same in every run.
func NewPerson(seed uint64, pitch float64) *Person {
	return &Person{rng: rand.New(rand.NewPCG(seed, 99)), pitch: pitch}
}

// Talk makes seconds of sound at a loudness in dBFS, pauses included.
func (p *Person) Talk(seconds, loud float64) []float64 {
	out := make([]float64, int(seconds*Rate)/personBlock*personBlock)
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

func (p *Person) sample() float64 {
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
	p.pitch = math.Max(80, math.Min(300, p.pitch*(1+p.glide/Rate)))
	p.phase += p.pitch / Rate
	p.phase -= math.Floor(p.phase)
	source := (0.5-p.phase)*shape + 0.01*p.rng.NormFloat64()*shape
	var v float64
	for i := range p.formants {
		v += p.formants[i].run(source) / float64(i+1)
	}
	return v
}

// next chooses a sound.
func (p *Person) next() {
	kind := p.rng.Float64()
	p.silent, p.voiced = kind < 0.2, kind < 0.8
	p.length = int((0.08 + 0.15*p.rng.Float64()) * Rate)
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
	q := math.Exp(-math.Pi * width / Rate)
	r.a, r.b = 2*q*math.Cos(2*math.Pi*hz/Rate), -q*q
	r.gain = 1 - q
}

func (r *resonator) run(x float64) float64 {
	y := r.gain*x + r.a*r.y1 + r.b*r.y2
	r.y2, r.y1 = r.y1, y
	return y
}
