package editui

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"parley/editor"
)

// fakePeaks tells of sounds.
type fakePeaks func(ctx context.Context, path string, grew func(*editor.Waveform)) (*editor.Waveform, error)

func (f fakePeaks) Waveform(ctx context.Context, s editor.Source, _ []int, grew func(*editor.Waveform)) (*editor.Waveform, error) {
	return f(ctx, s.Path, grew)
}

func waveOf(high int8) *editor.Waveform {
	return editor.NewWaveform([]editor.Peak{{High: high}})
}

func TestSoundsAreListenedToOneAtATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pool := newPool()
		defer pool.close()
		running, ready := 0, 0
		gate := make(chan struct{})
		s := newSounds(fakePeaks(func(_ context.Context, path string, grew func(*editor.Waveform)) (*editor.Waveform, error) {
			if running++; running > 1 {
				t.Error("two sounds at a time")
			}
			defer func() { running-- }()
			grew(waveOf(1))
			<-gate
			if path == "/bad" {
				return nil, errors.New("broken")
			}
			return waveOf(2), nil
		}), pool, func() { ready++ })
		for _, path := range []string{"/a", "/bad"} {
			if s.get(editor.Source{Path: path}, nil) != nil {
				t.Error("a sound is known at once")
			}
		}
		synctest.Wait()
		if s.get(editor.Source{Path: "/a"}, nil) == nil && s.get(editor.Source{Path: "/bad"}, nil) == nil {
			t.Error("a sound does not grow")
		}
		if pool.left() != 2 {
			t.Errorf("%d are left", pool.left())
		}
		gate <- struct{}{}
		gate <- struct{}{}
		synctest.Wait()
		if got := s.get(editor.Source{Path: "/a"}, nil); got == nil || got.Between(0, 0.01).High != 2 {
			t.Error("the sound is not known")
		}
		if got := s.get(editor.Source{Path: "/bad"}, nil); got == nil || len(got.Peaks()) > 0 {
			t.Error("a sound that cannot be read is tried for ever")
		}
		if ready != 4 || pool.left() != 0 {
			t.Errorf("told %d times, %d left", ready, pool.left())
		}
		s.get(editor.Source{Path: "/a"}, []int{1})
		s.forgetSource("/a")
		gate <- struct{}{}
		synctest.Wait()
	})
}

// Pictures are made while a long sound is listened to.
func TestPicturesDoNotWaitForSounds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pool := newPool()
		defer pool.close()
		done := 0
		for range 3 {
			pool.sound(job{run: func(ctx context.Context) { <-ctx.Done() }, drop: func() {}})
		}
		for range 3 {
			pool.picture(job{run: func(context.Context) { done++ }, drop: func() {}})
		}
		synctest.Wait()
		if done != 3 {
			t.Errorf("%d pictures were made", done)
		}
	})
}
