//go:build endtoend

package endtoend

import (
	"slices"
	"testing"
	"time"

	"parley/call"
	"parley/call/audio/audiotest"
)

// lag is how much later than the test signal itself says something stands in
// a file: the file's time less the clock's, less the time that is 0 in the
// file. Of signals that were made on one clock and are in sync it is the same.
type lag struct {
	middle, least, most time.Duration
	n                   int
}

func lagOf(t *testing.T, what string, all []time.Duration, atLeast int) lag {
	t.Helper()
	if len(all) < atLeast {
		t.Fatalf("%s: only %d marks can be read, want %d", what, len(all), atLeast)
	}
	slices.Sort(all)
	l := lag{all[len(all)/2], all[0], all[len(all)-1], len(all)}
	t.Logf("%s: %d marks, %.1f ms late (%.1f to %.1f)", what, l.n, ms(l.middle), ms(l.least), ms(l.most))
	return l
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// pictureLag reads the bar codes of a file's pictures.
func pictureLag(t *testing.T, what string, frames []frame, zero time.Time) lag {
	t.Helper()
	var all []time.Duration
	for _, f := range frames {
		if m, ok := call.ReadMark(f.pic); ok {
			all = append(all, zero.Add(inSeconds(f.at)).Sub(m.At))
		}
	}
	return lagOf(t, what, all, 10)
}

// soundLag hears the pips in a file's sound.
func soundLag(t *testing.T, what string, pcm []int16, start float64, zero time.Time) lag {
	t.Helper()
	ear := call.NewToneReader()
	for i := 0; i+call.BlockSamples <= len(pcm); i += call.BlockSamples {
		ear.Feed(pcm[i:i+call.BlockSamples], zero.Add(inSeconds(start+float64(i)/call.SampleRate)))
	}
	return lagOf(t, what, ear.Latencies(), 3)
}

// pipLag hears the first of the pips around each whole second. In a film the
// other side's pips follow mine so closely that their codes cannot be told
// apart, but the first beginning is mine.
func pipLag(t *testing.T, what string, pcm []int16, start float64, zero time.Time) lag {
	t.Helper()
	const hop, window = call.SampleRate / 500, call.SampleRate / 100 // 2 and 10 ms
	var loud []float64
	for i := 0; i+window <= len(pcm); i += hop {
		loud = append(loud, audiotest.Strength(pcm[i:i+window], 1000))
	}
	threshold := slices.Max(loud) / 2
	at := func(i int) time.Time { return zero.Add(inSeconds(start + float64(i*hop+window/2)/call.SampleRate)) }
	var all []time.Duration
	var last time.Time
	for i := 1; i < len(loud); i++ {
		second := at(i).Round(time.Second)
		if loud[i] >= threshold && loud[i-1] < threshold && second != last {
			all, last = append(all, at(i).Sub(second)), second
		}
	}
	return lagOf(t, what, all, 3)
}

func inSeconds(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }

// apart checks that two lags are alike.
func apart(t *testing.T, what string, a, b lag, most time.Duration) {
	t.Helper()
	d := (a.middle - b.middle).Abs()
	if d > most {
		t.Errorf("%s: %.1f ms apart, want %v at most", what, ms(d), most)
	}
}
