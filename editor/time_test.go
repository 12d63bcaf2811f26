package editor

import (
	"math"
	"testing"
)

// TestHugeTimes compares times from strangers' files that are beyond what can
// be reckoned with exactly.
func TestHugeTimes(t *testing.T) {
	for _, huge := range []Time{Rational(math.MaxInt64, 1), Rational(math.MaxInt64-1, 3), Rational(math.MaxInt64/2+1, 1)} {
		below := Time{}.Sub(huge)
		if huge.Cmp(maxTime) <= 0 || huge.Cmp(Time{}) <= 0 || maxTime.Cmp(huge) >= 0 || below.Cmp(Time{}) >= 0 {
			t.Errorf("%d/%d s is not after %s s", huge.Num(), huge.Den(), maxTime)
		}
		if n := huge.FrameFloor(Ratio{30, 1}); n <= 0 {
			t.Errorf("%d/%d s is at frame %d", huge.Num(), huge.Den(), n)
		}
	}
	if s := Seconds(-1e300); s.Cmp(Time{}) >= 0 {
		t.Errorf("-1e300 s is %s s", s)
	}
	c := Clip{ID: "c1", Kind: MovingClip, Source: "/a.mp4", Out: Rational(5, 1), Available: Rational(math.MaxInt64, 1)}
	if err := c.Check(); err == nil {
		t.Error("a source of all time is believed")
	}
}

func TestParseTime(t *testing.T) {
	for text, want := range map[string]Time{
		"0": {}, "12.5": Rational(25, 2), "-0.5": Rational(-1, 2), "1:30": Rational(90, 1), "-1:30": Rational(-90, 1), "-0:30": Rational(-30, 1),
		"01:02:03.25": Rational(14893, 4), "30000/1001": Rational(30000, 1001), "-7/2": Rational(-7, 2),
	} {
		if got, err := ParseTime(text); err != nil || got != want {
			t.Errorf("%s is %s s instead of %s s, %v", text, got, want, err)
		}
	}
	for _, text := range []string{"", "-", "--1", "1:-30", "1:60", "1:2:3:4", "NaN", "Inf", "2e9", "1/0", "1/-2", "a"} {
		if got, err := ParseTime(text); err == nil {
			t.Errorf("%q is %s s", text, got)
		}
	}
}
