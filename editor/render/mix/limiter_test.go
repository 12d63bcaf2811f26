package mix

import (
	"math"
	"slices"
	"testing"
)

func limited(t testing.TB, s Sound, pairs, block int, ceiling float32, between bool) []float32 {
	t.Helper()
	l := NewLimiter(s, 0, rate, ceiling, between)
	var all []float32
	for len(all) < 2*pairs {
		p := make([]float32, 2*block)
		if err := l.Next(p); err != nil {
			t.Fatal(err)
		}
		all = append(all, p...)
	}
	return all[:2*pairs]
}

// fine are filters for 8 points between two samples, far longer than those of
// the limiter.
var fine = func() (filters [8][64]float64) {
	for phase := range filters {
		for k := range filters[phase] {
			x := float64(k-31) - float64(phase)/8
			c := 0.5 + 0.5*math.Cos(math.Pi*x/33)
			if x != 0 {
				c *= math.Sin(math.Pi*x) / (math.Pi * x)
			}
			filters[phase][k] = c
		}
	}
	return filters
}()

// truePeak is the height of a waveform by brute force.
func truePeak(p []float32) float64 {
	var most float64
	for n := 0; n < len(p)/2-64; n++ {
		for phase := range fine {
			var sum float64
			for k, c := range &fine[phase] {
				sum += c * float64(p[2*(n+k)])
			}
			most = max(most, math.Abs(sum))
		}
	}
	return most
}

func TestLimiterLeavesTheQuietAlone(t *testing.T) {
	s := noise(0.7, 20000, 3)
	if got := limited(t, s, 20000, 1000, 0.9, false); !slices.Equal(got, []float32(s)) {
		t.Error("a sound below the ceiling was changed")
	}
}

func TestLimiter(t *testing.T) {
	const n = 24000
	burst := func(inner Samples) Samples {
		s := tone(200, 0.3, n, 0)
		copy(s[2*8000:], inner)
		return s
	}
	tests := map[string]Samples{
		"a loud tone":            tone(997, 1.7, n, 0),
		"a burst":                burst(tone(3000, 2.5, 2000, 0)),
		"a single sample":        burst(Samples{3, 3}),
		"high between samples":   tone(12000, 0.99, n, 1), // crests between samples
		"a loud beginning":       append(dull(noise(6, 300, 1)), tone(100, 0.2, n-300, 0)...),
		"loud noise, all of it":  dull(noise(3, n, 9)),
		"crests a quarter later": phased(n),
	}
	const ceiling = 0.8
	for name, s := range tests {
		p := limited(t, s, n, 777, ceiling, true)
		if got := truePeak(p); got > ceiling*1.012 { // 0.1 dB
			t.Errorf("%s: a peak of %.3f", name, got)
		}
		for i, v := range p {
			if v > ceiling*1.0001 || v < -ceiling*1.0001 {
				t.Fatalf("%s: %g at sample %d", name, v, i/2)
			}
		}
		if again := limited(t, s, n, 4096, ceiling, true); !slices.Equal(p, again) {
			t.Errorf("%s: it depends on how it is read", name)
		}
	}
}

// dull is a sound without what lies near half the sample rate, which sounds
// never have.
func dull(s Samples) Samples {
	for range 2 {
		for i := len(s) - 1; i >= 4; i-- {
			s[i] = s[i]/4 + s[i-2]/2 + s[i-4]/4
		}
	}
	return s
}

// phased is a tone at a quarter of the rate whose samples miss its crests.
func phased(pairs int) Samples {
	s := make(Samples, 2*pairs)
	for i := range pairs {
		v := float32(1.1 * math.Sin(math.Pi/2*float64(i)+math.Pi/4))
		s[2*i], s[2*i+1] = v, -v
	}
	return s
}

// TestLimiterComesBack leaves what is a while after a peak as it was.
func TestLimiterComesBack(t *testing.T) {
	s := tone(200, 0.3, 48000, 0)
	copy(s[2*8000:], tone(1000, 2, 500, 0))
	p := limited(t, s, 48000, 1024, 0.9, false)
	for i := range p {
		if at := i / 2; (at < 7700 || at > 8500+24000) && p[i] != s[i] {
			t.Fatalf("%g instead of %g at sample %d", p[i], s[i], at)
		}
	}
}

// TestMeter is EBU Tech 3341, cases 1 to 5, and a sound of nothing.
func TestMeter(t *testing.T) {
	type stretch struct {
		dB      float64
		seconds float64
	}
	tests := []struct {
		name  string
		parts []stretch
		want  float64
	}{
		{"case 1", []stretch{{-23, 20}}, -23},
		{"case 2", []stretch{{-33, 20}}, -33},
		{"case 3", []stretch{{-36, 10}, {-23, 60}, {-36, 10}}, -23},
		{"case 4", []stretch{{-72, 10}, {-36, 10}, {-23, 60}, {-36, 10}, {-72, 10}}, -23},
		{"case 5", []stretch{{-26, 20}, {-20, 20.1}, {-26, 20}}, -23},
		{"nothing", nil, Silence},
		{"silence", []stretch{{-200, 10}}, Silence},
	}
	for _, hz := range []int{48000, 44100} {
		for _, tt := range tests {
			m := NewMeter(hz)
			n := 0
			for _, part := range tt.parts {
				p := make([]float32, 2*int(part.seconds*float64(hz)))
				for i := 0; i < len(p); i += 2 {
					v := float32(math.Pow(10, part.dB/20) * math.Sin(2*math.Pi*1000*float64(n)/float64(hz)))
					p[i], p[i+1] = v, v
					n++
				}
				m.Add(p)
			}
			if got := m.Loudness(); math.Abs(got-tt.want) > 0.1 {
				t.Errorf("%s at %d Hz: %.2f LUFS", tt.name, hz, got)
			}
		}
	}
}

func BenchmarkLimiter(b *testing.B) {
	s := noise(1.2, 48000, 1)
	for b.Loop() {
		limited(b, s, 48000, 4096, 0.8, true)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "times-real-time")
}

func BenchmarkMeter(b *testing.B) {
	s := noise(0.5, 48000, 1)
	m := NewMeter(rate)
	for b.Loop() {
		m.Add(s)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "times-real-time")
}
