package h264

import (
	"encoding/hex"
	"errors"
	"testing"
)

func TestReadSPS(t *testing.T) {
	for _, test := range []struct {
		name, sps string
		profile   uint32
		refused   bool
	}{
		{"OpenH264 1280x720", "6742c01f8c8d4028", 66, true}, // cut off before its size
		{"baseline 1280x720", "6742c01f95a014016e40", 66, false},
		{"High with everything off", "6764001facd9405005bb011000000300100000030320f1831960", 100, false},
		{"beyond level 5.1", "6742c033da001000008019", 66, true},
		{"empty", "67", 0, true},
	} {
		nal, err := hex.DecodeString(test.sps)
		if err != nil {
			t.Fatal(err)
		}
		profile, err := readSPS(nal)
		if (err != nil) != test.refused || err == nil && profile != test.profile {
			t.Errorf("%s: profile %d, %v", test.name, profile, err)
		}
		if err != nil && !errors.Is(err, ErrBroken) {
			t.Errorf("%s: %v is not ErrBroken", test.name, err)
		}
	}
}

func FuzzReadSPS(f *testing.F) {
	f.Add([]byte{0x67, 0x42, 0xc0, 0x1f, 0x95, 0xa0, 0x14, 0x01, 0x6e, 0x40})
	f.Add([]byte{0x67, 0x64, 0, 0x1f, 0xac, 0xd9, 0x40, 0x50, 0x05, 0xbb, 0, 0, 3})
	f.Fuzz(func(t *testing.T, nal []byte) {
		if len(nal) == 0 {
			return
		}
		if _, err := readSPS(nal); err != nil && !errors.Is(err, ErrBroken) {
			t.Fatal(err)
		}
	})
}

func TestEmulationPreventionIsLeftOut(t *testing.T) {
	r := bitReader{data: []byte{0, 0, 3, 1, 0, 0, 3, 0, 0, 3, 2}}
	for i, want := range []uint32{0, 0, 1, 0, 0, 0, 0, 2} {
		if got := r.bits(8); got != want {
			t.Errorf("byte %d is %d, want %d", i, got, want)
		}
	}
	if r.bits(1); !r.over {
		t.Error("the end was not noticed")
	}
}
