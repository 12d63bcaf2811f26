package editui

import (
	"context"
	"errors"
	"image"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"parley/editor"
)

func shotOf(path string, second int64) shot {
	return shot{path: path, at: editor.Rational(second, 1), size: stripSize}
}

func TestTwoPicturesAtATimeAndTheNewestFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var order []int64
		gate := make(chan struct{})
		var running atomic.Int32
		pool := newPool()
		p := newPictures(fakeThumbnailer(func(ctx context.Context, _ string, at editor.Time) (*image.RGBA, error) {
			if running.Add(1) > workers {
				t.Error("more pictures at a time than workers")
			}
			defer running.Add(-1)
			<-gate
			mu.Lock()
			defer mu.Unlock()
			order = append(order, at.Num())
			return image.NewRGBA(image.Rect(0, 0, 1, 1)), nil
		}), pool, func() {})
		for i := range int64(5) {
			p.get(shotOf("/b.mp4", i), clipSource("/b.mp4", 10))
			p.get(shotOf("/b.mp4", i), clipSource("/b.mp4", 10))
			synctest.Wait()
		}
		for range 5 {
			gate <- struct{}{}
			synctest.Wait()
		}
		if got := order[2:]; len(order) != 5 || !slices.Equal(got, []int64{4, 3, 2}) {
			t.Errorf("made %v; after the first two the newest are wanted", order)
		}
		if p.get(shotOf("/b.mp4", 3), clipSource("/b.mp4", 10)) == nil {
			t.Error("a picture that was made is gone")
		}
		pool.close()
	})
}

func TestPicturesEndWithTheTab(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pool := newPool()
		p := newPictures(fakeThumbnailer(func(ctx context.Context, _ string, _ editor.Time) (*image.RGBA, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		}), pool, func() { t.Error("a cancelled picture is ready") })
		for i := range int64(100) {
			p.get(shotOf("/b.mp4", i), clipSource("/b.mp4", 10))
		}
		synctest.Wait()
		pool.close()
		pool.close()
		p.get(shotOf("/b.mp4", 1000), clipSource("/b.mp4", 10))
		if n := len(p.kept); n != 0 {
			t.Errorf("%d pictures are still waited for", n)
		}
	})
}

func TestAPictureThatFailsIsNotTriedForEver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pool := newPool()
		defer pool.close()
		tries := 0
		p := newPictures(fakeThumbnailer(func(context.Context, string, editor.Time) (*image.RGBA, error) {
			tries++
			return nil, errors.New("no picture")
		}), pool, func() {})
		for range 3 {
			p.get(shotOf("/b.mp4", 0), clipSource("/b.mp4", 10))
			synctest.Wait()
		}
		if tries != 1 {
			t.Errorf("tried %d times", tries)
		}
		p.forgetSource("/b.mp4")
		p.get(shotOf("/b.mp4", 0), clipSource("/b.mp4", 10))
		synctest.Wait()
		if tries != 2 {
			t.Error("a file that came back has no picture")
		}
	})
}

func TestMemoryForPicturesIsBounded(t *testing.T) {
	pool := newPool()
	defer pool.close()
	p := newPictures(fakeThumbnailer(nil), pool, func() {})
	large := image.NewRGBA(image.Rect(0, 0, 1024, 1024)) // 4 MB
	for i := range int64(40) {
		p.keep(shotOf("/b.mp4", i), large)
		p.look(shotOf("/b.mp4", 0)) // is looked at all the time
	}
	if p.bytes > maxPictures || p.bytes < maxPictures/2 {
		t.Errorf("%d bytes are kept", p.bytes)
	}
	if i, _ := p.look(shotOf("/b.mp4", 0)); i == nil {
		t.Error("what is looked at was forgotten")
	}
	if i, _ := p.look(shotOf("/b.mp4", 1)); i != nil {
		t.Error("what nobody looked at was kept")
	}
	p.forgetSource("/b.mp4")
	if p.bytes != 0 {
		t.Errorf("%d bytes are counted of nothing", p.bytes)
	}
}

func TestPicturesOfACall(t *testing.T) {
	at := editor.Rational(5, 2)
	tests := []struct {
		arrangement editor.Arrangement
		want        []still
	}{
		{"", []still{{"/call/mine.mkv", at}, {"/call/theirs.mkv", editor.Rational(3, 2)}}},
		{editor.OnlyMe, []still{{"/call/mine.mkv", at}}},
		{editor.OnlyThem, []still{{"/call/theirs.mkv", editor.Rational(3, 2)}}},
	}
	for _, tt := range tests {
		got := stillsOf(callSource("/call"), shot{path: "/call", arrangement: tt.arrangement, at: at})
		if !slices.Equal(got, tt.want) {
			t.Errorf("%q: %v, want %v", tt.arrangement, got, tt.want)
		}
	}
	early := stillsOf(callSource("/call"), shot{path: "/call", arrangement: editor.OnlyThem})
	if early[0].at != (editor.Time{}) {
		t.Errorf("before their picture began: %s", early[0].at)
	}
	both := beside([]*image.RGBA{image.NewRGBA(image.Rect(0, 0, 4, 2)), image.NewRGBA(image.Rect(0, 0, 2, 6))})
	if both.Rect != image.Rect(0, 0, 6, 6) {
		t.Errorf("beside each other: %v", both.Rect)
	}
}
