package codec_test

import (
	"math"
	"testing"
	"time"

	"parley/call/codec"
)

var start = time.Unix(1_000_000_000, 0)

func TestPaceFindsTheRealRate(t *testing.T) {
	for _, fps := range []float64{7.5, 15, 30, 50} {
		var p codec.Pace
		p.Expect(30)
		for i := range 60 {
			p.Next(start.Add(time.Duration(float64(i) / fps * float64(time.Second))))
		}
		if got := p.Rate(); math.Abs(got-fps) > fps/50 {
			t.Errorf("%v pictures a second are taken for %.2f", fps, got)
		}
	}
}

func TestPaceForgetsPauses(t *testing.T) {
	var p codec.Pace
	p.Expect(30)
	at := start
	for i := range 60 {
		at = at.Add(time.Second / 30)
		if i == 50 {
			at = at.Add(time.Hour)
		}
		p.Next(at)
	}
	if got := p.Rate(); math.Abs(got-30) > 1 {
		t.Errorf("after a pause the rate is %.2f, want 30", got)
	}
}

func TestPaceAlwaysRises(t *testing.T) {
	var p codec.Pace
	last := p.Next(start)
	if last != 0 {
		t.Fatalf("the first picture is at %v", last)
	}
	for _, at := range []time.Time{start, start.Add(-time.Hour), {}, start.Add(time.Second), start} {
		now := p.Next(at)
		if now < last+time.Millisecond {
			t.Errorf("%v follows %v", now, last)
		}
		last = now
	}
}

func TestPaceStaysWithinItsRange(t *testing.T) {
	for _, fps := range []float64{math.Inf(1), -3, 0, math.NaN(), 1e9} {
		var p codec.Pace
		p.Expect(fps)
		if got := p.Rate(); !(got >= 1 && got <= 60) {
			t.Errorf("told %v, the rate is %v", fps, got)
		}
	}
}
