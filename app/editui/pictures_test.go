package editui

import (
	"context"
	"errors"
	"image"
	"image/color"
	"image/draw"
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
		}), editor.Effects{}, pool, func() {})
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
		}), editor.Effects{}, pool, func() { t.Error("a cancelled picture is ready") })
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
		}), editor.Effects{}, pool, func() {})
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
	p := newPictures(fakeThumbnailer(nil), editor.Effects{}, pool, func() {})
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
	mine, theirs := still{"/call/mine.mkv", at}, still{"/call/theirs.mkv", editor.Rational(3, 2)}
	corner := editor.Effects{Layouts: []editor.Layout{{Name: "corner", Ground: "#102030", Boxes: []editor.LayoutBox{
		{Feed: editor.TheirCamera, Rect: editor.Rect{X: 0.25, W: 0.75, H: 1}},
		{Feed: editor.MyCamera, Rect: editor.Rect{W: 0.25, H: 0.25}, Fit: editor.FitInside},
	}}}}
	tests := []struct {
		arrangement editor.Arrangement
		want        []collagePart
	}{
		{"", []collagePart{{mine, image.Rect(0, 0, 80, 90), false}, {theirs, image.Rect(80, 0, 160, 90), false}}},
		{editor.OnlyMe, []collagePart{{mine, image.Rect(0, 0, 160, 90), false}}},
		{"corner", []collagePart{{theirs, image.Rect(40, 0, 160, 90), true}, {mine, image.Rect(0, 0, 40, 22), false}}},
		{"gone", []collagePart{{mine, image.Rect(0, 0, 80, 90), false}, {theirs, image.Rect(80, 0, 160, 90), false}}},
	}
	for _, tt := range tests {
		q := shot{path: "/call", arrangement: tt.arrangement, at: at, frame: image.Pt(160, 90)}
		if got := collageOf(callSource("/call"), q, corner); !slices.Equal(got.parts, tt.want) {
			t.Errorf("%q: %v, want %v", tt.arrangement, got.parts, tt.want)
		}
	}
	early := collageOf(callSource("/call"), shot{path: "/call", arrangement: editor.OnlyThem, frame: image.Pt(160, 90)}, corner)
	if early.parts[0].at != (editor.Time{}) {
		t.Errorf("before their picture began: %s", early.parts[0].at)
	}
}

func TestACollageIsLaid(t *testing.T) {
	red, blue := color.RGBA{R: 255, A: 255}, color.RGBA{B: 255, A: 255}
	flat := func(w, h int, c color.RGBA) *image.RGBA {
		i := image.NewRGBA(image.Rect(0, 0, w, h))
		draw.Draw(i, i.Rect, image.NewUniform(c), image.Point{}, draw.Src)
		return i
	}
	c := collage{frame: image.Pt(160, 90), ground: groundOf("#102030")}
	all := c.begin()
	collagePart{box: image.Rect(40, 0, 160, 90), fill: true}.lay(all, flat(60, 300, red))
	collagePart{box: image.Rect(0, 0, 40, 40)}.lay(all, flat(80, 40, blue))
	for at, want := range map[image.Point]color.RGBA{
		{41, 1}: red, {159, 89}: red, {20, 20}: blue, {20, 5}: {16, 32, 48, 255}, {5, 80}: {16, 32, 48, 255},
	} {
		if got := all.RGBAAt(at.X, at.Y); got != want {
			t.Errorf("at %v: %v, want %v", at, got, want)
		}
	}
	if groundOf("") != (color.RGBA{A: 255}) || groundOf("red") != (color.RGBA{A: 255}) {
		t.Error("a ground of no colour is not black")
	}
}
