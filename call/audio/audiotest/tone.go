package audiotest

import "math"

// Tone fills pcm with a tone of some Hz and a peak of 0 to 1, and returns the
// phase to go on with.
func Tone(pcm []int16, hz, peak, phase float64) float64 {
	for i := range pcm {
		pcm[i] = int16(peak * math.MaxInt16 * math.Sin(phase))
		phase += 2 * math.Pi * hz / Rate
	}
	return math.Mod(phase, 2*math.Pi)
}

// Strength measures how much of a frequency is in pcm (Goertzel's algorithm):
// the peak, 0 to 1, of a tone that would give it.
func Strength(pcm []int16, hz float64) float64 {
	w := 2 * math.Pi * hz / Rate
	var a, b float64
	for _, s := range pcm {
		a, b = float64(s)+2*math.Cos(w)*a-b, a
	}
	power := a*a + b*b - 2*math.Cos(w)*a*b
	return 2 * math.Sqrt(math.Max(0, power)) / float64(len(pcm)) / math.MaxInt16
}
