package rtc

import (
	"bytes"
	"errors"
	"testing"
)

func TestH264Payloads(t *testing.T) {
	tests := map[string]struct {
		payloads [][]byte
		want     []byte // nil: broken
	}{
		"a single unit":     {[][]byte{{0x41, 9, 8}}, []byte{0, 0, 0, 1, 0x41, 9, 8}},
		"STAP-A":            {[][]byte{{0x78, 0, 2, 0x67, 1, 0, 1, 0x68}}, []byte{0, 0, 0, 1, 0x67, 1, 0, 0, 0, 1, 0x68}},
		"an empty STAP-A":   {[][]byte{{0x78}}, []byte{}},
		"STAP-A cut":        {[][]byte{{0x78, 0, 9, 0x67}}, nil},
		"STAP-A of nothing": {[][]byte{{0x78, 0, 0}}, nil},
		"STAP-A odd":        {[][]byte{{0x78, 0, 1, 0x67, 0}}, nil},
		"FU-A":              {[][]byte{{0x7c, 0x85, 1}, {0x7c, 0x05, 2}, {0x7c, 0x45, 3}}, []byte{0, 0, 0, 1, 0x65, 1, 2, 3}},
		"FU-A headless":     {[][]byte{{0x7c, 0x05, 2}}, nil},
		"FU-A cut":          {[][]byte{{0x7c, 0x85}}, nil},
		"FU-B":              {[][]byte{{0x7d, 0x85, 1}}, nil},
		"type 0":            {[][]byte{{0x60, 1}}, nil},
	}
	for name, test := range tests {
		unit, err := []byte{}, error(nil)
		for _, p := range test.payloads {
			if unit, err = (h264Depacket{}).add(unit, p); err != nil {
				break
			}
		}
		switch {
		case test.want == nil && !errors.Is(err, errPayload):
			t.Errorf("%s: %v, %v", name, unit, err)
		case test.want != nil && (err != nil || !bytes.Equal(unit, test.want)):
			t.Errorf("%s: %v, %v", name, unit, err)
		}
	}
}

func TestH264HeadsAndKeys(t *testing.T) {
	heads := map[string]bool{
		"\x67\x42": true, "\x68\xce": true, "\x06\x05": true, "\x09\x10": true, "\x78\x00": true,
		"\x65\x88": true, "\x41\x9a": true, "\x41\x1a": false, // first_mb_in_slice
		"\x7c\x85\x88": true, "\x7c\x05\x88": false, "\x7c\x85\x08": false, "\x65": false, "": false, "\x7d\x85\x88": false,
	}
	for payload, want := range heads {
		if got := (h264Depacket{}).isHead([]byte(payload)); got != want {
			t.Errorf("% x begins a frame: %v", payload, got)
		}
	}
	keys := map[string]bool{
		"\x00\x00\x00\x01\x67\x42\x00\x00\x01\x65\x88": true, "\x00\x00\x00\x01\x41\x9a": false,
		"\x00\x00\x00\x01\x67\x42\x00\x00\x01\x68\xce": false, "\x00\x00\x01": false, "": false,
	}
	for unit, want := range keys {
		if got := (h264Depacket{}).isKey([]byte(unit)); got != want {
			t.Errorf("% x is a key frame: %v", unit, got)
		}
	}
}

// Descriptors of RFC 7741 section 4.2.
func TestVP8Descriptors(t *testing.T) {
	tests := map[string]struct {
		payload []byte
		want    []byte // nil: broken
	}{
		"least":            {[]byte{0x10, 7}, []byte{7}},
		"short picture ID": {[]byte{0x90, 0x80, 0x11, 7}, []byte{7}},
		"long picture ID":  {[]byte{0x90, 0x80, 0x91, 0x22, 7}, []byte{7}},
		"TL0PICIDX":        {[]byte{0x90, 0x40, 1, 7}, []byte{7}},
		"TID and KEYIDX":   {[]byte{0x90, 0x30, 1, 7}, []byte{7}},
		"everything":       {[]byte{0x90, 0xf0, 0x91, 0x22, 1, 1, 7}, []byte{7}},
		"nothing":          {[]byte{}, nil},
		"no frame":         {[]byte{0x10}, nil},
		"extension cut":    {[]byte{0x90}, nil},
		"picture ID cut":   {[]byte{0x90, 0x80}, nil},
		"long ID cut":      {[]byte{0x90, 0x80, 0x91}, nil},
		"all of it header": {[]byte{0x90, 0xf0, 0x91, 0x22, 1, 1}, nil},
	}
	for name, test := range tests {
		unit, err := vp8Depacket{}.add(nil, test.payload)
		switch {
		case test.want == nil && !errors.Is(err, errPayload):
			t.Errorf("%s: %v, %v", name, unit, err)
		case test.want != nil && !bytes.Equal(unit, test.want):
			t.Errorf("%s: %v, %v", name, unit, err)
		}
	}
	for payload, want := range map[string]bool{"\x10\x00": true, "\x00\x00": false, "\x11\x00": false, "": false} {
		if got := (vp8Depacket{}).isHead([]byte(payload)); got != want {
			t.Errorf("% x begins a frame: %v", payload, got)
		}
	}
}
