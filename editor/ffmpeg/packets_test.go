package ffmpeg

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"parley/editor"
)

// rows writes packets in the way of ffprobe, with dts equal to pts.
func rows(times []float64, duration string) string {
	var b strings.Builder
	for _, at := range times {
		fmt.Fprintf(&b, "0,%.6f,%.6f,%s,K_\n", at, at, duration)
	}
	return b.String()
}

func every(gap float64, n int) []float64 {
	times := make([]float64, n)
	for i := range times {
		times[i] = float64(i) * gap
	}
	return times
}

func rounded(times []float64, tick float64) []float64 {
	for i := range times {
		times[i] = math.Round(times[i]/tick) * tick
	}
	return times
}

func TestVariableRate(t *testing.T) {
	missing := append(every(0.04, 50), 50*0.04+0.08)
	for _, c := range []struct {
		name     string
		times    []float64
		tick     float64
		variable bool
		rate     editor.Ratio
	}{
		{"25", every(0.04, 100), 1.0 / 90000, false, editor.Ratio{Num: 25, Den: 1}},
		{"30 in milliseconds", rounded(every(1.0/30, 100), 0.001), 0.001, false, editor.Ratio{Num: 30, Den: 1}},
		{"60 in milliseconds", rounded(every(1.0/60, 100), 0.001), 0.001, false, editor.Ratio{Num: 60, Den: 1}},
		{"29.97", every(1001.0/30000, 300), 1.0 / 30000, false, editor.Ratio{Num: 30000, Den: 1001}},
		{"one missing", missing, 1.0 / 90000, true, editor.Ratio{}},
		{"cut recording", append([]float64{-0.1}, every(0.04, 50)...), 1.0 / 90000, false, editor.Ratio{}},
		{"7.5", every(1/7.5, 20), 0.001, false, editor.Ratio{Num: 15, Den: 2}},
		{"one picture", every(1, 1), 0.001, false, editor.Ratio{}},
	} {
		tracks := map[int]*track{}
		if err := readPackets(strings.NewReader(rows(c.times, "0.01")), tracks); err != nil {
			t.Fatal(err)
		}
		if got := tracks[0].variable(c.tick); got != c.variable {
			t.Errorf("%s: variable %v", c.name, got)
		}
		if got := tracks[0].rate(); c.rate.Known() && got != c.rate {
			t.Errorf("%s: rate %v, want %v", c.name, got, c.rate)
		}
	}
}

// Pictures that were not read yet are no gap: here the last decoding time is
// 0.12, and 0.16 to 0.28 lack what stands between.
func TestUnreadPicturesAreNoGap(t *testing.T) {
	const said = "0,0.0,-0.04,0.04,K_\n0,0.16,0.0,0.04,__\n0,0.08,0.04,0.04,__\n0,0.04,0.08,0.04,__\n0,0.12,0.12,0.04,__\n0,0.28,N/A,0.04,__\n"
	tracks := map[int]*track{}
	if err := readPackets(strings.NewReader(said), tracks); err != nil {
		t.Fatal(err)
	}
	if tracks[0].variable(0.001) {
		t.Errorf("gaps %v count as variable", tracks[0].gaps())
	}
}

func TestPacketsLength(t *testing.T) {
	for _, c := range []struct {
		name, said string
		want       float64
	}{
		{"durations", "0,0.0,0.0,0.5,K_\n0,0.5,0.5,0.5,K_,\n\n", 1},
		{"no durations", "0,0.0,0.0,N/A,K_\n0,0.25,0.25,N/A,K_\n0,0.5,0.5,N/A,K_\n", 0.75},
		{"discarded", "0,-0.5,-0.5,0.5,KD\n0,0.0,0.0,0.5,K_\n", 0.5},
		{"no times", "0,N/A,N/A,0.04,K_\n0,N/A,N/A,0.04,__\n", 0.08},
		{"decoding times", "0,N/A,0.0,0.04,K_\n0,N/A,0.04,0.04,__\n", 0.08},
	} {
		tracks := map[int]*track{}
		if err := readPackets(strings.NewReader(c.said), tracks); err != nil {
			t.Fatal(err)
		}
		if got := tracks[0].length(tracks[0].first); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestSnap(t *testing.T) {
	for _, c := range []struct {
		rate float64
		want editor.Ratio
	}{
		{23.976, editor.Ratio{Num: 24000, Den: 1001}}, {24.001, editor.Ratio{Num: 24, Den: 1}},
		{59.9402, editor.Ratio{Num: 60000, Den: 1001}}, {12.5, editor.Ratio{Num: 25, Den: 2}},
		{0.5, editor.Ratio{Num: 1, Den: 2}}, {0, editor.Ratio{}}, {math.NaN(), editor.Ratio{}}, {1e9, editor.Ratio{}},
	} {
		if got := snap(c.rate); got != c.want {
			t.Errorf("%v is %v, want %v", c.rate, got, c.want)
		}
	}
}

func FuzzReadPackets(f *testing.F) {
	f.Add("0,0.0,0.0,0.5,K_\n1,N/A,N/A,N/A,__\n")
	f.Add("99999999999,NaN,1e308,-5,K\n0,-1e8,1e8,1e8,__\n,,,,,\n")
	f.Fuzz(func(t *testing.T, said string) {
		tracks := map[int]*track{}
		if err := readPackets(strings.NewReader(said), tracks); err != nil {
			return
		}
		for i, tr := range tracks {
			tr.variable(0.001)
			if n := tr.length(0); n < 0 || math.IsNaN(n) {
				t.Errorf("stream %d lasts %v", i, n)
			}
			if r := tr.rate(); r.Den < 0 || r.Num < 0 {
				t.Errorf("stream %d has rate %v", i, r)
			}
		}
	})
}

func BenchmarkReadPackets(b *testing.B) {
	said := rows(every(0.04, 1000), "0.04")
	b.ReportAllocs()
	for b.Loop() {
		if err := readPackets(strings.NewReader(said), map[int]*track{}); err != nil {
			b.Fatal(err)
		}
	}
}
