package editor

import (
	"math/rand/v2"
	"testing"
)

// However long the time is that a peak is asked of, it is never lower than the
// peaks in it, and never higher than those around it.
func TestWaveformAtAnyScale(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	peaks := make([]Peak, 12345)
	for i := range peaks {
		peaks[i] = Peak{-int8(rng.IntN(100)), int8(rng.IntN(100))}
	}
	w := NewWaveform(peaks)
	over := func(from, to float64) (all Peak) {
		for i := max(0, int(from*PeakRate)); i < min(len(peaks), int(to*PeakRate)); i++ {
			all = all.with(peaks[i])
		}
		return all
	}
	for range 2000 {
		from := rng.Float64() * 130
		to := from + rng.Float64()*rng.Float64()*60
		got := w.Between(from, to)
		slack := (to-from)/2 + 0.02
		least, most := over(from+0.01, to), over(from-slack, to+slack)
		if got.with(least) != got || most.with(got) != most {
			t.Fatalf("between %v and %v: %v, want at least %v and at most %v", from, to, got, least, most)
		}
	}
	for _, at := range [][2]float64{{-5, -1}, {200, 500}} {
		if got := w.Between(at[0], at[1]); got != (Peak{}) {
			t.Errorf("there is sound at %v: %v", at, got)
		}
	}
	if (&Waveform{}).Between(0, 1) != (Peak{}) || NewWaveform(nil).Between(0, 1) != (Peak{}) {
		t.Error("no sound is heard")
	}
}

func TestWaveformsTogether(t *testing.T) {
	both := Together(NewWaveform([]Peak{{-1, 5}, {-9, 9}}), NewWaveform([]Peak{{-3, 2}}), &Waveform{})
	if got := both.Peaks(); len(got) != 2 || got[0] != (Peak{-3, 5}) || got[1] != (Peak{-9, 9}) {
		t.Errorf("together %v", got)
	}
}
