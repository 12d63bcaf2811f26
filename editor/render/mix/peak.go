package mix

import "math"

// Between samples the waveform can go higher than at any of them. Its height
// there is found by interpolating three points between each two samples, as
// ITU-R BS.1770-5 annex 2 does.
const (
	peakPhases = 4
	peakTaps   = 16
	peakBefore = peakTaps/2 - 1 // taps before the sample
	peakAfter  = peakTaps / 2   // taps behind it
)

// interpolators are the filters of the phases 1/4, 2/4 and 3/4.
var interpolators = func() (filters [peakPhases - 1][peakTaps]float32) {
	for phase := range filters {
		var sum float64
		var f [peakTaps]float64
		for k := range f {
			x := float64(k-peakBefore) - float64(phase+1)/peakPhases
			window := math.Cos(math.Pi * x / (peakTaps + 1))
			f[k] = math.Sin(math.Pi*x) / (math.Pi * x) * window * window
			sum += f[k]
		}
		for k := range f {
			filters[phase][k] = float32(f[k] / sum)
		}
	}
	return filters
}()

// steepest is how much higher than the samples around it the waveform can be.
var steepest = func() float32 {
	var most float32
	for _, f := range interpolators {
		var sum float32
		for _, c := range f {
			sum += float32(math.Abs(float64(c)))
		}
		most = max(most, sum)
	}
	return most
}()

// between is the height of the waveform between a pair and the next one,
// where p begins peakBefore pairs before that pair.
func between(p []float32) float32 {
	part := (*[2 * peakTaps]float32)(p)
	var most float32
	for i := range interpolators {
		var left, right float32
		for k, c := range &interpolators[i] {
			left += c * part[2*k]
			right += c * part[2*k+1]
		}
		most = higher(higher(most, left), right)
	}
	return most
}

// higher is the larger of a height and that of a value.
func higher(most, v float32) float32 {
	if v < 0 {
		v = -v
	}
	if v > most {
		return v
	}
	return most
}
