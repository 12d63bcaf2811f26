package main

import (
	"testing"
	"time"
)

func TestMatchFindsWhenAPictureWasSent(t *testing.T) {
	sent := []pagePicture{{1000, 7}, {1033, 8}, {1066, 9}, {11000, 7}}
	seen := []pagePicture{{1050, 7, 640, 360}, {1100, -1, 640, 360}, {1120, 9, 640, 360}, {11050, 7, 640, 360}, {11080, 9, 640, 360}, {11090, 50, 640, 360}}
	got := match(seen, sent)
	want := []time.Duration{50 * time.Millisecond, 0, 54 * time.Millisecond, 50 * time.Millisecond, 13333 * time.Microsecond, 0}
	for i, p := range got {
		late := time.Duration(0)
		if !p.captured.IsZero() {
			late = p.at.Sub(p.captured)
		}
		if late.Round(10*time.Microsecond) != want[i].Round(10*time.Microsecond) {
			t.Errorf("picture %d (number %d): latency %v, want %v", i, p.number, late, want[i])
		}
	}
}

func TestPipsAreMeasuredByTheSecondTheySay(t *testing.T) {
	spoken := []pip{{1000, 3}, {2000, 4}, {3000, -1}, {4000, 6}, {17000, 3}}
	got := pips([]pip{{900, 3}, {1050, 3}, {3400, 4}, {3500, -1}, {3600, 5}, {17010, 3}}, spoken)
	want := []time.Duration{50 * time.Millisecond, 1400 * time.Millisecond, 10 * time.Millisecond}
	if len(got) != len(want) {
		t.Fatalf("got %v, want %v", got, want)
	}
	for i := range got {
		if got[i] != want[i] {
			t.Errorf("got %v, want %v", got, want)
		}
	}
}

func TestAReportKeepsCountersThatItDoesNotName(t *testing.T) {
	d := newDesk(t.TempDir())
	for _, said := range []string{
		`{"type":"report","sent":[[1,2,3,4]],"counters":{"played":480,"decoder":"FFmpeg"}}`,
		`{"type":"report","sent":[[2,3,3,4]],"spoken":[[5,1]],"counters":{"concealed":7}}`,
	} {
		if err := d.heard(t.Context(), 0, []byte(said)); err != nil {
			t.Fatal(err)
		}
	}
	e := &d.ends[0]
	if c := e.counters; c.Played != 480 || c.Concealed != 7 || c.Decoder != "FFmpeg" {
		t.Errorf("counters %+v", c)
	}
	if len(e.sent) != 2 || len(e.spoken) != 1 {
		t.Errorf("%d pictures sent and %d pips, want 2 and 1", len(e.sent), len(e.spoken))
	}
}

func TestWhatIsNoMessageIsAnError(t *testing.T) {
	d := newDesk(t.TempDir())
	if err := d.heard(t.Context(), 0, []byte("[")); err == nil {
		t.Error("half a message was taken")
	}
	if err := d.sampled(0, []byte{1, 2, 3}); err == nil {
		t.Error("a picture without its head was taken")
	}
}
