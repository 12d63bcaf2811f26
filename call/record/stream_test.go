package record

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"testing"
)

// The sizes that the parser reads are those that the encoder was given, of
// several profiles, with cropping and with fields.
func TestSPSSizes(t *testing.T) {
	needFFmpeg(t)
	for _, c := range []struct {
		w, h            int
		profile, pixels string
		extra           string
	}{
		{320, 240, "baseline", "yuv420p", ""},
		{1920, 1080, "high", "yuv420p", ""},
		{1918, 1078, "main", "yuv420p", ""},
		{720, 576, "high", "yuv420p", ":tff=1"},
		{642, 362, "high422", "yuv422p", ""},
		{641, 361, "high444", "yuv444p", ""},
		{640, 360, "high", "yuv420p", ":cqm=jvt"},
	} {
		t.Run(fmt.Sprint(c), func(t *testing.T) {
			out := run(t, "ffmpeg", "-v", "error", "-f", "lavfi", "-i", fmt.Sprintf("testsrc=s=%dx%d", c.w, c.h), "-frames:v", "1",
				"-pix_fmt", c.pixels, "-c:v", "libx264", "-profile:v", c.profile, "-x264-params", "aud=1"+c.extra, "-f", "h264", "-")
			s := &avcStream{}
			block, key := s.block([]byte(out), nil)
			if w, h, ok := s.size(); !ok || !key || w != c.w || h != c.h || len(block) == 0 {
				t.Errorf("read %dx%d (%v), a key frame: %v, %d bytes", w, h, ok, key, len(block))
			}
		})
	}
}

// A recorded unit has its parameter sets in it, once, and no start code.
func TestAVCBlock(t *testing.T) {
	sps := []byte{0x67, 0x42, 0xc0, 0x1f, 0xda, 0x02, 0x80, 0xf6, 0x40}
	annexB := func(nals ...[]byte) (b []byte) {
		for _, nal := range nals {
			b = append(append(b, 0, 0, 0, 1), nal...)
		}
		return b
	}
	pps, idr, slice, aud := []byte{0x68, 1}, []byte{0x65, 2, 3}, []byte{0x41, 4}, []byte{0x09, 0x10}
	s := &avcStream{}
	for i, c := range []struct {
		unit []byte
		want [][]byte
		key  bool
	}{
		{annexB(idr), nil, false}, // nothing to decode it with
		{annexB(slice), [][]byte{slice}, false},
		{annexB(aud, sps, pps), [][]byte{sps, pps}, false},
		{annexB(aud, idr), [][]byte{sps, pps, idr}, true},
		{annexB(aud, sps, pps, idr), [][]byte{sps, pps, idr}, true},
		{append(annexB(slice), 0, 0), [][]byte{slice}, false},
		{[]byte{1, 2, 3}, nil, false},
		{nil, nil, false},
	} {
		block, key := s.block(c.unit, nil)
		if got := cut(t, block); fmt.Sprint(got) != fmt.Sprint(c.want) || key != c.key {
			t.Errorf("%d: %x, key %v; want %x", i, got, key, c.want)
		}
	}
}

// cut splits NAL units that have their length before them.
func cut(t *testing.T, b []byte) (nals [][]byte) {
	t.Helper()
	for len(b) > 0 {
		if len(b) < 4 || int(binary.BigEndian.Uint32(b)) > len(b)-4 {
			t.Fatalf("no NAL unit: %x", b)
		}
		n := 4 + int(binary.BigEndian.Uint32(b))
		nals, b = append(nals, b[4:n]), b[n:]
	}
	return nals
}

func TestUnescape(t *testing.T) {
	got := unescape([]byte{1, 0, 0, 3, 1, 0, 0, 3, 0, 0, 3, 3, 0, 3})
	if want := []byte{1, 0, 0, 1, 0, 0, 0, 0, 3, 0, 3}; !bytes.Equal(got, want) {
		t.Errorf("%x, want %x", got, want)
	}
}

func TestVP8Size(t *testing.T) {
	w, h, ok := vp8Size([]byte{0x10, 0, 0, 0x9d, 1, 0x2a, 0x80, 0x42, 0xe0, 0x81})
	if !ok || w != 640 || h != 480 { // the upper two bits ask for scaling
		t.Errorf("%dx%d %v", w, h, ok)
	}
	for _, bad := range [][]byte{nil, {0x11, 0, 0, 0x9d, 1, 0x2a, 1, 0, 1, 0}, {0x10, 0, 0, 0x9d, 1, 0x2a, 0, 0, 1, 0}, {0x10, 0, 0, 0x9d, 1, 0x2b, 1, 0, 1, 0}} {
		if _, _, ok := vp8Size(bad); ok {
			t.Errorf("%x is no key frame", bad)
		}
	}
}

func FuzzStream(f *testing.F) {
	f.Add(true, []byte{0, 0, 1, 0x67, 0x42, 0xc0, 0x1f, 0xda, 0x02, 0x80, 0xf6, 0x40, 0, 0, 1, 0x68, 1, 0, 0, 1, 0x65, 2})
	f.Add(true, []byte{0, 0, 0, 1, 0x67, 100, 0, 31, 0xac, 0xd9, 0x40, 0x50, 0x05, 0xbb, 0x01, 0x10, 0, 0, 1, 0x68, 0xeb})
	f.Add(false, []byte{0x10, 0, 0, 0x9d, 1, 0x2a, 0x80, 2, 0xe0, 1})
	f.Fuzz(func(t *testing.T, avc bool, unit []byte) {
		var s stream = &vp8Stream{}
		if avc {
			s = &avcStream{}
		}
		for range 2 { // the second time with what the first has left
			block, key := s.block(unit, nil)
			if key {
				w, h, ok := s.size()
				if !ok || w < 1 || h < 1 || w > maxSide || h > maxSide || len(block) == 0 || s.header().CodecID == "" {
					t.Fatalf("a key frame of %dx%d, %d bytes", w, h, len(block))
				}
			}
			if avc {
				cut(t, block)
			}
		}
	})
}
