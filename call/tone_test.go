package call

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// toneStart is a little before a whole second.
var toneStart = time.Unix(1_790_000_004, 700_000_000)

// hearTone lets a tone's sound through change and then to a reader that
// plays it late, and returns the reader.
func hearTone(seconds int, late time.Duration, change func([]int16)) *ToneReader {
	now := toneStart
	tone, reader := NewTone(func() time.Time { return now }), NewToneReader()
	block := make([]int16, BlockSamples)
	for range seconds * 100 {
		tone.Fill(block)
		if change != nil {
			change(block)
		}
		reader.Feed(block, now.Add(late))
		now = now.Add(10 * time.Millisecond)
	}
	return reader
}

func wantLatencies(t *testing.T, r *ToneReader, n int, want, within time.Duration) {
	t.Helper()
	got := r.Latencies()
	if len(got) < n || r.Pips() != n {
		t.Fatalf("%d pips and %d latencies, want %d of both", r.Pips(), len(got), n)
	}
	for i, latency := range got {
		if (latency - want).Abs() > within {
			t.Errorf("latency %d is %v, want %v within %v", i, latency, want, within)
		}
	}
}

func TestToneLatencies(t *testing.T) {
	for _, late := range []time.Duration{-30 * time.Millisecond, 0, 63 * time.Millisecond, 990 * time.Millisecond, 1003 * time.Millisecond, 5 * time.Second, 14 * time.Second} {
		wantLatencies(t, hearTone(20, late, nil), 20, late, 300*time.Microsecond)
	}
}

func TestToneSurvivesNoiseAndDullness(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	var memory float64
	change := func(block []int16) {
		for i, s := range block {
			memory += 0.3 * (float64(s) - memory) // one pole at 2.7 kHz
			block[i] = int16(0.4*memory + 400*random.NormFloat64())
		}
	}
	wantLatencies(t, hearTone(20, 250*time.Millisecond, change), 20, 250*time.Millisecond, 2*time.Millisecond)
}

func TestToneSurvivesClipping(t *testing.T) {
	change := func(block []int16) {
		for i, s := range block {
			block[i] = int16(min(max(4*int(s), -12000), 12000))
		}
	}
	wantLatencies(t, hearTone(10, time.Second/10, change), 10, time.Second/10, time.Millisecond)
}

func TestToneReaderCountsPipsWithoutCode(t *testing.T) {
	for _, hole := range [][2]int{{60, 290}, {130, 170}} { // ms of each second that are lost
		ms := 700
		r := hearTone(10, 0, func(block []int16) {
			if ms%1000 >= hole[0] && ms%1000 < hole[1] {
				clear(block)
			}
			ms += 10
		})
		if r.Pips() != 10 {
			t.Errorf("without %v ms: %d pips, want 10", hole, r.Pips())
		}
		for _, latency := range r.Latencies() {
			if latency.Abs() > time.Millisecond {
				t.Errorf("without %v ms: a latency of %v was made up", hole, latency)
			}
		}
		if hole[1]-hole[0] > 200 && len(r.Latencies()) != 0 {
			t.Errorf("without any code: latencies %v", r.Latencies())
		}
	}
}

func TestToneReaderHearsNoPipsInOtherSound(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	reader := NewToneReader()
	block := make([]int16, BlockSamples)
	at, phase := toneStart, 0.0
	for i := range 2000 {
		for j := range block {
			phase = turn(phase, 300+float64(i)) // a glide from 300 to 2300 Hz
			block[j] = int16(6000*sine(phase) + 1000*random.NormFloat64())
		}
		reader.Feed(block, at)
		at = at.Add(10 * time.Millisecond)
	}
	if reader.Pips() != 0 || len(reader.Latencies()) != 0 {
		t.Errorf("%d pips and %v in a glide", reader.Pips(), reader.Latencies())
	}
}

func TestToneFollowsItsClockWithoutJumps(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 10))
	now := toneStart
	tone := NewTone(func() time.Time { return now.Add(time.Duration(random.IntN(8_000_001) - 4_000_000)) })
	reader := NewToneReader()
	block := make([]int16, BlockSamples)
	last := 0.0
	for i := range 6000 {
		tone.Fill(block)
		for j, s := range block {
			// The steepest slope of 2.2 kHz and the hum at full level.
			if step := math.Abs(float64(s) - last); step > 2700 {
				t.Fatalf("block %d jumps by %v at sample %d", i, step, j)
			}
			last = float64(s)
		}
		reader.Feed(block, now)
		// The samples' clock is 200 ppm slow against the wall.
		now = now.Add(10*time.Millisecond + 2*time.Microsecond)
	}
	wantLatencies(t, reader, 60, 0, 4*time.Millisecond)
}

func TestSampleClock(t *testing.T) {
	always, never := func(time.Time) bool { return true }, func(time.Time) bool { return false }
	const step = 10 * time.Millisecond
	for _, test := range []struct {
		name      string
		off       time.Duration // what the clock says at the second block, beyond the count
		allowed   func(time.Time) bool
		corrected time.Duration
	}{
		{"a little late", 6400 * time.Microsecond, always, 100 * time.Microsecond},
		{"a little early", -6400 * time.Microsecond, nil, -100 * time.Microsecond},
		{"rather late", 90 * time.Millisecond, always, clockMost},
		{"at a bad time", 90 * time.Millisecond, never, 0},
		{"after a gap", 3 * time.Second, never, 3 * time.Second},
		{"set back", -time.Second, always, -time.Second},
	} {
		var c sampleClock
		if at := c.block(toneStart, BlockSamples, test.allowed); !at.Equal(toneStart) {
			t.Errorf("%s: began at %v", test.name, at.Sub(toneStart))
		}
		at := c.block(toneStart.Add(step+test.off), BlockSamples, test.allowed)
		if got := at.Sub(toneStart) - step; got != test.corrected {
			t.Errorf("%s: corrected by %v, want %v", test.name, got, test.corrected)
		}
	}
}

func TestToneReaderTakesBlocksOfAnySize(t *testing.T) {
	now := toneStart
	tone, reader := NewTone(func() time.Time { return now }), NewToneReader()
	for i := 0; now.Sub(toneStart) < 15*time.Second; i++ {
		block := make([]int16, 37+i%700)
		tone.Fill(block)
		reader.Feed(block, now.Add(time.Second/5))
		now = now.Add(time.Duration(len(block)) * time.Second / SampleRate)
	}
	wantLatencies(t, reader, 15, time.Second/5, time.Millisecond)
}

func TestLatenciesKeepTheLastHour(t *testing.T) {
	r := NewToneReader()
	for i := range latenciesKept + 3 {
		r.note(time.Duration(i))
	}
	got := r.Latencies()
	if len(got) != latenciesKept || got[0] != 3 || got[len(got)-1] != latenciesKept+2 || !slices.IsSorted(got) {
		t.Errorf("%d latencies from %d to %d", len(got), got[0], got[len(got)-1])
	}
}

func BenchmarkToneFill(b *testing.B) {
	now := toneStart
	tone := NewTone(func() time.Time { return now })
	block := make([]int16, BlockSamples)
	b.ReportAllocs()
	for b.Loop() {
		tone.Fill(block)
		now = now.Add(10 * time.Millisecond)
	}
}

func BenchmarkToneFeed(b *testing.B) {
	now := toneStart
	tone, reader := NewTone(func() time.Time { return now }), NewToneReader()
	block := make([]int16, BlockSamples)
	tone.Fill(block)
	b.ReportAllocs()
	for b.Loop() {
		reader.Feed(block, now)
		now = now.Add(10 * time.Millisecond)
	}
}
