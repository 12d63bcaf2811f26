package mix

import (
	"math"
	"slices"
	"testing"
)

// talk is a sound with all that speech has: a deep tone with overtones, bursts
// of noise, and silence in between.
func talk(pairs int) Samples {
	s, hiss := make(Samples, 2*pairs), noise(0.01, pairs, 7)
	for i := range pairs {
		x := float64(i) / rate
		v := 0.0
		for k := range 6 {
			v += 0.12 / float64(k+1) * math.Sin(2*math.Pi*float64(k+1)*(137+11*math.Sin(9*x))*x+float64(k))
		}
		loud := max(0, math.Sin(2*math.Pi*4*x))
		s[2*i] = float32(loud*v) + hiss[2*i]*float32(1-loud)
		s[2*i+1] = 0.7 * s[2*i]
	}
	return s
}

// TestCompare changes sounds by what compressing does to them, and by what it
// never does.
func TestCompare(t *testing.T) {
	const n = 8192
	sounds := map[string]Samples{"talk": talk(n + 4096), "noise": noise(0.2, n+4096, 3), "tone": tone(90, 0.3, n+4096, 0)}
	click := func(s Samples) Samples {
		s[2*5000] += 0.3
		return s
	}
	tests := []struct {
		name   string
		change func(Samples) Samples
		want   map[string]Fault
	}{
		{"as it was", func(s Samples) Samples { return s }, nil},
		{"a little noise", func(s Samples) Samples { return plus(s, noise(0.003, len(s)/2, 9)) }, nil},
		{"its clock rounded", func(s Samples) Samples { return moved(s, 25) }, nil},
		{"muted", func(s Samples) Samples { return make(Samples, len(s)) }, map[string]Fault{"": Missing}},
		{"muted for a while", func(s Samples) Samples {
			clear(s[2*3000 : 2*5400])
			return s
		}, map[string]Fault{"": Missing}},
		{"half as loud", func(s Samples) Samples { return times(s, 0.5) }, map[string]Fault{"": Level}},
		{"one channel half as loud", func(s Samples) Samples {
			for i := 1; i < len(s); i += 2 {
				s[i] /= 2
			}
			return s
		}, map[string]Fault{"": Level}},
		{"4 ms late", func(s Samples) Samples { return moved(s, 192) }, map[string]Fault{"": Other}},
		{"5 ms early", func(s Samples) Samples { return moved(s, -240) }, map[string]Fault{"": Other}},
		{"the channels changed", func(s Samples) Samples {
			for i := 0; i < len(s); i += 2 {
				s[i], s[i+1] = s[i+1], s[i]
			}
			return s
		}, map[string]Fault{"talk": Alike, "tone": Alike, "noise": Other}},
		{"turned over", func(s Samples) Samples { return times(s, -1) }, map[string]Fault{"": Other}},
		{"a click", click, map[string]Fault{"": Clicks, "noise": Alike}},
		{"something else", func(s Samples) Samples { return tone(700, 0.2, len(s)/2, 0) }, map[string]Fault{"": Other}},
	}
	for _, tt := range tests {
		for name, s := range sounds {
			got := tt.change(slices.Clone(s))
			want, ok := tt.want[name]
			if !ok {
				want = tt.want[""]
			}
			from, to := 2*2048, 2*(2048+n)
			if at, fault := Compare(got[from:to], s[from:to], rate, 28); fault != want {
				t.Errorf("%s, %s: %q at pair %d, not %q", name, tt.name, fault, at, want)
			}
		}
	}
}

// TestCompareSilence has silence come out as it may and as it may not.
func TestCompareSilence(t *testing.T) {
	const n = 8192
	quiet := make(Samples, 2*n)
	for _, tt := range []struct {
		name string
		got  Samples
		want Fault
	}{
		{"silence", make(Samples, 2*n), Alike},
		{"dither", noise(1.0/32768, n, 1), Alike},
		{"a hum", tone(50, 0.02, n, 0), Noise},
		{"a click", func() Samples { s := make(Samples, 2*n); s[4001] = 0.1; return s }(), Clicks},
	} {
		if at, fault := Compare(tt.got, quiet, rate, 28); fault != tt.want {
			t.Errorf("%s: %q at pair %d", tt.name, fault, at)
		}
	}
}

// TestCompareTellsWhere looks for the place of a fault.
func TestCompareTellsWhere(t *testing.T) {
	s := talk(8192)
	got := slices.Clone(s)
	clear(got[2*4000:])
	if at, fault := Compare(got, s, rate, 28); fault == Alike || at < 3000 || at > 6200 {
		t.Errorf("%q at pair %d", fault, at)
	}
}

func plus(a, b Samples) Samples {
	for i := range a {
		a[i] += b[i]
	}
	return a
}

func times(s Samples, by float32) Samples {
	for i := range s {
		s[i] *= by
	}
	return s
}

// moved is a sound some pairs later.
func moved(s Samples, pairs int) Samples {
	out := make(Samples, len(s))
	for i := range len(s) / 2 {
		if from := i - pairs; from >= 0 && from < len(s)/2 {
			copy(out[2*i:2*i+2], s[2*from:2*from+2])
		}
	}
	return out
}
