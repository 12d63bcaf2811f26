package vp8

import (
	"testing"

	"parley/call"
)

// TestWishesDoNotWaitForEncode holds the lock of an Encode in progress: a
// method that waited for it would never come back.
func TestWishesDoNotWaitForEncode(t *testing.T) {
	e, err := NewEncoder(call.VideoConfig{Width: 64, Height: 64, FrameRate: 30, BitRate: 100_000})
	if err != nil {
		t.Fatal(err)
	}
	e.mu.Lock()
	e.SetBitRate(200_000)
	e.SetFrameRate(15)
	e.ForceKeyFrame()
	e.mu.Unlock()
	pic := call.NewPicture(64, 64)
	if _, _, err := e.Encode(pic, nil); err != nil {
		t.Fatal(err)
	}
	if e.bitRate != 200_000 {
		t.Errorf("bit rate %d after the next picture, want 200000", e.bitRate)
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
}
