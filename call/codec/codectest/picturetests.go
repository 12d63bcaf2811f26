package codectest

import (
	"fmt"
	"testing"
	"time"

	"parley/call"
)

func roundTrip(t *testing.T, codec call.VideoCodec) {
	k := newTalk(t, codec, config(640, 360, 30, 1_500_000))
	m := NewMotion(640, 360, 30)
	var sum float64
	n := 0
	for i := range 90 {
		pic := m.Next()
		unit, key, ok := k.encode(pic)
		if !ok {
			continue
		}
		if key != (i == 0) {
			t.Fatalf("picture %d: key %v", i, key)
		}
		sum += PSNR(pic, k.mustShow(unit))
		n++
	}
	t.Logf("%d pictures, %.1f dB", n, sum/float64(n))
	if n < 85 || sum/float64(n) < 36 {
		t.Errorf("%d pictures of 90 at %.1f dB, want 85 at 36 dB", n, sum/float64(n))
	}
}

// modes are screen content, with its sharp edges, and a recording's master,
// which leaves nothing out and has a key frame every two seconds.
func modes(t *testing.T, codec call.VideoCodec) {
	for _, mode := range []struct{ screen, master bool }{{true, false}, {false, true}, {true, true}} {
		t.Run(fmt.Sprintf("screen=%v,master=%v", mode.screen, mode.master), func(t *testing.T) {
			cfg := config(640, 360, 30, 600_000)
			if mode.master {
				cfg.BitRate = 100_000 // too little, but nothing may be left out
			}
			cfg.Screen, cfg.Master = mode.screen, mode.master
			k := newTalk(t, codec, cfg)
			units := k.units(NewMotion(640, 360, 30), 150)
			keys := 0
			for _, unit := range units {
				if codec.IsKeyFrame(unit) {
					keys++
				}
			}
			if mode.master && (keys != 3 || len(units) != 150) {
				t.Errorf("%d units of 150, %d key frames in 5 s, want 3", len(units), keys)
			}
			if !mode.master && (keys != 1 || len(units) < 75) {
				t.Errorf("%d units of 150, %d key frames, want 1", len(units), keys)
			}
		})
	}
}

// oddSizes may lose a column or a row, and nothing else.
func oddSizes(t *testing.T, codec call.VideoCodec) {
	for _, size := range [][2]int{{641, 361}, {320, 241}, {97, 64}, {35, 17}} {
		w, h := size[0], size[1]
		t.Run(fmt.Sprintf("%dx%d", w, h), func(t *testing.T) {
			k := newTalk(t, codec, config(w, h, 30, 2_000_000))
			m := NewMotion(w, h, 30)
			for range 10 {
				pic := m.Next()
				unit, _, ok := k.encode(pic)
				if !ok {
					continue
				}
				got := k.mustShow(unit)
				checkSize(t, got, w, h)
				if like := PSNR(pic, got); like < 26 {
					t.Fatalf("%.1f dB", like)
				}
			}
		})
	}
}

func checkSize(t *testing.T, got *call.Picture, w, h int) {
	t.Helper()
	gw, gh := got.Width(), got.Height()
	if gw != w && gw != w&^1 || gh != h && gh != h&^1 {
		t.Fatalf("decoded %dx%d, want %dx%d but for an odd column or row", gw, gh, w, h)
	}
}

// sizeChange changes the size in mid-stream: the unit must be a key frame, and
// the decoder must follow.
func sizeChange(t *testing.T, codec call.VideoCodec) {
	k := newTalk(t, codec, config(640, 360, 30, 1_000_000))
	for i, size := range [][2]int{{640, 360}, {320, 180}, {1280, 720}, {641, 361}, {64, 48}, {96, 48}, {96, 64}} {
		m := NewMotion(size[0], size[1], 30)
		m.pic.At = m.pic.At.Add(time.Duration(i) * time.Second)
		for n := range 5 {
			unit, key, ok := k.encode(m.Next())
			if n == 0 && !key {
				t.Fatalf("the first unit of %v is no key frame", size)
			}
			if ok {
				checkSize(t, k.mustShow(unit), size[0], size[1])
			}
		}
	}
}

func wrongPicture(t *testing.T, codec call.VideoCodec) {
	k := newTalk(t, codec, config(64, 64, 30, 100_000))
	for name, spoil := range map[string]func(*call.Picture){
		"no planes":   func(p *call.Picture) { p.Y = nil },
		"short luma":  func(p *call.Picture) { p.Y = p.Y[:100] },
		"short Cr":    func(p *call.Picture) { p.Cr = p.Cr[:10] },
		"thin stride": func(p *call.Picture) { p.YStride = 60 },
		"empty":       func(p *call.Picture) { p.Rect.Max = p.Rect.Min },
		"enormous":    func(p *call.Picture) { *p = *call.NewPicture(5000, 16) },
	} {
		pic := call.NewPicture(64, 64)
		spoil(pic)
		if _, _, err := k.enc.Encode(pic, nil); err == nil {
			t.Errorf("%s: the picture was taken", name)
		}
	}
	if _, key, ok := k.encode(call.NewPicture(64, 64)); !key || !ok {
		t.Error("no key frame from a good picture after bad ones")
	}
	if enc, err := codec.NewEncoder(config(-1, 20, 30, 1)); err == nil {
		mustClose(t, enc)
		t.Error("an encoder for a negative width was made")
	}
}

// standingClock gives times that do not rise, and none at all.
func standingClock(t *testing.T, codec call.VideoCodec) {
	k := newTalk(t, codec, config(320, 180, 30, 1_000_000))
	m := NewMotion(320, 180, 30)
	n := 0
	for i := range 30 {
		pic := m.Next()
		switch i % 3 {
		case 0:
			pic.At = time.Time{}
		case 1:
			pic.At = time.Unix(5, 0)
		}
		if unit, _, ok := k.encode(pic); ok {
			k.mustShow(unit)
			n++
		}
	}
	if n == 0 {
		t.Error("every picture was dropped")
	}
}
