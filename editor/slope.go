package editor

import "math"

// The slopes of a sound that comes in: what is left of it at a place of so many.
// Turned around they have it go.

// EqualPower is a quarter of a sine: of two sounds that pass each other so, the
// powers add up to one.
func EqualPower(at, length int64) float64 {
	if at >= length {
		return 1
	}
	return math.Sin(math.Pi / 2 * (float64(at) + 0.5) / float64(length))
}

// Smooth is half a period of a cosine, which has no corner at its ends.
func Smooth(at, length int64) float64 {
	if at >= length {
		return 1
	}
	return 0.5 - 0.5*math.Cos(math.Pi*(float64(at)+0.5)/float64(length))
}
