package call

import (
	"slices"
	"testing"
)

// said collects what a hearing says of blocks of one value, with the block at
// which it says so.
func (h *hearing) said(blocks int, value int16) (at []int, what []string) {
	block := slices.Repeat([]int16{value}, BlockSamples)
	for i := range blocks {
		if s := h.add(block); s != "" {
			at, what = append(at, i+1), append(what, s)
		}
	}
	return at, what
}

func TestSilentMicrophoneIsToldOnceASilence(t *testing.T) {
	var h hearing
	at, what := h.said(3*warnAgain, 3)
	if !slices.Equal(at, []int{500}) || what[0] != silentSentence {
		t.Errorf("said %q at %v", what, at)
	}
	h.said(10, 1000)
	if at, _ := h.said(silentAfter, 0); len(at) != 1 {
		t.Errorf("a new silence was told at %v", at)
	}
	h.said(10, 1000)
	if at, _ := h.said(silentAfter, 0); len(at) != 0 {
		t.Error("told again within a minute")
	}
}

func TestPauseIsNoSilence(t *testing.T) {
	var h hearing
	for range 10 {
		if at, what := h.said(silentAfter-1, 0); len(at) > 0 {
			t.Fatal(what)
		}
		h.pause()
	}
}

func TestClippingIsToldOnceAMinute(t *testing.T) {
	var h hearing
	at, what := h.said(2*warnAgain, -32768)
	if !slices.Equal(at, []int{clipAfter, clipAfter + warnAgain}) || what[0] != clipSentence {
		t.Errorf("said %q at %v", what, at)
	}
	h = hearing{}
	for range 10 { // a knock a second
		h.said(2, 32767)
		if at, what := h.said(98, 20000); len(at) > 0 {
			t.Errorf("said %q of knocks", what)
		}
	}
}
