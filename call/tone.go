package call

import (
	"math"
	"time"
)

// The test signal's second, in samples from the clock's whole second on:
//
//	0        pip: 20 ms of 1 kHz
//	20 ms    silence
//	40 ms    eight symbols of 30 ms, 1.6 kHz for 0 and 2.2 kHz for 1: the
//	         clock's second modulo 16, highest bit first, then its complement
//	280 ms   silence up to the next second
//
// under all of which a soft 220 Hz goes on. The three frequencies are
// multiples of 200 Hz, so that a window of 5 ms tells them apart without leakage.
const (
	pipSamples    = SampleRate / 50
	codeStart     = SampleRate / 25
	symbolSamples = SampleRate * 3 / 100
	codeSymbols   = 8
	codeEnd       = codeStart + codeSymbols*symbolSamples
	codeModulus   = 16

	humFrequency  = 220
	pipFrequency  = 1000
	zeroFrequency = 1600
	oneFrequency  = 2200

	humLevel = 500
	pipLevel = 9000
	edge     = SampleRate / 500 // 2 ms to swell and to fade, against clicks
)

// Tone is the microphone of arithmetic: a soft tone that shows that sound is
// alive, a pip at each whole second of its clock, and after it a code that
// says which second that was (see ToneReader). One goroutine uses it.
type Tone struct {
	now   func() time.Time
	clock sampleClock
	hum   float64 // phases in turns, 0 to 1
	voice float64
}

// NewTone returns a signal whose pips follow clock.
func NewTone(clock func() time.Time) *Tone { return &Tone{now: clock} }

// Fill writes the next samples, 48 kHz, one channel; the clock says when the
// first of them is being heard.
func (t *Tone) Fill(block []int16) {
	at := t.clock.block(t.now(), len(block), t.quiet)
	second := at.Unix()
	n := int(int64(at.Nanosecond()) * SampleRate / int64(time.Second))
	for i := range block {
		if n == SampleRate {
			second, n = second+1, 0
		}
		frequency, level := toneAt(second, n)
		t.hum = turn(t.hum, humFrequency)
		t.voice = turn(t.voice, frequency)
		block[i] = int16(humLevel*sine(t.hum) + level*sine(t.voice))
		n++
	}
}

// quiet tells whether the clock may be corrected at that time without
// breaking into a pip or a code.
func (t *Tone) quiet(at time.Time) bool {
	const from, to = codeEnd * int(time.Second/SampleRate), int(950 * time.Millisecond)
	return at.Nanosecond() > from && at.Nanosecond() < to
}

// toneAt is the voice's frequency and amplitude n samples into a second.
func toneAt(second int64, n int) (frequency, level float64) {
	switch {
	case n < pipSamples:
		return pipFrequency, pipLevel * swell(n, pipSamples)
	case n < codeStart || n >= codeEnd:
		return 0, 0
	}
	n -= codeStart
	frequency = zeroFrequency
	if secondCode(second)>>(codeSymbols-1-n/symbolSamples)&1 == 1 {
		frequency = oneFrequency
	}
	return frequency, pipLevel * swell(n%symbolSamples, symbolSamples)
}

// secondCode is the second's low four bits followed by their complement, so
// that no single symbol heard wrong passes for another second.
func secondCode(second int64) uint8 {
	low := uint8(second & (codeModulus - 1))
	return low<<4 | ^low&0x0F
}

// swell is the amplitude, 0 to 1, of sample n of a sound of length samples.
func swell(n, length int) float64 {
	d := min(n, length-1-n)
	if d >= edge {
		return 1
	}
	return 0.5 - 0.5*math.Cos(math.Pi*float64(d)/edge)
}

func turn(phase, frequency float64) float64 {
	phase += frequency / SampleRate
	return phase - math.Floor(phase)
}

func sine(phase float64) float64 { return math.Sin(2 * math.Pi * phase) }

// sampleClock gives each sample a time: it counts samples and lets itself be
// pulled, slowly, towards a clock that is asked once a block and answers with
// the jitter of whoever asks.
type sampleClock struct {
	next time.Time // of the next block's first sample
}

const (
	clockPull = 64                     // a block takes off this part of the error
	clockMost = 500 * time.Microsecond // and no more than this
	clockLost = 100 * time.Millisecond // an error beyond this is a gap: start anew
)

// block returns the time of the first of n samples, of which the clock said
// now, corrected only where allowed says so.
func (c *sampleClock) block(now time.Time, n int, allowed func(time.Time) bool) time.Time {
	off := now.Sub(c.next)
	switch {
	case c.next.IsZero() || off.Abs() > clockLost:
		c.next = now
	case allowed == nil || allowed(c.next):
		c.next = c.next.Add(min(max(off/clockPull, -clockMost), clockMost))
	}
	at := c.next
	c.next = at.Add(time.Duration(n) * time.Second / SampleRate)
	return at
}
