package main

import (
	"testing"
	"time"
)

var zero = time.Unix(1_700_000_000, 0)

// film shows a picture each 1/30 s but in the given gaps (from, to in ms).
func film(seconds, h int, latency time.Duration, gaps ...[2]int) (out []shown) {
	for n := range seconds * frameRate {
		ms := n * 1000 / frameRate
		hidden := false
		for _, g := range gaps {
			hidden = hidden || ms >= g[0] && ms < g[1]
		}
		if !hidden {
			at := zero.Add(time.Duration(ms) * time.Millisecond)
			out = append(out, shown{at: at, captured: at.Add(-latency), number: int64(n), w: h * 16 / 9, h: h})
		}
	}
	return out
}

func after(t *testing.T, what string, at time.Time, ok bool, want time.Duration) {
	t.Helper()
	if !ok || at.Sub(zero).Round(50*time.Millisecond) != want {
		t.Errorf("%s: %v, %v; want %v", what, at.Sub(zero), ok, want)
	}
}

func TestFullFrom(t *testing.T) {
	pics := append(film(3, 360, 0), film(8, 720, 0, [2]int{0, 3000}, [2]int{3500, 4000})...)
	at, ok := fullFrom(pics, zero)
	after(t, "full", at, ok, 4*time.Second)
	if _, ok := fullFrom(film(5, 540, 0), zero); ok {
		t.Error("540 lines were taken for 720")
	}
}

func TestSmoothFrom(t *testing.T) {
	at, ok := smoothFrom(film(10, 360, 50*time.Millisecond, [2]int{1000, 2500}, [2]int{3000, 3400}), zero.Add(time.Second), time.Second)
	after(t, "smooth", at, ok, 3400*time.Millisecond)
	if _, ok := smoothFrom(film(10, 360, 2*time.Second), zero, time.Second); ok {
		t.Error("a picture two seconds late was taken for a recent one")
	}
}

func TestFirstDrawnAfter(t *testing.T) {
	pics := film(10, 720, 300*time.Millisecond)
	at, ok := firstDrawnAfter(pics, zero.Add(5*time.Second))
	after(t, "new picture", at, ok, 5350*time.Millisecond)
}

func TestFreezesAndRepeats(t *testing.T) {
	e := talkEnd{shown: film(6, 720, 0, [2]int{3000, 3600})}
	if n := freezes(e.fresh()); n != 1 {
		t.Errorf("%d freezes, want 1", n)
	}
	if d := e.longest(&talk{ended: zero.Add(6 * time.Second)}); d.Round(100*time.Millisecond) != 600*time.Millisecond {
		t.Errorf("longest gap %v, want 600 ms", d)
	}
	if d := e.longest(&talk{ended: zero.Add(9 * time.Second)}); d.Round(100*time.Millisecond) != 3*time.Second {
		t.Errorf("longest gap with a still end %v, want 3 s", d)
	}
	for i := range e.shown[120:150] {
		e.shown[120+i].number = e.shown[120].number // the same picture, shown again and again
	}
	if n := freezes(e.fresh()); n != 2 {
		t.Errorf("%d freezes with a picture that stands for a second; want 2", n)
	}
}
