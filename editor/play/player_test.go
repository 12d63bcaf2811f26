package play

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
	"time"
)

func near(a, b, within float64) bool { return math.Abs(a-b) <= within }

// mustGo checks that no picture was shown twice or out of order, forwards (1)
// or backwards (-1).
func mustGo(t *testing.T, shown []shot, direction int64) {
	t.Helper()
	for i := 1; i < len(shown); i++ {
		if direction*(shown[i].frame-shown[i-1].frame) <= 0 {
			t.Fatalf("frame %d after frame %d", shown[i].frame, shown[i-1].frame)
		}
	}
}

func TestAClickShowsTheExactFrame(t *testing.T) {
	s := &studio{}
	bubble(t, s, func(t *testing.T, p *Player) {
		p.Load(film(t, part{1, 10, 7000}))
		pass(time.Second)
		for _, frame := range []int64{54321, 17, 100000, 0} {
			s.clear()
			begin := time.Now()
			p.MoveTo(frame)
			pass(time.Second)
			got := s.last(t)
			if got.frame != frame || !near(got.at, 10+float64(frame)/fps, 1e-4) {
				t.Errorf("frame %d of moment %.3f came first, want frame %d of %.3f", got.frame, got.at, frame, 10+float64(frame)/fps)
			}
			if took := got.when.Sub(begin); took > s.opening+time.Millisecond {
				t.Errorf("frame %d took %v, longer than its run", frame, took)
			}
			if len(s.pictures()) > 1 {
				t.Errorf("%d pictures were shown for one click", len(s.pictures()))
			}
			if !s.state().Exact || s.state().Frame != frame {
				t.Errorf("told %+v", s.state())
			}
		}
	})
}

func TestPlayingIsInSyncAcrossJoins(t *testing.T) {
	s := &studio{}
	bubble(t, s, func(t *testing.T, p *Player) {
		p.Load(film(t, part{1, 0, 2}, part{2, 7, 8}, part{3, 3, 3.2}, part{4, 9, 12}))
		pass(time.Second)
		s.clear()
		p.Play(1)
		pass(7 * time.Second)
		mustRun(t, s.pictures(), 0, 186)
		mustBeInSync(t, s)
		for _, want := range []struct {
			frame int64
			file  int
			at    float64
		}{{59, 1, 59.0 / 30}, {60, 2, 7}, {90, 3, 3}, {96, 4, 9}, {185, 4, 9 + 89.0/30}} {
			i := slices.IndexFunc(s.pictures(), func(x shot) bool { return x.frame == want.frame })
			if got := s.pictures()[i]; got.file != want.file || !near(got.at, want.at, 1e-4) {
				t.Errorf("frame %d is file %d at %.3f, want file %d at %.3f", want.frame, got.file, got.at, want.file, want.at)
			}
		}
		if st := s.state(); st.Speed != 0 || st.Frame != 185 {
			t.Errorf("at the end: %+v, want it to stand at the last frame", st)
		}
	})
}

// A slow screen is given each picture as much earlier as it is slow.
func TestASlowScreen(t *testing.T) {
	const slow = 120 * time.Millisecond
	s := &studio{opening: 100 * time.Millisecond, each: time.Millisecond}
	c := Config{Decoder: s, Speaker: s.speaker, Screen: s.screen, Report: s.report, Delay: func() time.Duration { return slow }}
	synctestPlayer(t, c, func(p *Player) {
		p.Load(film(t, part{1, 0, 20}))
		pass(time.Second)
		p.Play(1)
		pass(time.Second)
		s.clear()
		pass(3 * time.Second)
		s.mu.Lock()
		for i := range s.shown {
			s.shown[i].when = s.shown[i].when.Add(slow)
		}
		s.mu.Unlock()
		mustBeInSync(t, s)
		mustGo(t, s.pictures(), 1)
	})
}

// mustRun checks that frames were shown one after the other, none left out.
// The first may be the one that was there before.
func mustRun(t *testing.T, shown []shot, first, last int64) {
	t.Helper()
	if len(shown) == 0 {
		t.Fatal("nothing was shown")
	}
	if f := shown[0].frame; f != first && f != first+1 {
		t.Errorf("the first picture is frame %d, want %d", f, first)
	}
	for i := 1; i < len(shown); i++ {
		if shown[i].frame != shown[i-1].frame+1 {
			t.Fatalf("frame %d after frame %d", shown[i].frame, shown[i-1].frame)
		}
		if gap := shown[i].when.Sub(shown[i-1].when); gap > 60*time.Millisecond {
			t.Errorf("frame %d comes %v after the one before", shown[i].frame, gap)
		}
	}
	if f := shown[len(shown)-1].frame; f != last-1 {
		t.Errorf("the last picture is frame %d, want %d", f, last-1)
	}
}

