package call

import (
	"testing"
	"time"
)

func TestLadderFollowsTheRate(t *testing.T) {
	now := time.Unix(1, 0)
	var l ladder
	steps := []struct {
		rate  int
		after time.Duration
		w, h  int
	}{
		{400_000, 0, 640, 360}, // begins where the rate allows
		{2_500_000, 100 * time.Millisecond, 640, 360},
		{2_500_000, 250 * time.Millisecond, 1280, 720}, // grows soon at the beginning, as far as it can
		{900_000, 33 * time.Millisecond, 640, 360},     // down at once
		{1_200_000, 4 * time.Second, 640, 360},         // not enough to grow
		{1_400_000, time.Second, 640, 360},             // enough, but not for long
		{1_400_000, time.Second, 1280, 720},            // enough for a second
		{100_000, 33 * time.Millisecond, 320, 180},     // several rungs at once
		{700_000, time.Second, 320, 180},
		{700_000, time.Second, 640, 360},
	}
	for i, s := range steps {
		now = now.Add(s.after)
		if w, h := l.choose(1280, 720, s.rate, now); w != s.w || h != s.h {
			t.Fatalf("step %d at %d bit/s: %dx%d, want %dx%d", i, s.rate, w, h, s.w, s.h)
		}
	}
}

func TestLadderDoesNotWaver(t *testing.T) {
	now := time.Unix(1, 0)
	var l ladder
	first, _ := l.choose(1280, 720, 1_150_000, now)
	for i := range 300 { // a rate that swings by a tenth around the edge of a rung
		now = now.Add(33 * time.Millisecond)
		rate := 1_100_000 + i%7*20_000
		if w, _ := l.choose(1280, 720, rate, now); w != first {
			t.Fatalf("changed to %d after %d pictures", w, i)
		}
	}
}

func TestFitKeepsTheShape(t *testing.T) {
	for _, size := range [][2]int{{1280, 720}, {1920, 1080}, {640, 480}, {720, 1280}, {1001, 563}, {3840, 2160}} {
		for _, r := range rungs {
			w, h := fit(size[0], size[1], r)
			if w%2 != 0 || h%2 != 0 || w > size[0] || h > size[1] {
				t.Errorf("%v to %dp: %dx%d", size, r.height, w, h)
			}
			if area, most := w*h, r.width*r.height; area > most+most/40 && size[0]*size[1] <= 64*most {
				t.Errorf("%v to %dp: %dx%d is larger than the rung", size, r.height, w, h)
			}
			before, after := float64(size[0])/float64(size[1]), float64(w)/float64(h)
			if after/before < 0.98 || after/before > 1.02 {
				t.Errorf("%v to %dp: %dx%d has another shape", size, r.height, w, h)
			}
		}
	}
}
