package title

import (
	"errors"
	"math"
)

// motion is how something comes or goes.
type motion struct {
	Kind     string  `json:"kind"`     // fade, rise, slide, grow or unfold; empty: at once
	Time     float64 `json:"time"`     // seconds
	Delay    float64 `json:"delay"`    // seconds after the title has come, or before it has gone
	Distance float64 `json:"distance"` // of rise and slide
}

func (m *motion) check() error {
	if m == nil {
		return nil
	}
	return errors.Join(oneOf(m.Kind, "", "fade", "rise", "slide", "grow", "unfold"),
		number(m.Time, 0, 10, "time"), number(m.Delay, 0, 10, "delay"), number(m.Distance, -1, 1, "distance"))
}

// state is how something is seen at a moment.
type state struct {
	dx, dy  float64 // from its place, in fractions of the shorter side
	opacity float64 // 0 to 1
	wide    float64 // how much of it is uncovered, from its leading edge, 0 to 1
	high    float64 // and from its lower edge
}

var seen = state{opacity: 1, wide: 1, high: 1}

// at is the state when a share of the motion is done: 1 is in place.
func (m motion) at(done float64) state {
	s, left := seen, 1-done
	switch m.Kind {
	case "fade":
		s.opacity = done
	case "rise":
		s.opacity, s.dy = done, left*m.Distance
	case "slide":
		s.opacity, s.dx = done, -left*m.Distance
	case "grow":
		s.wide = done
	case "unfold":
		s.high = done
	default:
		s.opacity = math.Floor(done)
	}
	return s
}

// show is when something comes and goes, in seconds on a clock of its own.
type show struct {
	from, to     float64
	enter, leave motion
}

// fitted shortens the motions of what stands so short a time that they would
// meet.
func (s show) fitted() show {
	need := s.enter.Delay + s.enter.Time + s.leave.Delay + s.leave.Time
	if length := s.to - s.from; need > 0.8*length {
		k := 0.8 * length / need
		for _, m := range []*motion{&s.enter, &s.leave} {
			m.Time, m.Delay = m.Time*k, m.Delay*k
		}
	}
	return s
}

// at is the state at a time.
func (s show) at(t float64) state {
	comes := s.enter.at(ease(progress(t-s.from-s.enter.Delay, s.enter.Time)))
	goes := s.leave.at(ease(progress(s.to-s.leave.Delay-t, s.leave.Time)))
	return state{
		dx: comes.dx + goes.dx, dy: comes.dy + goes.dy, opacity: comes.opacity * goes.opacity,
		wide: min(comes.wide, goes.wide), high: min(comes.high, goes.high),
	}
}

func progress(t, length float64) float64 {
	if t < 0 {
		return 0
	}
	if length <= 0 || t >= length {
		return 1
	}
	return t / length
}

// ease comes fast and slows down.
func ease(p float64) float64 { return 1 - (1-p)*(1-p)*(1-p) }

// step is how finely a motion is drawn, in seconds; between, it is steady.
const step = 0.04

// cuts are the times between which everything is steady, in order, the first
// the beginning and the last the end.
func (s show) cuts() []float64 {
	comes, goes := s.from+s.enter.Delay, s.to-s.leave.Delay-s.leave.Time
	cuts := []float64{s.from}
	add := func(t float64) {
		if t > cuts[len(cuts)-1]+1e-6 && t < s.to-1e-6 {
			cuts = append(cuts, t)
		}
	}
	for _, m := range []struct{ from, length float64 }{{comes, s.enter.Time}, {goes, s.leave.Time}} {
		add(m.from)
		for n := 1; float64(n)*step < m.length; n++ {
			add(m.from + float64(n)*step)
		}
		add(m.from + m.length)
	}
	return append(cuts, s.to)
}
