package call

import (
	"testing"
	"time"
)

func TestCadence(t *testing.T) {
	for _, c := range []struct {
		comes, fps float64
		want       int // of 10 s
	}{{30, 0, 300}, {30, 30, 300}, {30, 20, 200}, {30, 15, 150}, {30, 10, 100}, {25, 20, 200}, {15, 20, 150}, {30, 2, 20}} {
		var pace cadence
		passed, longest, last := 0, time.Duration(0), time.Unix(1, 0)
		for i := range int(10 * c.comes) {
			jitter := time.Duration(i%3) * 2 * time.Millisecond
			at := time.Unix(1, 0).Add(time.Duration(float64(i)/c.comes*float64(time.Second)) + jitter)
			if pace.passes(at, c.fps) {
				passed++
				longest = max(longest, at.Sub(last))
				last = at
			}
		}
		if passed < c.want-1 || passed > c.want+1 {
			t.Errorf("%v of %v a second: %d in 10 s, want %d", c.fps, c.comes, passed, c.want)
		}
		if most := 2*time.Duration(float64(time.Second)/max(c.fps, 1)) + 50*time.Millisecond; c.fps > 0 && longest > most {
			t.Errorf("%v of %v a second: a gap of %v", c.fps, c.comes, longest)
		}
	}
}

func TestCadenceAfterAPauseAndAChange(t *testing.T) {
	var pace cadence
	at := time.Unix(1, 0)
	pace.passes(at, 2)
	if at = at.Add(time.Hour); !pace.passes(at, 2) {
		t.Error("after an hour's pause the first picture is left out")
	}
	if at = at.Add(time.Millisecond); !pace.passes(at, 10) {
		t.Error("another rate waits for the time of the one before")
	}
	if at = at.Add(-time.Hour); !pace.passes(at, 10) {
		t.Error("a clock that was set back stops the pictures")
	}
}
