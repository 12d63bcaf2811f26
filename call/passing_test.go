package call

import "testing"

// A link of 400 kbit/s takes pictures from an encoder that spreads its rate
// over those that pass, and leaves one out while the one before is leaving.
func TestPassingEndsTheTrapOfLargePictures(t *testing.T) {
	const link, rate = 400e3, 360e3
	var p passing
	waits, interval, passed := 4.0, 0.2, 0 // caught: one large picture in six
	for i := range 300 {
		waits = max(0, waits-1.0/30)
		ready := waits < 0.1
		p.note(ready)
		interval += 1.0 / 30
		if !ready {
			continue
		}
		waits += float64(p.of(rate)) * interval / link
		interval = 0
		if i >= 240 {
			passed++
		}
	}
	if passed < 50 {
		t.Errorf("%d of the last 60 pictures pass", passed)
	}
}

func TestPassingLeavesTheRateAloneUsually(t *testing.T) {
	var p passing
	for i := range 300 {
		p.note(i%20 != 0)
		if got := p.of(1e6); got != 1e6 {
			t.Fatalf("picture %d: %d", i, got)
		}
	}
}
