package mix

import "math"

// Fault is how a sound differs from the one that it was made from by compressing it.
type Fault string

// The faults. What compression does is none.
const (
	Alike   Fault = ""
	Missing Fault = "it is silent"
	Noise   Fault = "it is not silent"
	Clicks  Fault = "it clicks"
	Other   Fault = "something else is heard"
	Level   Fault = "it is not as loud"
)

// What compression may do to a sound. Encoders keep the waveform where most is
// heard, below some 3 kHz; above they keep little more than its power.
const (
	hopLength  = 50    // hops a second
	clickHops  = 200   // a second
	mayDiffer  = 0.5   // power of the difference, as a share of the sound's
	faintest   = 3e-7  // power of what is taken for silence: -65 dB
	faintNoise = 1e-5  // power that silence may turn into: -50 dB
	mayBend    = 4     // times more sharply than the sound itself
	faintBend  = 0.015 // which is never a click
	mayLevel   = 2.2   // of the power, up or down: 3.4 dB
)

// Compare looks for the first fault of a sound, and tells the pair at which it
// is. Both begin at the same time, give or take so many pairs, and are as long.
func Compare(got, want []float32, rate, move int) (at int, fault Fault) {
	at, fault = Differs(got, want, rate, move)
	for channel := 0; channel < 2 && fault == Alike; channel++ {
		at, fault = clicked(plane(got, channel), plane(want, channel), rate/clickHops)
	}
	return at, fault
}

// Differs is Compare without regard to clicks: those of a sound that may have
// moved far are not to be told from what is sharp in the sound itself.
func Differs(got, want []float32, rate, move int) (at int, fault Fault) {
	for channel := range 2 {
		k, f := differs(lows(plane(got, channel), rate), lows(plane(want, channel), rate), rate/hopLength, move)
		if f != Alike && (fault == Alike || k < at) {
			at, fault = k, f
		}
	}
	return at, fault
}

// plane is one channel.
func plane(pairs []float32, channel int) []float64 {
	one := make([]float64, len(pairs)/2)
	for i := range one {
		one[i] = float64(pairs[2*i+channel])
	}
	return one
}

// lows are what of a sound lies below some 3 kHz.
func lows(sound []float64, rate int) []float64 {
	for range 2 {
		sound = averaged(sound, rate/8000)
	}
	return sound
}

func averaged(sound []float64, n int) []float64 {
	out := make([]float64, len(sound))
	sum := 0.0
	for i, v := range sound {
		sum += v
		if i >= n {
			sum -= sound[i-n]
		}
		out[i] = sum / float64(n)
	}
	return out
}

// differs compares hop by hop, at the place where the sounds fit best.
func differs(got, want []float64, hop, move int) (int, Fault) {
	lag := fitting(got, want, move)
	from, to := max(0, lag), min(len(got), len(got)+lag)
	var gotPower, wantPower float64
	for at := from; at+hop <= to; at += hop {
		g, w := loud(got[at:at+hop]), loud(want[at-lag:at-lag+hop])
		near := w
		for _, k := range []int{at - lag - hop, at - lag + hop} {
			if k >= 0 && k+hop <= len(want) {
				near = max(near, loud(want[k:k+hop]))
			}
		}
		both := min(2*hop, to-at) // one hop alone tells too little of what an encoder with few bits does
		d := apart(got[at:at+both], want[at-lag:at-lag+both])
		switch {
		case near < faintest && g > faintNoise:
			return at, Noise
		case missing(g, w):
			return at, Missing
		case d > mayDiffer*near+faintNoise && both == 2*hop && missing(loud(got[at+hop:at+both]), loud(want[at-lag+hop:at-lag+both])):
			return at + hop, Missing
		case d > mayDiffer*near+faintNoise:
			return at, Other
		}
		gotPower, wantPower = gotPower+g, wantPower+w
	}
	if wantPower > 100*faintest && (gotPower > mayLevel*wantPower || mayLevel*gotPower < wantPower) {
		return from, Level
	}
	return 0, Alike
}

// missing says whether nothing is left of a sound, by the powers.
func missing(got, want float64) bool { return want > faintNoise && got < want/100 }

// fitting is by how many pairs got is late where it fits best.
func fitting(got, want []float64, move int) (lag int) {
	least := math.Inf(1)
	for n := range 2*move + 1 {
		by := (n + 1) / 2 // 0, 1, -1, 2, ...
		if n%2 == 0 {
			by = -by
		}
		from, to := max(0, by), min(len(got), len(got)+by)
		if d := apart(got[from:to], want[from-by:to-by]); d < least {
			lag, least = by, d
		}
		if n == 0 && least < faintest {
			break
		}
	}
	return lag
}

// clicked looks for a bend of the waveform that is much sharper than those
// near it should be.
func clicked(got, want []float64, hop int) (int, Fault) {
	bends := make([]float64, len(want)/hop)
	for i := range bends {
		bends[i] = sharpest(want[i*hop : (i+1)*hop])
	}
	for i := range bends {
		near := 0.0
		for k := max(0, i-5); k <= min(i+5, len(bends)-1); k++ {
			near = max(near, bends[k])
		}
		from := max(0, i*hop-2)
		if sharpest(got[from:(i+1)*hop]) > mayBend*near+faintBend {
			return i * hop, Clicks
		}
	}
	return 0, Alike
}

// sharpest is the largest second difference.
func sharpest(sound []float64) float64 {
	var most float64
	for i := 2; i < len(sound); i++ {
		most = max(most, math.Abs(sound[i]-2*sound[i-1]+sound[i-2]))
	}
	return most
}

func loud(sound []float64) float64 {
	var sum float64
	for _, v := range sound {
		sum += v * v
	}
	return sum / float64(len(sound))
}

// apart is the power of the difference.
func apart(a, b []float64) float64 {
	var sum float64
	for i, v := range a {
		d := v - b[i]
		sum += d * d
	}
	return sum / float64(max(1, len(a)))
}
