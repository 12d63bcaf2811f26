package call

// thinning chooses how many pictures a second a thin rate is spent on, where
// the smallest size is in use already.
type thinning struct{ at int }

// The rates below which fewer pictures of 320x180 look better than more that
// are coarser, in bit/s. Measured with OpenH264 on moving pictures: 30 a second
// at 80 kbit/s have 32.9 dB and 20 have 34.8, at 60 kbit/s 15 have 34.0 (30:
// 30.9), and at 40 kbit/s 10 have 32.9 and come evenly, where of 30 only 17
// are sent.
var thinRates = [...]struct {
	below int
	fps   float64
}{{0, 0}, {100_000, 20}, {70_000, 15}, {50_000, 10}}

// choose returns the pictures a second at a rate and a rung; 0 is all. To go
// back takes a tenth more than to go down, so that a rate that wavers does not
// show.
func (t *thinning) choose(rate, rung int) float64 {
	if rung > 0 {
		t.at = 0
		return 0
	}
	for t.at < len(thinRates)-1 && rate < thinRates[t.at+1].below {
		t.at++
	}
	for t.at > 0 && rate > thinRates[t.at].below*11/10 {
		t.at--
	}
	return thinRates[t.at].fps
}
