package congestion_test

import (
	"testing"
	"time"
)

// A path that collapses both ways holds feedback up as well: whoever waits for
// it has filled any queue by then (seen: 2.4 Mbit/s into 500 kbit/s for 0.9 s,
// half of it lost, and no picture for 6 s).
func TestFallBothWays(t *testing.T) {
	for _, queue := range []time.Duration{300 * ms, time.Second, 2 * time.Second} {
		for seed := range uint64(4) {
			there, back := newCall(path{queue: queue, delay: 25 * ms, rate: func(at time.Duration) float64 {
				if at > 15*time.Second && at <= 25*time.Second {
					return 500e3
				}
				return 5e6
			}}, limits(5_000_000), seed)
			for _, f := range []*flow{there, back} {
				f.most = func(time.Duration) int { return 2_600_000 } // as much as a picture of 720p takes
			}
			there.w.run(35*time.Second, nil)
			for _, f := range []*flow{there, back} {
				f.judgeFall(t, queue)
			}
		}
	}
}

func (f *flow) judgeFall(t *testing.T, queue time.Duration) {
	t.Helper()
	most, after := f.w.quantile(15*time.Second, 17*time.Second, 1), f.w.quantile(17*time.Second, 25*time.Second, 1)
	low, again := f.mean(17*time.Second, 25*time.Second), f.reached(1_600_000, 25*time.Second)
	t.Logf("queue of %v: %v at most, %v after 2 s; then %.0f k; 1.6 Mbit/s again after %v; %.1f %% lost", queue, most, after, low/1000, again, 100*f.w.dropShare())
	if most > 1200*ms || after > 250*ms || low < 400e3 || low > 500e3 || again > 2500*ms || f.w.dropShare() > 0.01 {
		t.Error("out of bounds")
	}
}

// Others may fill the way back for good. That feedback comes late is then no
// reason to hold pictures back.
func TestLateFeedback(t *testing.T) {
	there, back := newCall(path{rate: steady(3e6), queue: 500 * ms, delay: 25 * ms}, limits(2_000_000), 1)
	back.most = func(time.Duration) int { return 100_000 }
	back.w.cross = func(at time.Duration) float64 {
		if at > 10*time.Second && at < 20*time.Second {
			return 3.2e6
		}
		return 0
	}
	held := 0
	there.w.run(20*time.Second, func(at time.Duration) {
		if at > 10*time.Second && there.c.Target().Hold {
			held++
		}
	})
	t.Logf("held for %d of 1000 moments", held)
	if held > 150 {
		t.Error("held although nothing waits on the way there")
	}
}

// Where packets come at random times but in order, what looks like a queue is
// none: whoever believes it ends at the least of sounds (seen: 30 kbit/s of 300,
// and no picture).
func TestWildJitterIsNoQueue(t *testing.T) {
	for seed := range uint64(4) {
		there, back := newCall(path{rate: steady(300e3), queue: 300 * ms, delay: 150 * ms, wander: 100 * ms, loss: 0.25, burst: 3}, limits(5_000_000), seed)
		pictures, held := 0, 0
		there.w.run(40*time.Second, func(at time.Duration) {
			if at > 10*time.Second && there.c.Target().Video > 0 && back.c.Target().Video > 0 {
				pictures++
			}
			if at > 10*time.Second && (there.c.Target().Hold || back.c.Target().Hold) {
				held++
			}
		})
		for _, f := range []*flow{there, back} {
			mean, p95 := f.mean(10*time.Second, 40*time.Second), f.w.quantile(10*time.Second, 40*time.Second, 0.95)
			t.Logf("mean %.0f k, pictures in %d of 3000 moments, held in %d, queue p95 %v", mean/1000, pictures, held, p95)
			if mean < 180e3 || mean > 300e3 || pictures < 2700 || held > 300 || p95 > 100*ms {
				t.Error("jitter is taken for a queue, or a queue for jitter")
			}
		}
	}
}
