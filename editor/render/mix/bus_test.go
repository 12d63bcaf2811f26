package mix

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

const rate = 48000

// tone is a sine in both channels.
func tone(hz, amplitude float64, pairs int, from int64) Samples {
	s := make(Samples, 2*pairs)
	for i := range pairs {
		v := float32(amplitude * math.Sin(2*math.Pi*hz*float64(int64(i)+from)/rate))
		s[2*i], s[2*i+1] = v, v
	}
	return s
}

// noise is white, and always the same for a seed.
func noise(amplitude float64, pairs int, seed uint64) Samples {
	r := rand.New(rand.NewPCG(seed, 0))
	s := make(Samples, 2*pairs)
	for i := range s {
		s[i] = float32(amplitude * (2*r.Float64() - 1))
	}
	return s
}

func constant(v float32, pairs int) Samples {
	return Samples(slices.Repeat([]float32{v}, 2*pairs))
}

func opener(s Samples) Opener { return func() (Source, error) { return s, nil } }

func read(t testing.TB, s Sound, at int64, pairs int) []float32 {
	t.Helper()
	p := make([]float32, 2*pairs)
	if err := s.ReadSamples(p, at); err != nil {
		t.Fatal(err)
	}
	return p
}

func bus(t testing.TB, parts ...Part) *Bus {
	t.Helper()
	b, err := NewBus(parts, rate)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

// rms is the root mean square of a stretch of pairs.
func rms(p []float32, from, to int) float64 {
	var sum float64
	for _, v := range p[2*from : 2*to] {
		sum += float64(v) * float64(v)
	}
	return math.Sqrt(sum / float64(2*(to-from)))
}

func TestSamplesAreSilentOutside(t *testing.T) {
	got := read(t, Samples{1, 2, 3, 4}, -2, 6)
	if want := []float32{0, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0}; !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
}

// TestPlaces puts parts where they belong, to the sample, whatever the pieces
// in which they are read.
func TestPlaces(t *testing.T) {
	pips := func(at ...int) Samples {
		s := make(Samples, 2*5000)
		for _, i := range at {
			s[2*i] = 1
		}
		return s
	}
	b := bus(t,
		Part{At: 100, Length: 4000, Open: opener(pips(1000))},
		Part{At: 4100, Length: 3000}, // a clip without sound
		Part{At: 7100, Length: 5000, Open: opener(pips(300, 4000)), Gain: 20 * math.Log10(0.5)})
	whole := read(t, b, 0, 13000)
	for i := 0; i < len(whole); i += 2 {
		want := map[int]float64{1100: 1, 7400: 0.5, 11100: 0.5}[i/2]
		if math.Abs(float64(whole[i])-want) > 1e-6 {
			t.Fatalf("%g at sample %d", whole[i], i/2)
		}
	}
	for at := int64(12000); at >= 0; at -= 977 { // backwards, too
		if got := read(t, b, at, 977); !slices.Equal(got, whole[2*at:min(2*at+2*977, 26000)]) && at+977 <= 13000 {
			t.Fatalf("read from sample %d on it is different", at)
		}
	}
}

// TestCrossFade keeps the power of two unlike sounds where they pass.
func TestCrossFade(t *testing.T) {
	const n, over = 48000, 24000
	b := bus(t,
		Part{At: 0, Length: n, Open: opener(noise(0.5, n, 1)), CrossOut: over},
		Part{At: n - over, Length: n, Open: opener(noise(0.5, n, 2)), CrossIn: over})
	p := read(t, b, 0, 2*n-over)
	want := rms(p, 1000, 20000)
	for at := n - over; at < n; at += 2400 {
		if db := 20 * math.Log10(rms(p, at, at+2400)/want); math.Abs(db) > 0.3 {
			t.Errorf("%.2f dB at sample %d", db, at)
		}
	}
}

func TestFades(t *testing.T) {
	b := bus(t, Part{At: 0, Length: 1000, Open: opener(constant(1, 1000)), FadeIn: 400, FadeOut: 200})
	p := read(t, b, 0, 1000)
	for i, want := range map[int]float64{0: 0, 200: 0.5, 400: 1, 799: 1, 900: 0.5, 999: 0} {
		if got := float64(p[2*i]); math.Abs(got-want) > 0.01 {
			t.Errorf("%g instead of %g at sample %d", got, want, i)
		}
	}
}

// sharp is the most that a sound has of what a click is made of, around a
// sample: the fourth difference.
func sharp(p []float32, at, around int) float64 {
	var most float64
	for i := at - around; i < at+around; i++ {
		v := func(k int) float64 { return float64(p[2*(i+k)]) }
		most = max(most, math.Abs(v(-2)-4*v(-1)+6*v(0)-4*v(1)+v(2)))
	}
	return most
}

// TestNoClick cuts tones where their waveform jumps, bends, or does neither.
func TestNoClick(t *testing.T) {
	const n = 9600
	a := tone(440, 0.5, n, 0)
	tests := []struct {
		name  string
		next  Samples
		fades bool
	}{
		{"it goes on", tone(440, 0.5, n, n), false},
		{"it jumps", tone(440, 0.5, n, n+40), true},
		{"it turns back", tone(440, -0.5, n, n), true},
		{"another tone", tone(1000, 0.5, n, 0), true},
		{"silence", constant(0, n), true},
	}
	for _, tt := range tests {
		p := read(t, bus(t, Part{Length: n - 30, Open: opener(a)}, Part{At: n - 30, Length: n, Open: opener(tt.next[60:])}), 0, 2*n)
		if tt.name == "it goes on" {
			p = read(t, bus(t, Part{Length: n, Open: opener(a)}, Part{At: n, Length: n, Open: opener(tt.next)}), 0, 2*n)
			if !slices.Equal(p[:2*n], []float32(a)) && sharp(p, 240, 200) < 1e-9 {
				t.Error("a sound that goes on was changed")
			}
			if !slices.Equal(p[480:2*n+600], slices.Concat(a, tt.next)[480:2*n+600]) {
				t.Error("a cut in a sound that goes on was changed")
			}
			continue
		}
		calm := max(sharp(p, 4800, 300), sharp(p, n+4800, 300), 1e-3)
		if got := sharp(p, n-30, 300); got > 2*calm {
			t.Errorf("%s: %g at the cut, %g elsewhere", tt.name, got, calm)
		}
		if faded := math.Abs(float64(p[2*(n-31)])) < 0.01; faded != tt.fades {
			t.Errorf("%s: faded %v", tt.name, faded)
		}
	}
}

// TestEdges begins and ends in the middle of a sound.
func TestEdges(t *testing.T) {
	n := 9600
	p := read(t, bus(t, Part{At: 500, Length: int64(n), Open: opener(tone(440, 0.5, n, 27))}), 0, n+1000)
	for _, at := range []int{500, 500 + n} {
		if got, calm := sharp(p, at, 300), max(sharp(p, 5000, 300), 1e-3); got > 2*calm {
			t.Errorf("a click of %g at sample %d, %g elsewhere", got, at, calm)
		}
	}
}

// counted counts how many of a bus's sources are open.
type counted struct {
	Samples
	open *int
}

func (c counted) Close() error {
	*c.open--
	return nil
}

func TestFewAreOpen(t *testing.T) {
	open, most := 0, 0
	var parts []Part
	for i := range 500 {
		parts = append(parts, Part{At: int64(i) * 1000, Length: 1000, Open: func() (Source, error) {
			open++
			most = max(most, open)
			return counted{constant(0.1, 1000), &open}, nil
		}})
	}
	b := bus(t, parts...)
	for at := int64(0); at < 500000; at += 700 {
		read(t, b, at, 700)
	}
	if most > 3 {
		t.Errorf("%d files were open at once", most)
	}
	if err := b.Close(); err != nil || open != 0 {
		t.Errorf("%d files stayed open, %v", open, err)
	}
}

func TestBusFails(t *testing.T) {
	gone := errors.New("gone")
	if _, err := NewBus([]Part{{Length: 10, Open: func() (Source, error) { return nil, gone }}}, rate); !errors.Is(err, gone) {
		t.Errorf("%v", err)
	}
}
