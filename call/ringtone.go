package call

import (
	"math"
	"sync/atomic"
	"time"
)

// ringtone plays a tune over and over while a call rings: struck bars, that
// begin softly and grow. want may be called from anywhere; mix is the sound
// device's.
type ringtone struct {
	wanted atomic.Pointer[tune]

	tune   *tune // nil: silence
	at     int   // samples of it that were played
	fading int   // samples since it is wanted no more
}

// tune is notes one after the other, and the pause until they begin again.
type tune struct {
	notes []float64 // in Hz
	apart time.Duration
	every time.Duration
	loud  float64 // of full scale, at its loudest
}

var (
	ringsHere  = &tune{[]float64{392, 493.88, 587.33, 783.99, 587.33}, 190 * time.Millisecond, 2600 * time.Millisecond, 0.20}
	ringsThere = &tune{[]float64{440, 349.23}, 260 * time.Millisecond, 3200 * time.Millisecond, 0.05}
)

const (
	ringFade  = SampleRate / 100 // samples in which it falls silent, so that nothing clicks
	ringSwell = 3                // rounds until it is at its loudest
	barDecay  = 0.28             // seconds in which a bar falls to a third
	barAttack = 0.004            // seconds
)

// play has a tune sound from the next block on; nil ends it.
func (r *ringtone) play(t *tune) { r.wanted.Store(t) }

// mix adds what is due to a block.
func (r *ringtone) mix(block []int16) {
	wanted := r.wanted.Load()
	if r.tune == nil {
		r.tune, r.at, r.fading = wanted, 0, 0
	}
	if r.tune == nil {
		return
	}
	for i := range block {
		gain := 1.0
		if wanted != r.tune {
			if r.fading++; r.fading >= ringFade {
				r.tune = nil
				return
			}
			gain -= float64(r.fading) / ringFade
		}
		block[i] = saturate(float64(block[i]) + gain*math.MaxInt16*r.tune.sample(r.at))
		r.at++
	}
}

// sample is one of a tune that began so many samples ago, between -1 and 1.
func (t *tune) sample(at int) (sum float64) {
	seconds := float64(at) / SampleRate
	round := math.Floor(seconds / t.every.Seconds())
	since := seconds - round*t.every.Seconds()
	for i, hz := range t.notes {
		if struck := since - float64(i)*t.apart.Seconds(); struck >= 0 {
			sum += bar(hz, struck)
		}
	}
	return sum * t.loud / 2 * min((round+1)/ringSwell, 1)
}

// bar is a struck bar of wood or metal: its tone, and a bright one two octaves
// above that is gone at once.
func bar(hz, struck float64) float64 {
	phase := 2 * math.Pi * hz * struck
	attack := min(struck/barAttack, 1)
	return attack * (math.Exp(-struck/barDecay)*math.Sin(phase) + 0.3*math.Exp(-6*struck/barDecay)*math.Sin(4*phase))
}

// tuneOf is what is heard where a call stands.
func tuneOf(e Event) *tune {
	switch {
	case e.State != Ringing || e.Loopback:
		return nil
	case e.Incoming:
		return ringsHere
	}
	return ringsThere
}
