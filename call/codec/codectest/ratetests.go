package codectest

import (
	"fmt"
	"testing"

	"parley/call"
)

// forceKeyFrame asks under pressure, where rate control would rather drop.
func forceKeyFrame(t *testing.T, codec call.VideoCodec) {
	k := newTalk(t, codec, config(640, 360, 30, 200_000))
	m := NewMotion(640, 360, 30)
	for i := range 60 {
		asked := i%12 == 7
		if asked {
			k.enc.ForceKeyFrame()
		}
		_, key, _ := k.encode(m.Next())
		if key != (asked || i == 0) {
			t.Errorf("picture %d: asked %v, key %v", i, asked, key)
		}
	}
}

// keyFrameBound keeps a key frame from standing in the way of all that follows
// it for longer than half a second.
func keyFrameBound(t *testing.T, codec call.VideoCodec) {
	for _, bps := range []int{100_000, 500_000} {
		k := newTalk(t, codec, config(640, 360, 30, bps))
		m := NewMotion(640, 360, 30)
		largest := 0
		for i := range 90 {
			if i%30 == 29 {
				k.enc.ForceKeyFrame()
			}
			if unit, key, _ := k.encode(m.Next()); key {
				largest = max(largest, len(unit))
			}
		}
		t.Logf("largest key frame at %d bit/s: %d bytes, %d ms", bps, largest, largest*8000/bps)
		if largest*8 > bps/2 {
			t.Errorf("a key frame of %d bytes takes %d ms at %d bit/s", largest, largest*8000/bps, bps)
		}
	}
}

// counted is what a stretch of encoding gave.
type counted struct {
	bits, units int
	seconds     float64
}

func (c counted) rate() float64 { return float64(c.bits) / c.seconds }

func (k *talk) count(m *Motion, fps, seconds float64) counted {
	k.t.Helper()
	c := counted{seconds: seconds}
	for range int(fps * seconds) {
		if unit, _, ok := k.encode(m.Next()); ok {
			c.units++
			c.bits += 8 * len(unit)
		}
	}
	return c
}

// rate holds the target within 15 % at rates that the encoder was not told,
// from the pictures' times alone.
func rate(t *testing.T, codec call.VideoCodec) {
	for _, fps := range []float64{15, 30} {
		for _, bps := range []int{200_000, 600_000} {
			t.Run(fmt.Sprintf("%.0ffps-%dk", fps, bps/1000), func(t *testing.T) {
				k := newTalk(t, codec, config(640, 360, 30, bps))
				c := k.count(NewMotion(640, 360, fps), fps, 8)
				t.Logf("%d of %.0f pictures, %.0f bit/s", c.units, 8*fps, c.rate())
				if off := c.rate()/float64(bps) - 1; off < -0.15 || off > 0.15 {
					t.Errorf("%.0f bit/s for %d: %+.0f %%", c.rate(), bps, 100*off)
				}
			})
		}
	}
}

// rateFollowed changes the target in mid-stream, without a key frame; after a
// second it must hold within a fifth.
func rateFollowed(t *testing.T, codec call.VideoCodec) {
	k := newTalk(t, codec, config(640, 360, 30, 1_500_000))
	m := NewMotion(640, 360, 30)
	k.count(m, 30, 2)
	for _, bps := range []int{300_000, 1_200_000, 500_000} {
		k.enc.SetBitRate(bps)
		k.count(m, 30, 1)
		c := k.count(m, 30, 3)
		t.Logf("%d: %.0f bit/s, %d of 90 pictures", bps, c.rate(), c.units)
		if off := c.rate()/float64(bps) - 1; off < -0.2 || off > 0.2 {
			t.Errorf("%.0f bit/s for %d: %+.0f %%", c.rate(), bps, 100*off)
		}
	}
}