// mustBeInSync compares each picture with the sound that is heard when it
// comes. It is right for a film of which each moment is there once.
func mustBeInSync(t *testing.T, s *studio) {
	t.Helper()
	compared, shown := 0, s.pictures()
	for _, h := range s.blocks() {
		if h.at < 0 {
			continue
		}
		i, _ := slices.BinarySearchFunc(shown, h.when, func(x shot, when time.Time) int { return x.when.Compare(when) })
		if i == 0 {
			continue
		}
		// A block may lie across a join.
		if seen := shown[i-1]; !near(seen.at, h.at, 0.05) && (i == len(shown) || !near(shown[i].at, h.at, 0.05)) {
			t.Fatalf("%.3f is heard while %.3f is seen", h.at, seen.at)
		}
		compared++
	}
	if compared < 100 {
		t.Errorf("only %d blocks could be compared", compared)
	}
}

func TestPauseAndGoOn(t *testing.T) {
	s := &studio{}
	bubble(t, s, func(t *testing.T, p *Player) {
		p.Load(film(t, part{1, 0, 60}))
		pass(time.Second)
		p.Play(1)
		pass(2 * time.Second)
		p.Play(0)
		pass(time.Second)
		stood := s.state()
		if stood.Speed != 0 || stood.Frame < 50 || !stood.Exact {
			t.Fatalf("paused: %+v", stood)
		}
		s.runs()
		s.clear()
		begin := time.Now()
		p.Play(1)
		pass(time.Second)
		if runs := s.runs(); len(runs) > 0 {
			t.Errorf("going on ran %v", runs)
		}
		if first := s.pictures()[0]; first.frame != stood.Frame+1 || first.when.Sub(begin) > 150*time.Millisecond {
			t.Errorf("frame %d after %v, want frame %d within 150 ms", first.frame, first.when.Sub(begin), stood.Frame+1)
		}
		mustHear(t, s, 50)
	})
}

// mustHear checks that so many blocks of 10 ms at least had sound.
func mustHear(t *testing.T, s *studio, least int) {
	t.Helper()
	n := 0
	for _, h := range s.blocks() {
		if h.at >= 0 {
			n++
		}
	}
	if n < least {
		t.Errorf("%d blocks were heard, want %d", n, least)
	}
}

func TestStepsAreExactAndNeedNoRun(t *testing.T) {
	s := &studio{}
	bubble(t, s, func(t *testing.T, p *Player) {
		p.Load(film(t, part{1, 0, 600}))
		p.MoveTo(6000)
		pass(2 * time.Second)
		s.runs()
		at := int64(6000)
		for _, by := range []int64{1, 1, -1, -1, -1, -1, 1, -1, -1} {
			s.clear()
			at += by
			p.MoveTo(at)
			pass(time.Millisecond)
			if got := s.last(t); got.frame != at || !near(got.at, float64(at)/fps, 1e-4) {
				t.Fatalf("a step by %d shows frame %d (%.3f), want %d at once", by, got.frame, got.at, at)
			}
		}
		if runs := s.runs(); len(runs) > 0 {
			t.Errorf("steps near the playhead ran %v", runs)
		}
	})
}

// Somebody holds the key that goes back by a frame.
func TestStepsBackForLong(t *testing.T) {
	s := &studio{}
	bubble(t, s, func(t *testing.T, p *Player) {
		p.Load(film(t, part{1, 0, 600}))
		p.MoveTo(6000)
		pass(time.Second)
		s.clear()
		s.runs()
		for i := range int64(300) {
			p.MoveTo(5999 - i)
			pass(33 * time.Millisecond)
		}
		pass(time.Second)
		if got := s.last(t); got.frame != 5700 {
			t.Errorf("300 steps back show frame %d, want 5700", got.frame)
		}
		if n := len(s.pictures()); n < 290 {
			t.Errorf("%d of 300 pictures were seen on the way", n)
		}
		if n := len(s.runs()); n > 30 {
			t.Errorf("%d runs for 300 steps", n)
		}
	})
}

func TestBackwards(t *testing.T) {
	s := &studio{}
	bubble(t, s, func(t *testing.T, p *Player) {
		p.Load(film(t, part{1, 0, 5}, part{2, 0, 10}))
		p.MoveTo(300)
		pass(time.Second)
		s.clear()
		p.Play(-1)
		pass(7 * time.Second)
		mustGo(t, s.pictures(), -1)
		if n := len(s.pictures()); n < 180 {
			t.Errorf("%d pictures in 7 s", n)
		}
		if got := s.last(t).frame; got > 95 || got < 80 {
			t.Errorf("after 7 s at frame %d, want about 90", got)
		}
		pass(5 * time.Second)
		if st := s.state(); st.Frame != 0 || st.Speed != 0 || !st.Exact {
			t.Errorf("at the beginning: %+v", st)
		}
	})
}

