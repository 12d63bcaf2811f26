package main

import (
	"bytes"
	"math"
	"slices"
	"testing"
	"time"

	"parley/call"
)

func TestSSIM(t *testing.T) {
	src := newSource()
	a := lumaOf(src.looped(40))
	a.pix = slices.Clone(a.pix)
	noisy := a
	noisy.pix = slices.Clone(a.pix)
	for i := range noisy.pix {
		noisy.pix[i] = byte(min(int(noisy.pix[i])+i*7%23, 255))
	}
	small := a.scaled(320, 180).scaled(width, height)
	self, n, sm := ssim(a, a), ssim(a, noisy), ssim(a, small)
	if math.Abs(self-1) > 1e-9 {
		t.Errorf("a picture is like itself by %f, want 1", self)
	}
	if n > 0.95 || n < 0.2 || sm > 0.95 || sm < 0.2 {
		t.Errorf("with noise %f, after a quarter of the size %f: want both well below 1", n, sm)
	}
}

func TestScalingMovesNothing(t *testing.T) {
	ramp := luma{make([]byte, 64*48), 64, 64, 48}
	for i := range ramp.pix {
		ramp.pix[i] = byte(i % 64 * 3)
	}
	back := ramp.scaled(128, 96).scaled(64, 48)
	for x := 2; x < 62; x++ {
		if d := int(back.pix[20*64+x]) - int(ramp.pix[20*64+x]); d < -2 || d > 2 {
			t.Errorf("column %d is off by %d", x, d)
		}
	}
}

func TestTheSourceCanBeDrawnAgain(t *testing.T) {
	s := newSource()
	at := time.Unix(1_700_000_000, 123_456_789)
	drawn := &call.Picture{}
	drawn.CopyFrom(s.live(77, at))
	mark, ok := call.ReadMark(drawn)
	if !ok || mark.Frame != 77 {
		t.Fatalf("mark %+v, %v", mark, ok)
	}
	if again := s.live(int64(mark.Frame), mark.At); !bytes.Equal(again.Y, drawn.Y) {
		t.Error("the picture drawn by its mark is another")
	}
	if mark, ok := call.ReadMark(s.looped(299)); !ok || mark.Frame != 299 {
		t.Errorf("mark of the loop's last picture: %+v, %v", mark, ok)
	}
}
