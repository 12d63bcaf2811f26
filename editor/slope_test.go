package editor

import (
	"math"
	"testing"
)

func TestSlopes(t *testing.T) {
	const n = 1000
	for i := range int64(n) {
		in, out := EqualPower(i, n), EqualPower(n-1-i, n)
		if math.Abs(in*in+out*out-1) > 1e-12 {
			t.Fatalf("two sounds that pass each other have a power of %g at %d", in*in+out*out, i)
		}
		if a, b := Smooth(i, n), Smooth(n-1-i, n); math.Abs(a+b-1) > 1e-12 || i > 0 && a <= Smooth(i-1, n) {
			t.Fatalf("%g and %g at %d", a, b, i)
		}
	}
	if Smooth(0, 0) != 1 || EqualPower(5, 3) != 1 {
		t.Error("behind a slope something is missing")
	}
}
