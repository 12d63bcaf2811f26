package voice

import (
	"math"

	"parley/call"
)

const (
	goal      = -20.0 // dBFS, the loudness of active speech that is aimed at
	mostGain  = 24.0  // dB
	leastGain = -12.0 // dB
	riseStep  = 0.04  // dB a block: 4 dB a second
	fallStep  = 0.15  // dB a block

	loudestNoise = -50.0 // dBFS: noise is not raised beyond this
	aboveNoise   = 10.0  // dB over the noise from which sound counts as speech
	faintest     = -60.0 // dBFS: below this nothing is speech
	learn        = 0.02  // share of the speech's power that a block replaces: half a second
	noiseRise    = 0.03  // dB a block
	noiseFall    = 0.3   // share of the way down that a block goes

	farSpeaks = -50.0 // dBFS: the other side speaks, and what is heard may be its echo
	farHold   = 50    // blocks for which that counts: the room's echo, and its delay

	ceiling = 0.9 * math.MaxInt16 // no sample is raised beyond
	ramp    = call.BlockSamples / 10
)

// leveller brings speech to an even loudness. It learns only from speech of
// this side, neither from noise nor from what is left of an echo, so that
// pauses do not pump.
type leveller struct {
	gain   float64 // dB that is aimed at, changing slowly
	factor float64 // that the last sample was multiplied by
	noise  float64 // dBFS
	power  float64 // of speech, 1 is full scale
	far    int     // blocks for which the other side still counts as speaking
}

func newLeveller() leveller {
	return leveller{factor: 1, noise: faintest, power: math.Pow(10, goal/10)}
}

// played notes whether the other side speaks.
func (l *leveller) played(block []int16) {
	l.far = max(l.far-1, 0)
	if loudness(block) > farSpeaks {
		l.far = farHold
	}
}

// level raises or lowers a block in place.
func (l *leveller) level(block []int16) {
	if now := loudness(block); l.hears(now) {
		l.power += (math.Pow(10, now/10) - l.power) * learn
		l.steer()
	}
	l.apply(block, l.limited(block))
}

// hears says whether a block is this side's speech, and learns the noise.
func (l *leveller) hears(now float64) bool {
	speech := now > faintest && now > l.noise+aboveNoise
	if now < l.noise {
		l.noise += (now - l.noise) * noiseFall
	} else {
		l.noise += noiseRise
	}
	return speech && l.far == 0
}

func (l *leveller) steer() {
	most := math.Max(0, math.Min(mostGain, loudestNoise-l.noise))
	want := math.Max(leastGain, math.Min(most, goal-10*math.Log10(l.power)))
	l.gain += math.Max(-fallStep, math.Min(riseStep, want-l.gain))
}

// limited is the factor that leaves no sample above the ceiling.
func (l *leveller) limited(block []int16) float64 {
	factor := math.Pow(10, l.gain/20)
	if top := peak(block); top*factor > ceiling && factor > 1 {
		return math.Max(1, ceiling/top)
	}
	return factor
}

// apply goes to the new factor within a millisecond, without a click.
func (l *leveller) apply(block []int16, factor float64) {
	if factor == 1 && l.factor == 1 {
		return
	}
	step := (factor - l.factor) / ramp
	for i, s := range block {
		if i < ramp {
			l.factor += step
		}
		block[i] = int16(math.Max(math.MinInt16, math.Min(math.MaxInt16, math.Round(float64(s)*l.factor))))
	}
	l.factor = factor
}

func peak(block []int16) float64 {
	top := 0
	for _, s := range block {
		top = max(top, int(s), -int(s))
	}
	return float64(top)
}

// loudness is a block's RMS in dBFS, at least -120.
func loudness(block []int16) float64 {
	var power float64
	for _, s := range block {
		power += float64(s) * float64(s)
	}
	rms := math.Sqrt(power/float64(len(block))) / math.MaxInt16
	return math.Max(-120, 20*math.Log10(rms))
}