func TestFast(t *testing.T) {
	for _, speed := range []float64{2, 4, 8} {
		s := &studio{}
		bubble(t, s, func(t *testing.T, p *Player) {
			p.Load(film(t, part{1, 0, 600}))
			pass(time.Second)
			s.clear()
			p.Play(speed)
			pass(5 * time.Second)
			frame := float64(s.state().Frame)
			if want := 5 * fps * speed; frame < want*0.85 || frame > want*1.05 {
				t.Errorf("at %g times the speed 5 s come to frame %g, want %g", speed, frame, want)
			}
			if n := len(s.pictures()); n < 50 {
				t.Errorf("%d pictures in 5 s at %g times the speed", n, speed)
			}
		})
	}
}

// A machine that cannot decode as fast as the film plays still plays its sound
// in time, and shows what it can.
func TestASlowDecoder(t *testing.T) {
	s := &studio{opening: 300 * time.Millisecond, each: 50 * time.Millisecond}
	bubble(t, s, func(t *testing.T, p *Player) {
		p.Load(film(t, part{1, 0, 25}))
		pass(2 * time.Second)
		s.clear()
		p.Play(1)
		pass(10 * time.Second)
		if frame := s.state().Frame; frame < 285 || frame > 300 {
			t.Errorf("10 s come to frame %d", frame)
		}
		if n := len(s.pictures()); n < 100 {
			t.Errorf("%d pictures in 10 s", n)
		}
		mustGo(t, s.pictures(), 1)
		silent := 0
		for _, h := range s.blocks()[5:] {
			if h.at < 0 {
				silent++
			}
		}
		if silent > 5 {
			t.Errorf("%d blocks were silent: sound waits for pictures", silent)
		}
	})
}

func TestAnEditElsewhereChangesNothing(t *testing.T) {
	s := &studio{}
	bubble(t, s, func(t *testing.T, p *Player) {
		p.Load(film(t, part{1, 0, 20}, part{2, 0, 20}))
		pass(time.Second)
		p.Play(1)
		pass(3 * time.Second)
		s.runs()
		s.clear()
		p.Load(film(t, part{1, 0, 20}, part{2, 5, 20}, part{3, 0, 5}))
		pass(2 * time.Second)
		if runs := s.runs(); len(runs) > 0 {
			t.Errorf("ran %v", runs)
		}
		mustRun(t, s.pictures(), s.pictures()[0].frame, s.pictures()[len(s.pictures())-1].frame+1)
	})
}

func TestAnEditUnderThePlayhead(t *testing.T) {
	for _, playing := range []bool{false, true} {
		s := &studio{}
		bubble(t, s, func(t *testing.T, p *Player) {
			p.Load(film(t, part{1, 0, 20}))
			p.MoveTo(90)
			pass(time.Second)
			if playing {
				p.Play(1)
				pass(time.Second)
			}
			s.clear()
			p.Load(film(t, part{1, 100, 120}))
			pass(2 * time.Second)
			got := s.last(t)
			if want := 100 + float64(got.frame)/fps; !near(got.at, want, 1e-4) {
				t.Errorf("playing %v: frame %d shows %.3f, want %.3f", playing, got.frame, got.at, want)
			}
			if playing != (s.state().Speed == 1) || playing != (got.frame > 150) {
				t.Errorf("playing %v: %+v at frame %d", playing, s.state(), got.frame)
			}
		})
	}
}

func TestAShorterFilm(t *testing.T) {
	s := &studio{}
	bubble(t, s, func(t *testing.T, p *Player) {
		p.Load(film(t, part{1, 0, 20}))
		p.MoveTo(590)
		pass(time.Second)
		p.Load(film(t, part{1, 0, 10}))
		pass(time.Second)
		if st := s.state(); st.Frame != 299 || !st.Exact {
			t.Errorf("%+v, want the new last frame", st)
		}
		p.Load(nil)
		p.Play(1)
		pass(time.Second)
		if st := s.state(); st.Speed != 0 || st.Exact {
			t.Errorf("no film: %+v", st)
		}
	})
}

// While the playhead is dragged pictures come on the way, and the last one is
// exact.
func TestDragging(t *testing.T) {
	s := &studio{}
	bubble(t, s, func(t *testing.T, p *Player) {
		p.Load(film(t, part{1, 0, 600}))
		pass(time.Second)
		s.clear()
		s.runs()
		for i := range int64(120) { // 2 s at 60 a second
			p.Scrub(1000 + 100*i)
			pass(16 * time.Millisecond)
		}
		if n := len(s.pictures()); n < 10 {
			t.Errorf("%d pictures on the way", n)
		}
		pass(time.Second)
		if got := s.last(t); got.frame != 1000+100*119 {
			t.Errorf("ended at frame %d", got.frame)
		}
		if n := len(s.runs()); n > 30 {
			t.Errorf("%d runs for a drag of 2 s", n)
		}
	})
}

