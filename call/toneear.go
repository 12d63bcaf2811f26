package call

import "math"

// The ear listens in hops of 1 ms through a window of 5 ms, a whole number of
// periods of each of its frequencies.
const (
	hopSamples  = SampleRate / 1000
	windowHops  = 5
	earWindow   = windowHops * hopSamples
	memoryHops  = 512 // more than pip and code together
	pipLeast    = 400 // amplitude, of 32768, from which a sound can be a pip
	pipShortest = 12 * hopSamples
	pipLongest  = 30 * hopSamples
)

// pipShare is the part of the sound's power that is the pip's, at least.
const pipShare = 0.4

// What the ear listens for.
const (
	pipTone = iota
	zeroTone
	oneTone
	earTones
)

// earWave holds a window of each tone, as cosine and sine.
var earWave = func() (w [earWindow][earTones][2]float32) {
	for n := range w {
		for tone, f := range [earTones]float64{pipFrequency, zeroFrequency, oneFrequency} {
			sin, cos := math.Sincos(2 * math.Pi * f * float64(n) / SampleRate)
			w[n][tone] = [2]float32{float32(cos), float32(sin)}
		}
	}
	return w
}()

// ear follows the amplitude of the test signal's frequencies.
type ear struct {
	power  [windowHops]float32              // sum of squares of each hop in the window
	hops   int64                            // complete ones
	n      int                              // samples into the window's worth, 0 to earWindow-1
	parts  [windowHops][earTones][2]float32 // correlation of each hop in the window
	levels [memoryHops][earTones]float32    // amplitudes, by hop
}

// hear takes in a sample and says whether it completed a hop.
func (e *ear) hear(s int16) bool {
	part := &e.parts[e.n/hopSamples]
	if e.n%hopSamples == 0 {
		*part = [earTones][2]float32{}
		e.power[e.n/hopSamples] = 0
	}
	v := float32(s)
	e.power[e.n/hopSamples] += v * v
	for tone, wave := range &earWave[e.n] {
		part[tone][0] += v * wave[0]
		part[tone][1] += v * wave[1]
	}
	e.n = (e.n + 1) % earWindow
	if e.n%hopSamples != 0 {
		return false
	}
	e.measure()
	return true
}

func (e *ear) measure() {
	e.hops++
	for tone := range earTones {
		var re, im float64
		for i := range e.parts {
			re += float64(e.parts[i][tone][0])
			im += float64(e.parts[i][tone][1])
		}
		e.levels[e.hops%memoryHops][tone] = float32(2 * math.Hypot(re, im) / earWindow)
	}
}

// standsOut says whether the pip's tone is most of what the window holds.
func (e *ear) standsOut() bool {
	var power float32
	for _, p := range e.power {
		power += p
	}
	level := e.level(pipTone, 0)
	return level*level/2 > pipShare*float64(power)/earWindow
}

// level is a tone's amplitude in the window that ended so many hops ago.
func (e *ear) level(tone int, ago int64) float64 {
	if ago >= memoryHops || ago > e.hops {
		return 0
	}
	return float64(e.levels[(e.hops-ago)%memoryHops][tone])
}

// crossing is the sample at which the pip's level went through the given one,
// in the hop that ended so many hops ago.
func (e *ear) crossing(level float64, ago int64) float64 {
	after, before := e.level(pipTone, ago), e.level(pipTone, ago+1)
	share := 0.5
	if after != before {
		share = (level - before) / (after - before)
	}
	return (float64(e.hops-ago-1) + share) * hopSamples
}

// riseBefore is the sample at which the pip's level last rose through the
// given one, if that is not too long ago for a pip.
func (e *ear) riseBefore(level float64) (float64, bool) {
	for ago := int64(1); ago <= 2*pipLongest/hopSamples; ago++ {
		if e.level(pipTone, ago) >= level && e.level(pipTone, ago+1) < level {
			return e.crossing(level, ago), true
		}
	}
	return 0, false
}

// code reads the symbols after a pip that began at the given sample: the low
// bits of its second.
func (e *ear) code(onset float64) (low int64, ok bool) {
	var code uint8
	for i := range codeSymbols {
		zero, one := e.symbol(int64(onset) + codeStart + int64(i)*symbolSamples)
		code <<= 1
		if one > zero {
			code |= 1
		}
	}
	low = int64(code >> 4)
	return low, secondCode(low) == code
}

// symbol sums both tones' levels over the windows that lie well within the
// symbol that begins at the given sample.
func (e *ear) symbol(start int64) (zero, one float64) {
	first := (start+edge+earWindow)/hopSamples + 1
	last := (start + symbolSamples - edge) / hopSamples
	for hop := first; hop <= last; hop++ {
		zero += e.level(zeroTone, e.hops-hop)
		one += e.level(oneTone, e.hops-hop)
	}
	return zero, one
}

// pipWatch finds pips by the rise and the fall of their frequency.
type pipWatch struct {
	peak  float64 // 0: no pip in progress
	began int64   // hop
	onset float64 // the last pip's first sample
}

// watch takes in the ear's newest hop and says whether a pip has just ended.
func (w *pipWatch) watch(e *ear) bool {
	level := e.level(pipTone, 0)
	if w.peak == 0 {
		if level >= pipLeast && level > 2*e.level(pipTone, windowHops+2) && e.standsOut() {
			w.peak, w.began = level, e.hops
		}
		return false
	}
	w.peak = max(w.peak, level)
	half := w.peak / 2
	switch {
	case e.hops-w.began > 2*pipLongest/hopSamples:
		w.peak = 0 // a steady tone, or music
	case level < half:
		w.peak = 0
		return w.place(e, half)
	}
	return false
}

// place finds where the pip lay whose level has just fallen through half of
// its peak. Rise and fall are late by half a window each, so their middle
// less that is the pip's middle, whatever its edges went through.
func (w *pipWatch) place(e *ear, half float64) bool {
	rise, ok := e.riseBefore(half)
	fall := e.crossing(half, 0)
	if !ok || fall-rise < pipShortest || fall-rise > pipLongest {
		return false
	}
	w.onset = (rise+fall)/2 - earWindow/2 - pipSamples/2
	return true
}
