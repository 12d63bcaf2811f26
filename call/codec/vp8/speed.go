package vp8

import "time"

// libvpx trades quality for time in steps ("cpu-used" in real-time mode). On a
// hard picture of 720p level 5 takes twice the time of 6 for 0.1 dB, and 16
// loses 4 dB.
const (
	slowest      = 6
	fastest      = 14
	firstLevel   = 8
	speedWindow  = 10   // pictures between two decisions
	mostOfFrame  = 0.55 // share of a picture's interval above which it goes faster
	leastOfFrame = 0.25 // and below which it goes slower
)

// speed finds the level at which encoding keeps up with the pictures and leaves
// the machine time for all else that a call does. libvpx's own search ("positive
// cpu-used") believes that it has the machine for itself.
type speed struct {
	level int
	n     int
	spent float64 // sum of shares of the window
	calm  int     // windows in a row with time to spare
}

// calmWindows must pass before a slower level is tried, so that the level does
// not swing.
const calmWindows = 6

func newSpeed() speed { return speed{level: firstLevel} }

// observe takes the time that one picture took and the interval it had, and
// says whether the level changed.
func (s *speed) observe(took, interval time.Duration) bool {
	if interval <= 0 {
		return false
	}
	s.spent += took.Seconds() / interval.Seconds()
	if s.n++; s.n < speedWindow {
		return false
	}
	share := s.spent / float64(s.n)
	s.n, s.spent = 0, 0
	return s.decide(share)
}

func (s *speed) decide(share float64) bool {
	before := s.level
	switch {
	case share > 2*mostOfFrame:
		s.level, s.calm = s.level+2, 0
	case share > mostOfFrame:
		s.level, s.calm = s.level+1, 0
	case share > leastOfFrame:
		s.calm = 0
	default:
		if s.calm++; s.calm >= calmWindows {
			s.level, s.calm = s.level-1, 0
		}
	}
	s.level = min(max(s.level, slowest), fastest)
	return s.level != before
}
