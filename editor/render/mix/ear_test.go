package mix

import (
	"math"
	"slices"
	"testing"

	"parley/editor"
)

// TestListened holds what the preview plays to what is rendered: the curve
// from what was heard span by span, begun off the hops, and the samples that
// come of it.
func TestListened(t *testing.T) {
	const second = rate
	talk := tone(300, 0.3, 3*second, 0)
	clips := []Part{
		{At: 0, Length: 4*second + 77},
		{At: 4*second + 77, Length: 3 * second, Open: opener(talk)},
		{At: 7*second + 77, Length: 9 * second},
	}
	tune := tone(2000, 0.2, 12*second, 0)
	music := Part{At: second, Length: 12 * second, Open: opener(tune)}
	film, err := NewFilm(clips, Score{Ducked: []Part{music}}, rate)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := film.Close(); err != nil {
			t.Error(err)
		}
	}()
	want := make([]float32, 2*16*second)
	if err := film.ReadSamples(want, 0); err != nil {
		t.Fatal(err)
	}

	speech := make([]float32, len(want))
	if err := film.speech.ReadSamples(speech, 0); err != nil {
		t.Fatal(err)
	}
	var ears []*Ear
	for _, span := range [][2]int{{0, 4*second + 77}, {4*second + 77, 5*second + 1003}, {5*second + 1003, 16 * second}} {
		e := NewEar(int64(span[0]), rate)
		for at := span[0]; at < span[1]; at += 1001 {
			e.Add(speech[2*at : 2*min(at+1001, span[1])])
		}
		ears = append(ears, e.From(e.At+7*rate/hopsPerSecond).From(e.At))
	}
	curve := Listened(ears, [][2]int64{{second, 13 * second}}, rate)
	if len(curve.Gains) != len(film.curve.Gains) || curve.Hop != film.curve.Hop {
		t.Fatalf("%d values every %d, want %d every %d", len(curve.Gains), curve.Hop, len(film.curve.Gains), film.curve.Hop)
	}
	for i, got := range levelsOf(ears, [][2]int64{{second, 13 * second}}, 1200, rate) {
		const hop = rate / hopsPerSecond
		if want := level(speech[2*hop*i : 2*hop*(i+1)]); math.Abs(float64(got-want)) > 0.01 {
			t.Fatalf("%g dB instead of %g in hop %d", got, want, i)
		}
	}
	lowest := float32(1)
	for i := range want {
		at := int64(i / 2)
		got := speech[i]
		if n := i - 2*second; n >= 0 && n < len(tune) {
			// The film fades 5 ms at the ends of what would click there.
			if edge := int64(n / 2); edge < rate/100 || edge > 12*second-rate/100 {
				continue
			}
			got += tune[n] * curve.At(at)
		}
		lowest = min(lowest, curve.At(at))
		if d := math.Abs(float64(got - want[i])); d > 1e-4 {
			t.Fatalf("%g instead of %g at %.3f s", got, want[i], float64(at)/rate)
		}
	}
	if lowest > 0.26 {
		t.Errorf("the music is never below %g", lowest)
	}
}

func TestNothingIsDucked(t *testing.T) {
	if c := Listened(nil, nil, rate); c.At(7) != 1 || c.Gains != nil {
		t.Errorf("a film without music has the curve %v", c)
	}
	if c := (editor.Curve{Gains: []float32{0.5, 0.25}, Hop: 4}); c.At(-1) != 1 || c.At(0) != 0.5 || c.At(2) != 0.375 || c.At(4) != 1 {
		t.Errorf("%v goes %g %g %g %g", c, c.At(-1), c.At(0), c.At(2), c.At(4))
	}
}

// The values stand for hops of the film, wherever an ear begins.
func TestAnEarKeepsToTheHops(t *testing.T) {
	const hop = rate / hopsPerSecond
	e := NewEar(3*hop+77, rate)
	one := make([]float32, 2*2*hop)
	for i := range one {
		one[i] = 1
	}
	e.Add(one[:2*100])
	e.Add(one[2*100:])
	if want := []float64{2 * (hop - 77), 2 * hop, 2 * 77}; !slices.Equal(e.Sums, want) {
		t.Errorf("%v, want %v", e.Sums, want)
	}
}
