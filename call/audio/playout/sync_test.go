package playout

import (
	"testing"
	"time"
)

// What it says is being played is what is being played.
func TestPlayingIsToldByRTPTime(t *testing.T) {
	n := newNetwork(t)
	n.delay = jitter(30 * time.Millisecond)
	if _, ok := n.playout.Playing(); ok {
		t.Error("playing before there was anything")
	}
	n.run(10 * time.Second)
	off := 0
	n.heard = func(block []int16) {
		at, ok := n.playout.Playing()
		if !ok || block[0] != wave(at) {
			off++
		}
	}
	n.run(10 * time.Second)
	if off > 100 { // while the speed is being changed, a sample lies between two
		t.Errorf("%d of 1000 blocks are not what was told", off)
	}
}

// Sound that is asked to wait longer does, without a gap, and no longer after.
func TestExtraDelay(t *testing.T) {
	n := newNetwork(t)
	n.noClicks()
	n.run(10 * time.Second)
	before := n.playout.Stats()
	for _, extra := range []time.Duration{100 * time.Millisecond, 0} {
		n.playout.SetExtra(extra)
		n.run(30 * time.Second)
		after := n.playout.Stats()
		if wait := after.Delay - before.Delay; wait < extra-10*time.Millisecond || wait > extra+10*time.Millisecond {
			t.Errorf("waits %v longer, want %v", wait, extra)
		}
		if after.Concealed != before.Concealed {
			t.Errorf("%d samples made up", after.Concealed-before.Concealed)
		}
	}
}
