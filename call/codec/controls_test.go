package codec_test

import (
	"math"
	"testing"

	"parley/call/codec"
)

func TestControlsGiveEachWishOnce(t *testing.T) {
	var c codec.Controls
	c.ForceKeyFrame()
	if !c.TakeKeyFrame() || c.TakeKeyFrame() {
		t.Error("a key frame is asked for once")
	}
	c.SetFrameRate(24)
	if fps, ok := c.TakeFrameRate(); fps != 24 || !ok {
		t.Errorf("took %v, %v", fps, ok)
	}
	if _, ok := c.TakeFrameRate(); ok {
		t.Error("the rate is told once")
	}
}

func TestControlsIgnoreNonsense(t *testing.T) {
	var c codec.Controls
	c.SetBitRate(500)
	c.SetBitRate(0)
	c.SetBitRate(-1)
	if c.BitRate() != 500 {
		t.Errorf("bit rate %d, want 500", c.BitRate())
	}
	for _, fps := range []float64{0, -1, math.NaN(), math.Inf(1)} {
		c.SetFrameRate(fps)
		if got, ok := c.TakeFrameRate(); ok {
			t.Errorf("a rate of %v was taken as %v", fps, got)
		}
	}
}