func TestWithoutASpeaker(t *testing.T) {
	s := &studio{opening: 100 * time.Millisecond, each: time.Millisecond}
	none := errors.New("no sound device")
	synctestPlayer(t, Config{Decoder: s, Screen: s.screen, Report: s.report,
		Speaker: func(int, func([]int16)) (Speaker, error) { return nil, none }}, func(p *Player) {
		p.Load(film(t, part{1, 0, 20}))
		pass(time.Second)
		p.Play(1)
		pass(3 * time.Second)
		if st := s.state(); st.Frame < 80 || st.Frame > 90 || !errors.Is(st.Silent, none) {
			t.Errorf("after 3 s: %+v", st)
		}
	})
}

// A device that dies takes the sound with it, and nothing else.
func TestASpeakerThatFails(t *testing.T) {
	s := &studio{opening: 100 * time.Millisecond, each: time.Millisecond}
	pulled := errors.New("pulled out")
	var opened []*device
	open := func(rate int, fill func([]int16)) (Speaker, error) {
		d, err := s.speaker(rate, fill)
		opened = append(opened, d.(*device))
		return d, err
	}
	synctestPlayer(t, Config{Decoder: s, Screen: s.screen, Report: s.report, Speaker: open}, func(p *Player) {
		p.Load(film(t, part{1, 0, 20}))
		pass(time.Second)
		p.Play(1)
		pass(time.Second)
		opened[0].failed <- pulled
		pass(2 * time.Second)
		if st := s.state(); st.Frame < 75 || st.Frame > 92 || !errors.Is(st.Silent, pulled) {
			t.Errorf("after 3 s: %+v", st)
		}
		p.Play(0)
		p.Play(1)
		pass(time.Second)
		if st := s.state(); len(opened) != 2 || st.Silent != nil {
			t.Errorf("playing again: %d devices, %+v", len(opened), st)
		}
	})
}

func TestTheSpeakerIsLetGo(t *testing.T) {
	s := &studio{}
	bubble(t, s, func(t *testing.T, p *Player) {
		p.Load(film(t, part{1, 0, 20}))
		p.Play(1)
		pass(2 * time.Second)
		p.Play(0)
		pass(idle + time.Second)
		s.clear()
		pass(time.Second)
		if len(s.blocks()) > 0 {
			t.Error("the device is still open")
		}
	})
}

func TestWhatCannotBeDecoded(t *testing.T) {
	s := &studio{broken: "/2.mp4"}
	bubble(t, s, func(t *testing.T, p *Player) {
		p.Load(film(t, part{1, 0, 2}, part{2, 0, 2}, part{3, 0, 2}))
		p.MoveTo(70)
		pass(5 * time.Second)
		if st := s.state(); st.Trouble == nil || st.Exact {
			t.Errorf("%+v, want why there is no picture", st)
		}
		if n := len(s.runs()); n > 6 {
			t.Errorf("%d runs of what cannot be decoded", n)
		}
		p.MoveTo(0)
		pass(time.Second)
		if st := s.state(); st.Trouble != nil || !st.Exact {
			t.Errorf("elsewhere: %+v", st)
		}
		s.clear()
		p.Play(1)
		pass(7 * time.Second)
		if got := s.last(t); got.file != 3 || s.state().Frame != 179 {
			t.Errorf("played to file %d, %+v; want it to go on behind what is broken", got.file, s.state())
		}
		s.mend()
		p.MoveTo(70)
		pass(time.Second)
		if st := s.state(); st.Trouble != nil || !st.Exact {
			t.Errorf("mended: %+v", st)
		}
	})
}

// A person is told which clip it is, and what to do.
func TestAFileThatEndsTooSoon(t *testing.T) {
	s := &studio{short: "/2.mp4"}
	bubble(t, s, func(t *testing.T, p *Player) {
		p.Load(film(t, part{1, 0, 2}, part{2, 0, 2}))
		p.MoveTo(70)
		pass(5 * time.Second)
		if st := s.state(); !errors.Is(st.Trouble, ErrShort) || !strings.HasPrefix(st.Trouble.Error(), "2.mp4: ") {
			t.Errorf("%+v, want that 2.mp4 is too short", st)
		}
	})
}

func TestSoundIsTakenFromTheSameMoment(t *testing.T) {
	s := &studio{}
	bubble(t, s, func(t *testing.T, p *Player) {
		p.Load(film(t, part{1, 0, 30}))
		p.MoveTo(301)
		pass(time.Second)
		p.Play(1)
		pass(time.Second)
		for _, run := range s.runs() {
			if strings.HasPrefix(run, "sound") && !strings.HasSuffix(run, "@10.033") {
				t.Errorf("ran %s", run)
			}
		}
		mustHear(t, s, 80)
	})
}
