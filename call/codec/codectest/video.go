package codectest

import (
	"errors"
	"fmt"
	"testing"

	"parley/call"
)

// Video runs the conformance tests of a picture codec.
func Video(t *testing.T, codec call.VideoCodec) {
	t.Run("RoundTrip", func(t *testing.T) { roundTrip(t, codec) })
	t.Run("Rate", func(t *testing.T) { rate(t, codec) })
}

// talk is an encoder and a decoder, wired.
type talk struct {
	t   *testing.T
	enc call.VideoEncoder
	dec call.VideoDecoder
	buf []byte
	dst call.Picture
}

func newTalk(t *testing.T, codec call.VideoCodec, cfg call.VideoConfig) *talk {
	t.Helper()
	enc, err := codec.NewEncoder(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = enc.Close() })
	dec, err := codec.NewDecoder()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = dec.Close() })
	return &talk{t: t, enc: enc, dec: dec}
}

// encode returns the unit of pic; ok is false where rate control left it out.
func (k *talk) encode(pic *call.Picture) (unit []byte, key, ok bool) {
	k.t.Helper()
	unit, key, err := k.enc.Encode(pic, k.buf)
	if errors.Is(err, call.ErrFrameDropped) {
		return nil, false, false
	}
	if err != nil {
		k.t.Fatal(err)
	}
	k.buf = unit
	return unit, key, true
}

func config(width, height int, fps float64, bps int) call.VideoConfig {
	return call.VideoConfig{Width: width, Height: height, FrameRate: fps, BitRate: bps}
}

func roundTrip(t *testing.T, codec call.VideoCodec) {
	k := newTalk(t, codec, config(640, 360, 30, 1_500_000))
	m := NewMotion(640, 360, 30)
	var sum float64
	var n int
	for i := range 90 {
		pic := m.Next()
		unit, key, ok := k.encode(pic)
		if !ok {
			continue
		}
		if key != (i == 0) || codec.IsKeyFrame(unit) != key {
			t.Fatalf("picture %d: key %v, IsKeyFrame %v", i, key, codec.IsKeyFrame(unit))
		}
		shown, err := k.dec.Decode(unit, &k.dst)
		if err != nil || !shown {
			t.Fatalf("picture %d: shown %v, %v", i, shown, err)
		}
		sum += PSNR(pic, &k.dst)
		n++
	}
	t.Logf("%d pictures, %.1f dB", n, sum/float64(n))
	if n < 75 || sum/float64(n) < 27 {
		t.Errorf("%d pictures of 90 at %.1f dB, want 75 at 27 dB", n, sum/float64(n))
	}
}

func rate(t *testing.T, codec call.VideoCodec) {
	for _, fps := range []float64{15, 30} {
		for _, bps := range []int{500_000, 1_500_000} {
			t.Run(fmt.Sprintf("%.0f-%d", fps, bps), func(t *testing.T) {
				k := newTalk(t, codec, config(1280, 720, 30, bps))
				m := NewMotion(1280, 720, fps)
				bytes, n, first := 0, 0, 0
				for i := range int(8 * fps) {
					unit, _, ok := k.encode(m.Next())
					if i == 0 {
						first = len(unit)
					}
					if ok {
						n++
						bytes += len(unit)
					}
				}
				got := bytes * 8 / 8
				t.Logf("%d of %.0f pictures, first %d bytes, %d bit/s", n, 8*fps, first, got)
			})
		}
	}
}
