package codectest

import (
	"testing"

	"parley/call"
)

// idleTail is how many bytes at the end of a unit may carry nothing: arithmetic
// coders flush more than is needed.
const idleTail = 8

// broken cuts units short: each cut must be an error, and so must all that
// follows until the next key frame.
func broken(t *testing.T, codec call.VideoCodec) {
	k := newTalk(t, codec, config(320, 180, 30, 600_000))
	m := NewMotion(320, 180, 30)
	units := k.units(m, 8)
	k.enc.ForceKeyFrame()
	again := k.units(m, 1)[0]
	for i, step := range []int{197, 83, 31} {
		whole := units[i*2]
		for cut := 0; cut < len(whole)-idleTail; cut += step {
			k.freshDecoder()
			for _, unit := range units[:i*2] {
				k.mustShow(unit)
			}
			k.expectBroken(whole[:cut], units[max(i*2, 1)])
			k.mustShow(again)
		}
	}
}

// expectBroken decodes a unit cut short, and then one that would fit if the
// decoder forgot about it.
func (k *talk) expectBroken(cut, next []byte) {
	k.t.Helper()
	if shown, err := k.dec.Decode(cut, &k.dst); err == nil || shown {
		k.t.Errorf("the first %d bytes of a unit: shown %v, %v", len(cut), shown, err)
	}
	if shown, err := k.dec.Decode(next, &k.dst); err == nil || shown {
		k.t.Errorf("after %d bytes of a unit the next is decoded: shown %v, %v", len(cut), shown, err)
	}
}

func garbage(t *testing.T, codec call.VideoCodec) {
	k := newTalk(t, codec, config(320, 180, 30, 600_000))
	units := k.units(NewMotion(320, 180, 30), 3)
	for _, unit := range [][]byte{nil, {}, {0}, {0, 0, 1}, {0, 0, 0, 1, 0x65}, make([]byte, 5000), units[1]} {
		k.freshDecoder()
		if shown, err := k.dec.Decode(unit, &k.dst); shown || err == nil {
			t.Errorf("%d bytes without a key frame: shown %v, %v", len(unit), shown, err)
		}
		k.mustShow(units[0])
		k.mustShow(units[1])
	}
}

func closing(t *testing.T, codec call.VideoCodec) {
	k := newTalk(t, codec, config(320, 180, 30, 600_000))
	m := NewMotion(320, 180, 30)
	units := k.units(m, 1)
	for range 2 {
		mustClose(t, k.enc)
		mustClose(t, k.dec)
	}
	if _, _, err := k.enc.Encode(m.Next(), nil); err == nil {
		t.Error("Encode works after Close")
	}
	if _, err := k.dec.Decode(units[0], &k.dst); err == nil {
		t.Error("Decode works after Close")
	}
	k.enc.ForceKeyFrame()
	k.enc.SetBitRate(1)
	k.enc.SetFrameRate(1)
}

// FuzzVideo feeds a decoder what strangers send, starting from real units, and
// then a good stream, which it must show.
func FuzzVideo(f *testing.F, codec call.VideoCodec) {
	k := newTalk(f, codec, config(64, 48, 30, 100_000))
	good := k.units(NewMotion(64, 48, 30), 4)
	for _, unit := range good {
		f.Add(unit, unit[:len(unit)/2])
	}
	large := newTalk(f, codec, config(160, 90, 30, 300_000)).units(NewMotion(160, 90, 30), 2)
	f.Add(large[0], good[1])
	f.Add(good[0], large[1])
	f.Fuzz(func(t *testing.T, first, second []byte) {
		dec, err := codec.NewDecoder()
		if err != nil {
			t.Fatal(err)
		}
		defer mustClose(t, dec)
		feed(t, dec, good[0], first, second, good[1], good[2], first)
		var dst call.Picture
		if shown, err := dec.Decode(good[0], &dst); err != nil || !shown || dst.Width() != 64 {
			t.Fatalf("a good key frame after bad ones: shown %v, %v", shown, err)
		}
	})
}

// feed decodes whatever it is given and checks what comes out for its shape.
func feed(t *testing.T, dec call.VideoDecoder, units ...[]byte) {
	var dst call.Picture
	for _, unit := range units {
		shown, err := dec.Decode(unit, &dst)
		if shown && (err != nil || len(dst.Y) != dst.Width()*dst.Height() || len(dst.Y) == 0) {
			t.Fatalf("shown %dx%d with %d bytes of luma, %v", dst.Width(), dst.Height(), len(dst.Y), err)
		}
	}
}
