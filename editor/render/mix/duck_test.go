package mix

import (
	"math"
	"slices"
	"testing"
)

// TestDuck looks at the music's gain before, in, between and after words.
func TestDuck(t *testing.T) {
	levels := slices.Repeat([]float32{-70}, 1000)
	for i := 300; i < 400; i++ {
		levels[i] = -25
	}
	for i := 440; i < 500; i++ { // after a breath
		levels[i] = -30
	}
	levels[800], levels[801] = -15, -15 // somebody knocks
	gains := Duck(levels)
	tests := map[int]float64{0: 0, 200: 0, 270: 0, 300: -12, 399: -12, 420: -12, 499: -12, 550: -12, 650: 0, 800: 0, 999: 0}
	for i, want := range tests {
		if got := 20 * math.Log10(float64(gains[i])); math.Abs(got-want) > 0.1 {
			t.Errorf("%.1f dB instead of %g at hop %d", got, want, i)
		}
	}
	for i := 1; i < len(gains); i++ {
		if step := 20 * math.Abs(math.Log10(float64(gains[i]/gains[i-1]))); step > 0.6 {
			t.Errorf("a jump of %.1f dB at hop %d", step, i)
		}
	}
}

func TestDuckUnderNothing(t *testing.T) {
	for _, levels := range [][]float32{nil, slices.Repeat([]float32{nothing}, 200), slices.Repeat([]float32{-62}, 200)} {
		for i, g := range Duck(levels) {
			if g != 1 {
				t.Fatalf("%g at hop %d under a silence of %d hops", g, i, len(levels))
			}
		}
	}
}

// TestFilm lays music under a film: one piece gives way to speech, one does
// not, and all of it is as loud as the gain says.
func TestFilm(t *testing.T) {
	const second = rate
	speech := []Part{
		{At: 0, Length: 4 * second},
		{At: 4 * second, Length: 3 * second, Open: opener(tone(300, 0.3, 3*second, 0))},
		{At: 7 * second, Length: 5 * second}}
	music := Part{At: second, Length: 10 * second, Open: opener(tone(2000, 0.2, 10*second, 0))}
	level := func(p []float32, hz float64, from, to int) float64 {
		var re, im float64
		for i := from; i < to; i++ {
			s, c := math.Sincos(2 * math.Pi * hz * float64(i) / rate)
			re += float64(p[2*i]) * c
			im += float64(p[2*i]) * s
		}
		return 2 * math.Hypot(re, im) / float64(to-from)
	}
	for _, tt := range []struct {
		name  string
		score Score
		depth float64
	}{{"ducked", Score{Ducked: []Part{music}}, 12}, {"steady", Score{Steady: []Part{music}}, 0}} {
		f, err := NewFilm(speech, tt.score, rate)
		if err != nil {
			t.Fatal(err)
		}
		f.Gain = 6
		p := read(t, f, 0, 12*second)
		alone, under := level(p, 2000, 2*second, 3*second), level(p, 2000, 5*second, 6*second)
		if got := 20 * math.Log10(alone/under); math.Abs(got-tt.depth) > 0.2 {
			t.Errorf("%s: %.1f dB under speech", tt.name, got)
		}
		if got := 20 * math.Log10(alone/0.2); math.Abs(got-6) > 0.1 {
			t.Errorf("%s: a gain of %.1f dB", tt.name, got)
		}
		if got := 20 * math.Log10(level(p, 300, 5*second, 6*second)/0.3); math.Abs(got-6) > 0.1 {
			t.Errorf("%s: the speech has %.1f dB", tt.name, got)
		}
		if !slices.Equal(read(t, f, 5*second+17, 1000), p[2*(5*second+17):2*(5*second+1017)]) {
			t.Errorf("%s: read from the middle it is different", tt.name)
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
}
