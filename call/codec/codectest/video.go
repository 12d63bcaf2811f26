package codectest

import (
	"errors"
	"testing"

	"parley/call"
)

// Video runs the conformance tests of a picture codec.
func Video(t *testing.T, codec call.VideoCodec) {
	tests := []struct {
		name string
		run  func(*testing.T, call.VideoCodec)
	}{
		{"RoundTrip", roundTrip},
		{"Modes", modes},
		{"ScreenText", screenText},
		{"OddSizes", oddSizes},
		{"SizeChange", sizeChange},
		{"WrongPicture", wrongPicture},
		{"StandingClock", standingClock},
		{"ForceKeyFrame", forceKeyFrame},
		{"KeyFrameBound", keyFrameBound},
		{"Rate", rate},
		{"RateFollowed", rateFollowed},
		{"Broken", broken},
		{"Garbage", garbage},
		{"Close", closing},
		{"Concurrent", concurrent},
		{"Memory", memory},
		{"Allocations", allocations},
		{"FFmpeg", ffmpegAgrees},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { test.run(t, codec) })
	}
}

// talk is an encoder and a decoder, wired.
type talk struct {
	t     testing.TB
	codec call.VideoCodec
	enc   call.VideoEncoder
	dec   call.VideoDecoder
	buf   []byte
	dst   call.Picture
}

func newTalk(t testing.TB, codec call.VideoCodec, cfg call.VideoConfig) *talk {
	t.Helper()
	enc, err := codec.NewEncoder(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { mustClose(t, enc) })
	k := &talk{t: t, codec: codec, enc: enc}
	k.freshDecoder()
	return k
}

func (k *talk) freshDecoder() {
	k.t.Helper()
	dec, err := k.codec.NewDecoder()
	if err != nil {
		k.t.Fatal(err)
	}
	k.t.Cleanup(func() { mustClose(k.t, dec) })
	k.dec = dec
}

// encode returns the unit of pic, valid until the next; ok is false where rate
// control left it out.
func (k *talk) encode(pic *call.Picture) (unit []byte, key, ok bool) {
	k.t.Helper()
	unit, key, err := k.enc.Encode(pic, k.buf)
	if errors.Is(err, call.ErrFrameDropped) {
		return nil, false, false
	}
	if err != nil {
		k.t.Fatal(err)
	}
	if isKey := k.codec.IsKeyFrame(unit); isKey != key {
		k.t.Fatalf("the encoder says key %v, IsKeyFrame %v", key, isKey)
	}
	k.buf = unit
	return unit, key, true
}

// units encodes n pictures and keeps the units.
func (k *talk) units(m *Motion, n int) [][]byte {
	k.t.Helper()
	var out [][]byte
	for range n {
		if unit, _, ok := k.encode(m.Next()); ok {
			out = append(out, append([]byte(nil), unit...))
		}
	}
	return out
}

// mustShow decodes a unit that has to give a picture.
func (k *talk) mustShow(unit []byte) *call.Picture {
	k.t.Helper()
	shown, err := k.dec.Decode(unit, &k.dst)
	if err != nil || !shown {
		k.t.Fatalf("Decode: shown %v, %v", shown, err)
	}
	return &k.dst
}

func config(width, height int, fps float64, bps int) call.VideoConfig {
	return call.VideoConfig{Width: width, Height: height, FrameRate: fps, BitRate: bps}
}
