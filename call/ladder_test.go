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
		m := l.choose(1280, 720, s.rate, 0, now)
		if w, h := m.width, m.height; w != s.w || h != s.h {
			t.Fatalf("step %d at %d bit/s: %dx%d, want %dx%d", i, s.rate, w, h, s.w, s.h)
		}
	}
}

func TestLadderDoesNotWaver(t *testing.T) {
	now := time.Unix(1, 0)
	var l ladder
	first := l.choose(1280, 720, 1_150_000, 0, now).width
	for i := range 300 { // a rate that swings by a tenth around the edge of a rung
		now = now.Add(33 * time.Millisecond)
		rate := 1_100_000 + i%7*20_000
		if w := l.choose(1280, 720, rate, 0, now).width; w != first {
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

func TestLadderSaysWhatLimits(t *testing.T) {
	for _, c := range []struct {
		name         string
		rate, effort int
		w            int
		fps          float64
		limit        Limit
	}{
		{"all there is", 2_000_000, 0, 1280, 0, NoLimit},
		{"a thin link", 700_000, 0, 640, 0, ByNetwork},
		{"a slow machine", 2_000_000, 2, 480, 0, ByCPU},
		{"a thin link before a slow machine", 200_000, 1, 480, 0, ByNetwork},
		{"next to nothing", 65_000, 0, 320, 15, ByNetwork},
		{"the slowest machine", 2_000_000, 99, 320, 0, ByCPU},
	} {
		var l ladder
		m := l.choose(1280, 720, c.rate, c.effort, time.Unix(1, 0))
		if m.width != c.w || m.fps != c.fps || m.limit != c.limit {
			t.Errorf("%s: %+v", c.name, m)
		}
	}
	var l ladder
	if m := l.choose(640, 480, 5_000_000, 0, time.Unix(1, 0)); m.limit != NoLimit {
		t.Errorf("a small camera is limited by %s", m.limit)
	}
}

func TestThinningDoesNotWaver(t *testing.T) {
	var thin thinning
	changes, last := 0, thin.choose(69_000, 0)
	for i := range 100 {
		if fps := thin.choose(67_000+i%7*1_000, 0); fps != last {
			changes, last = changes+1, fps
		}
	}
	if last != 15 || changes != 0 {
		t.Errorf("%d changes, %v pictures a second", changes, last)
	}
	if fps := thin.choose(300_000, 0); fps != 0 {
		t.Errorf("still %v pictures a second with enough", fps)
	}
	if fps := thin.choose(10_000, 1); fps != 0 {
		t.Errorf("%v pictures a second above the smallest size", fps)
	}
}

func TestScreenKeepsItsSize(t *testing.T) {
	for _, c := range []struct {
		rate, effort int
		fps          float64
		limit        Limit
	}{
		{2_000_000, 0, 15, NoLimit}, {800_000, 0, 10, ByNetwork}, {100_000, 0, 2, ByNetwork},
		{2_000_000, 1, 7.5, ByCPU}, {2_000_000, 8, 3.75, ByCPU},
	} {
		m := screenManner(1920, 1080, c.rate, c.effort)
		if m.width != 1920 || m.height != 1080 || m.fps != c.fps || m.limit != c.limit {
			t.Errorf("%d bit/s, effort %d: %+v", c.rate, c.effort, m)
		}
	}
	if m := screenManner(3840, 2160, 5_000_000, 0); m.width != 2560 || m.height != 1440 {
		t.Errorf("a huge screen is sent at %dx%d", m.width, m.height)
	}
}

func TestTheScreenComesFirst(t *testing.T) {
	for _, c := range []struct {
		total          int
		sharing        bool
		camera, screen int
	}{
		{1_000_000, false, 1_000_000, 0},
		{1_000_000, true, 300_000, 700_000},
		{5_000_000, true, 450_000, 4_550_000},
	} {
		if camera, screen := shareRate(c.total, c.sharing); camera != c.camera || screen != c.screen {
			t.Errorf("%+v: camera %d, screen %d", c, camera, screen)
		}
	}
}
