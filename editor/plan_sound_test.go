package editor

import (
	"math"
	"strconv"
	"strings"
	"testing"
)

// TestTempo asks for every speed that a clip can have in steps that ffmpeg
// takes: it refuses a tempo below a half.
func TestTempo(t *testing.T) {
	for _, speed := range []Ratio{{1, 10}, {1, 4}, {1, 3}, {1, 2}, {3, 4}, {2, 1}, {10, 1}} {
		product := 1.0
		for _, filter := range tempo(speed) {
			step, err := strconv.ParseFloat(strings.TrimPrefix(filter, "atempo="), 64)
			if err != nil || step < 0.5 || step > 100 {
				t.Errorf("a speed of %d/%d asks for %s, %v", speed.Num, speed.Den, filter, err)
			}
			product *= step
		}
		if math.Abs(product-speed.Float()) > 1e-8 {
			t.Errorf("a speed of %d/%d becomes %g", speed.Num, speed.Den, product)
		}
	}
}
