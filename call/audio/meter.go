package audio

import (
	"math"
	"sync/atomic"
)

const (
	// Floor is the least level that a Meter tells, in dBFS.
	Floor = -96.0

	clipAt      = math.MaxInt16 - 8 // sound that reaches this is too loud
	clipHold    = 100               // blocks for which clipping stays visible
	silentPeak  = 8                 // below this not even noise is heard: -72 dBFS
	silentAfter = 300               // blocks of it until a microphone counts as silent
	fall        = 0.9               // share of the peak that is left a block later
	forget      = 0.1               // share of the power that a block replaces
)

// Level is what a Meter measured.
type Level struct {
	Peak float64 // dBFS, 0 is full scale; falls slowly
	RMS  float64 // dBFS of about the last 100 ms; a full-scale sine gives -3
	// Clipped is set for a second after the sound reached full scale.
	Clipped bool
	// Silent is set when nothing at all came for three seconds: a microphone
	// that is muted elsewhere, unplugged, or the wrong one.
	Silent bool
}

// Meter measures sound on its way. Add comes from one goroutine, Level from
// any, and neither waits. The zero value is ready.
type Meter struct {
	peak, power float64 // 0 to 1
	clip, mute  int     // blocks that clipping is still shown, that were silent

	shown struct{ peak, power, clip, mute atomic.Uint64 }
}

// Add measures a block of 10 ms.
func (m *Meter) Add(block []int16) {
	if len(block) == 0 {
		return
	}
	top, power := measure(block)
	m.peak = max(float64(top)/math.MaxInt16, m.peak*fall)
	m.power += (power - m.power) * forget
	m.clip = max(m.clip-1, 0)
	if top >= clipAt {
		m.clip = clipHold
	}
	m.mute++
	if top >= silentPeak {
		m.mute = 0
	}
	m.show()
}

// measure gives the peak, and the mean power of 0 to 1.
func measure(block []int16) (top int, power float64) {
	for _, s := range block {
		v := int(s)
		top = max(top, v, -v)
		power += float64(v * v)
	}
	return min(top, math.MaxInt16), power / float64(len(block)) / (math.MaxInt16 * math.MaxInt16)
}

func (m *Meter) show() {
	m.shown.peak.Store(math.Float64bits(m.peak))
	m.shown.power.Store(math.Float64bits(m.power))
	m.shown.clip.Store(uint64(m.clip))
	m.shown.mute.Store(uint64(m.mute))
}

// Level tells the present level.
func (m *Meter) Level() Level {
	return Level{
		Peak:    decibels(math.Float64frombits(m.shown.peak.Load())),
		RMS:     decibels(math.Sqrt(math.Float64frombits(m.shown.power.Load()))),
		Clipped: m.shown.clip.Load() > 0,
		Silent:  m.shown.mute.Load() >= silentAfter,
	}
}

func decibels(share float64) float64 {
	return math.Max(Floor, math.Min(0, 20*math.Log10(share)))
}
