package playout

import (
	"errors"
	"math/rand/v2"
	"testing"
	"time"
)

// bursts loses a share of packets, so many in a row on average (Gilbert's
// model), and holds the others back by exponential jitter.
func bursts(share, length float64, jitter time.Duration) func(int) time.Duration {
	random := rand.New(rand.NewPCG(5, 6))
	begins, ends := share/(1-share)/length, 1/length
	lost := false
	return func(int) time.Duration {
		if lost {
			lost = random.Float64() >= ends
		} else {
			lost = random.Float64() < begins
		}
		if lost {
			return -1
		}
		return time.Duration(random.ExpFloat64() * float64(jitter))
	}
}

// What is made up on a lossy path where each packet goes along with later ones,
// with and without a decoder that gets the one before out of a packet. Where
// none goes along, at least twice as much is.
func TestRedundantSound(t *testing.T) {
	for name, test := range map[string]struct {
		share, length float64 // of loss
		jitter        time.Duration
		before        []int
		most, plain   float64       // share that may be made up, with in-band redundancy and without
		wait          time.Duration // and the buffer's delay
	}{
		"25 % in bursts of 3, jitter of 100 ms": {0.25, 3, 100, []int{6, 3}, 0.04, 0.08, 300},
		"5 % in bursts of 3":                    {0.05, 3, 5, []int{4, 2}, 0.02, 0.025, 80},
		"random 1 %":                            {0.01, 1, 5, []int{1}, 0.002, 0.003, 40},
		"random 5 %":                            {0.05, 1, 5, []int{1}, 0.003, 0.01, 45},
		"random 10 %":                           {0.10, 1.1, 5, []int{1}, 0.01, 0.02, 60},
		"random 20 %":                           {0.20, 1.25, 5, []int{4, 2}, 0.005, 0.03, 100},
	} {
		t.Run(name, func(t *testing.T) {
			lossy := func(before []int, noFEC error) (share float64, wait time.Duration) {
				n := newNetwork(t)
				n.decoder.noFEC = noFEC
				n.delay, n.before = bursts(test.share, test.length, test.jitter*time.Millisecond), before
				return n.madeUp(20*time.Second, 3*time.Minute)
			}
			share, wait := lossy(test.before, nil)
			plain, _ := lossy(test.before, errors.New("no redundancy in band"))
			none, without := lossy(nil, nil)
			t.Logf("made up %.2f %%, without in-band redundancy %.2f %%, without RED %.2f %%; delay %v, without RED %v",
				100*share, 100*plain, 100*none, wait, without)
			if share > test.most || plain > test.plain || wait > test.wait*time.Millisecond {
				t.Errorf("want up to %.1f %%, %.1f %% and a delay of %d ms", 100*test.most, 100*test.plain, test.wait)
			}
			if test.share > 0.01 && none < 2*share {
				t.Errorf("RED gains little: %.2f %% made up without it", 100*none)
			}
		})
	}
}

// madeUp is the share of sound made up in a time after a first one, and the
// buffer's delay at the end.
func (n *network) madeUp(first, length time.Duration) (float64, time.Duration) {
	n.run(first)
	before := n.playout.Stats()
	n.run(length)
	after := n.playout.Stats()
	return float64(after.Concealed-before.Concealed) / float64(after.Played-before.Played), after.Delay
}

// Packets that all come are played at once, whatever goes along with them.
func TestRedundancyCostsNoDelayWithoutLoss(t *testing.T) {
	n := newNetwork(t)
	n.before = []int{6, 3}
	n.delay = jitter(10 * time.Millisecond)
	share, wait := n.madeUp(10*time.Second, time.Minute)
	if share != 0 || wait > 35*time.Millisecond {
		t.Errorf("%.2f %% made up, delay %v", 100*share, wait)
	}
	if n.decoder.decodes > n.sent {
		t.Errorf("%d packets decoded of %d", n.decoder.decodes, n.sent)
	}
}
