package mix

import "math"

// Meter measures how loud a sound is to people, as ITU-R BS.1770-5 does.
type Meter struct {
	step    int // pairs of 100 ms
	filters [2]weighting
	filled  int
	sum     float64
	steps   []float64 // power of each 100 ms, both channels together
}

// Silence is the loudness of what is too quiet to be measured, in LUFS.
const Silence = -70.0

// The gates: what is below them is not counted.
const (
	absoluteGate = Silence
	relativeGate = -10.0
	loudnessZero = -0.691 // makes a sine of 997 Hz at full scale in one channel -3.01 LUFS
)

// NewMeter returns a meter for sound at a rate in Hz.
func NewMeter(rate int) *Meter {
	w := newWeighting(float64(rate))
	return &Meter{step: rate / 10, filters: [2]weighting{w, w}}
}

// Add hears the pairs that follow.
func (m *Meter) Add(p []float32) {
	for i := 0; i+1 < len(p); i += 2 {
		l, r := m.filters[0].next(float64(p[i])), m.filters[1].next(float64(p[i+1]))
		m.sum += l*l + r*r
		if m.filled++; m.filled == m.step {
			m.steps = append(m.steps, m.sum/float64(m.step))
			m.filled, m.sum = 0, 0
		}
	}
}

// Loudness is that of all that was heard, in LUFS; Silence where nothing was
// loud enough.
func (m *Meter) Loudness() float64 {
	return m.mean(max(absoluteGate, m.mean(absoluteGate)+relativeGate))
}

// mean is the loudness of the blocks of 400 ms that are above a gate.
func (m *Meter) mean(gate float64) float64 {
	var sum float64
	n := 0
	for i := 3; i < len(m.steps); i++ {
		power := (m.steps[i] + m.steps[i-1] + m.steps[i-2] + m.steps[i-3]) / 4
		if lufs(power) > gate {
			sum += power
			n++
		}
	}
	if n == 0 {
		return Silence
	}
	return max(Silence, lufs(sum/float64(n)))
}

func lufs(power float64) float64 { return loudnessZero + 10*math.Log10(power+1e-20) }

// weighting is the two filters that stand for head and ear.
type weighting struct{ shelf, highpass biquad }

// newWeighting works out the filters for a rate from their analogue form, of
// which the standard gives the coefficients at 48 kHz.
func newWeighting(rate float64) weighting {
	const shelfHz, shelfQ, shelfDB = 1681.974450955533, 0.7071752369554196, 3.999843853973347
	k := math.Tan(math.Pi * shelfHz / rate)
	high := math.Pow(10, shelfDB/20)
	mid := math.Pow(high, 0.4996667741545416)
	a := 1 + k/shelfQ + k*k
	shelf := biquad{
		b0: (high + mid*k/shelfQ + k*k) / a, b1: 2 * (k*k - high) / a, b2: (high - mid*k/shelfQ + k*k) / a,
		a1: 2 * (k*k - 1) / a, a2: (1 - k/shelfQ + k*k) / a,
	}
	const passHz, passQ = 38.13547087602444, 0.5003270373238773
	k = math.Tan(math.Pi * passHz / rate)
	a = 1 + k/passQ + k*k
	return weighting{shelf, biquad{b0: 1, b1: -2, b2: 1, a1: 2 * (k*k - 1) / a, a2: (1 - k/passQ + k*k) / a}}
}

func (w *weighting) next(v float64) float64 { return w.highpass.next(w.shelf.next(v)) }

// biquad is a filter of the second order.
type biquad struct{ b0, b1, b2, a1, a2, z1, z2 float64 }

func (f *biquad) next(v float64) float64 {
	y := f.b0*v + f.z1
	f.z1 = f.b1*v - f.a1*y + f.z2
	f.z2 = f.b2*v - f.a2*y
	return y
}
