package call

// Limit is what keeps this side's picture from being better.
type Limit string

// The limits.
const (
	NoLimit   Limit = "nothing"
	ByNetwork Limit = "network"
	ByCPU     Limit = "cpu"
)

// LimitedBy tells what held this side's picture back since before: what its
// size and rate were chosen for, or else pictures that the encoder left out for
// want of bits or never took for want of time. While a screen is shared it is
// the screen that counts: the camera beside it is small by intention.
func (s SentStats) LimitedBy(before SentStats) Limit {
	if s.Screen.Frames > before.Screen.Frames && s.Screen.Limit != "" {
		return s.Screen.Limit
	}
	if s.Limit == ByNetwork || s.Limit == ByCPU {
		return s.Limit
	}
	grown := func(now, before uint64) float64 { return float64(now - min(now, before)) }
	captured := grown(s.Captured, before.Captured)
	left := grown(s.Dropped, before.Dropped) + grown(s.Skipped, before.Skipped)
	switch {
	case left > 0.08*captured:
		return ByNetwork
	case captured >= 5 && left+grown(s.Encoded, before.Encoded) < 0.85*captured:
		return ByCPU
	}
	return NoLimit
}
