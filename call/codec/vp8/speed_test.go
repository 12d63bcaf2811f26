package vp8

import (
	"testing"
	"time"
)

const frame = time.Second / 30

// settle runs on a machine on which a picture at level 10 takes cost, and each level
// above or below a tenth less or more.
func (s *speed) settle(cost time.Duration) {
	for range 2000 {
		took := cost.Seconds()
		for l := firstLevel; l < s.level; l++ {
			took *= 0.9
		}
		for l := firstLevel; l > s.level; l-- {
			took /= 0.9
		}
		s.observe(time.Duration(took*float64(time.Second)), frame)
	}
}

func TestSpeedSuitsTheMachine(t *testing.T) {
	for _, test := range []struct {
		cost       time.Duration
		least, top int
	}{
		{time.Millisecond, slowest, slowest},
		{100 * time.Millisecond, fastest, fastest},
		{22 * time.Millisecond, firstLevel, fastest},
		{10 * time.Millisecond, firstLevel, firstLevel},
	} {
		s := newSpeed()
		s.settle(test.cost)
		if s.level < test.least || s.level > test.top {
			t.Errorf("level %d for %v a picture, want %d to %d", s.level, test.cost, test.least, test.top)
		}
	}
}

func TestSpeedReactsWithinAThirdOfASecond(t *testing.T) {
	s := newSpeed()
	for range speedWindow {
		s.observe(2*frame, frame)
	}
	if s.level != firstLevel+2 {
		t.Errorf("level %d after a window at twice the time, want %d", s.level, firstLevel+2)
	}
}

func TestSpeedIgnoresAnImpossibleInterval(t *testing.T) {
	s := newSpeed()
	for range 10 * speedWindow {
		if s.observe(time.Second, 0) {
			t.Fatal("the level changed")
		}
	}
}
