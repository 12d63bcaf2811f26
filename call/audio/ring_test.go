package audio

import (
	"math"
	"testing"

	"parley/call"
)

// relay writes and reads sample by sample of a slow ramp-free tone, the
// writer gaining a share of time, and returns the longest the ring got.
func relay(t *testing.T, r *ring, seconds int, gain float64, clicks *int) (longest uint64) {
	t.Helper()
	block, out := make([]int16, call.BlockSamples), make([]int16, call.BlockSamples)
	var phase, credit float64
	var a, b int
	for range seconds * 100 {
		for credit += 1 + gain; credit >= 1; credit-- {
			for i := range block {
				block[i] = int16(8000 * math.Sin(phase))
				phase += 2 * math.Pi * 100 / call.SampleRate
			}
			r.write(block)
		}
		r.pull(out)
		for _, s := range out {
			c := int(s)
			if bend := a - 2*b + c; bend > 1500 || bend < -1500 {
				*clicks++
			}
			a, b = b, c
		}
		longest = max(longest, r.wrote-r.read)
	}
	return longest
}

func TestRingHoldsLittle(t *testing.T) {
	var r ring
	clicks := 0
	relay(t, &r, 60, 0, &clicks)
	if left := r.wrote - r.read; left > call.BlockSamples {
		t.Errorf("%d samples held for nothing", left)
	}
	if clicks != 0 {
		t.Errorf("%d clicks", clicks)
	}
}

// A microphone whose clock is faster than the speaker's: the surplus is cut
// out, blended, before it is a delay.
func TestRingFollowsTheSlowerClock(t *testing.T) {
	var r ring
	clicks := 0
	if longest := relay(t, &r, 600, 300e-6, &clicks); longest > 4*call.BlockSamples {
		t.Errorf("held up to %d samples", longest)
	}
	if clicks != 0 {
		t.Errorf("%d clicks", clicks)
	}
}

// On an overloaded machine a sound server asks for less than the microphone
// gives: the delay stays bounded.
func TestRingIsBoundedWhenTheSpeakerStarves(t *testing.T) {
	var r ring
	clicks := 0
	if longest := relay(t, &r, 60, 0.1, &clicks); longest > 10*call.BlockSamples {
		t.Errorf("held up to %d samples", longest)
	}
}

// What a stall of the speaker left behind is gone some seconds later.
func TestRingCatchesUpAfterAStall(t *testing.T) {
	var r ring
	clicks := 0
	relay(t, &r, 5, 0, &clicks)
	block := make([]int16, call.BlockSamples)
	for range 30 {
		r.write(block)
	}
	relay(t, &r, 5, 0, &clicks)
	if left := r.wrote - r.read; left > call.BlockSamples {
		t.Errorf("%d samples left 5 s after 300 ms of stall", left)
	}
}

// A speaker whose clock is faster finds the ring empty once in a while, and
// not block after block.
func TestRingGivesSilenceRarely(t *testing.T) {
	var r ring
	clicks := 0
	relay(t, &r, 600, -300e-6, &clicks)
	if clicks > 2*20 {
		t.Errorf("%d clicks in 10 minutes, which lack 18 blocks", clicks)
	}
}

func TestRingForgetsWhatWasBeforeTheSpeakerRan(t *testing.T) {
	var r ring
	block := make([]int16, call.BlockSamples)
	for range 200 {
		r.write(block)
	}
	r.pull(block)
	if left := r.wrote - r.read; left > call.BlockSamples {
		t.Errorf("%d samples of the past held", left)
	}
}

func TestRingOverflowKeepsTheNewest(t *testing.T) {
	var r ring
	out := make([]int16, 1)
	r.pull(out)
	block := make([]int16, call.BlockSamples)
	for i := range 100 {
		block[0] = int16(i)
		r.write(block)
	}
	if left := r.wrote - r.read; left != ringSize {
		t.Errorf("%d samples held, want %d", left, ringSize)
	}
}

func TestRingDoesNotAllocate(t *testing.T) {
	var r ring
	block := make([]int16, call.BlockSamples)
	if n := testing.AllocsPerRun(100, func() { r.write(block); r.pull(block) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
