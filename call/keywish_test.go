package call

import (
	"testing"
	"time"
)

// received asks a wish about frames of some size, 30 a second, of which a key
// frame comes granted frames after it is wanted (0: never), and tells when key
// frames came or, where none is granted, since when one was wanted.
func received(k *keyWish, seconds, size, keySize, granted int) (at []time.Duration) {
	begin, left := time.Unix(1000, 0), -1
	for n := range seconds * 30 {
		f := EncodedFrame{Unit: make([]byte, size), At: begin.Add(time.Duration(n) * time.Second / 30)}
		if left == 0 {
			f.Unit, f.Key = make([]byte, keySize), true
		}
		left--
		switch wanted := k.came(f); {
		case f.Key:
			at = append(at, f.At.Sub(begin))
		case wanted && granted == 0:
			return append(at, f.At.Sub(begin))
		case wanted && left < 0:
			left = granted - 1
		}
	}
	return at
}

// A recording has a key frame every few seconds, seldomer where it costs much.
func TestKeyFramesOfARecording(t *testing.T) {
	for _, c := range []struct {
		name          string
		size, keySize int // of a frame and a key frame, in bytes
		least, most   time.Duration
	}{
		{"a good line", 8000, 60_000, keyShortest, keyShortest + time.Second},
		{"a thin line", 1200, 20_000, 6 * time.Second, 8 * time.Second},
		{"a still picture", 50, 60_000, keyLongest, keyLongest + time.Second},
	} {
		var k keyWish
		k.begin()
		at := received(&k, 120, c.size, c.keySize, 5)
		if len(at) < 3 || at[0] > time.Second {
			t.Errorf("%s: key frames at %v", c.name, at)
			continue
		}
		for i := 1; i < len(at); i++ {
			if apart := at[i] - at[i-1]; apart < c.least || apart > c.most {
				t.Errorf("%s: key frames %v apart, want %v to %v", c.name, apart, c.least, c.most)
			}
		}
	}
}

// A wish stands until it is granted, and outlives no recording.
func TestAWishForAKeyFrameStands(t *testing.T) {
	var k keyWish
	if at := received(&k, 60, 8000, 60_000, 0); len(at) != 0 {
		t.Errorf("without a recording one is wanted after %v", at)
	}
	k.begin()
	for n := range 3 {
		if !k.came(EncodedFrame{Unit: make([]byte, 10), At: time.Unix(1000+int64(n), 0)}) {
			t.Errorf("frame %d: the wish is forgotten", n)
		}
	}
	k.end()
	if at := received(&k, 60, 8000, 60_000, 0); len(at) != 0 {
		t.Errorf("after the recording one is wanted after %v", at)
	}
}
