package ffmpeg

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestReadProgress(t *testing.T) {
	const said = "frame=12\nfps=0.00\nout_time_us=480000\nout_time_ms=480000\nspeed=1.5x\nprogress=continue\n" +
		"frame=25\nout_time_us=N/A\nspeed= 2x\nprogress=end\n"
	var got []Progress
	if err := readProgress(strings.NewReader(said), func(p Progress) { got = append(got, p) }); err != nil {
		t.Fatal(err)
	}
	want := []Progress{{12, 480 * time.Millisecond, 1.5, false}, {25, 480 * time.Millisecond, 2, true}}
	if !slices.Equal(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestReadProgressReadsOnPastNonsense(t *testing.T) {
	r := strings.NewReader(strings.Repeat("x", 3*longestReport) + "\nprogress=end\n")
	if err := readProgress(r, nil); err != nil || r.Len() != 0 {
		t.Errorf("%v, %d bytes left unread", err, r.Len())
	}
}

func FuzzReadProgress(f *testing.F) {
	f.Add("frame=12\nout_time_us=480000\nspeed=1.5x\nprogress=end\n")
	f.Add("frame=-1\nout_time_us=99999999999999999999\nspeed=NaN\nprogress=\n=\n")
	f.Fuzz(func(t *testing.T, said string) {
		err := readProgress(strings.NewReader(said), func(p Progress) {
			if p.Frame < 0 || p.Time < 0 || !(p.Speed >= 0) {
				t.Errorf("%+v", p)
			}
		})
		if err != nil {
			t.Error(err)
		}
	})
}

func BenchmarkReadProgress(b *testing.B) {
	block := strings.Repeat("frame=12\nout_time_us=480000\nspeed=1.5x\nprogress=continue\n", 100)
	b.ReportAllocs()
	for b.Loop() {
		if err := readProgress(strings.NewReader(block), func(Progress) {}); err != nil {
			b.Fatal(err)
		}
	}
}
