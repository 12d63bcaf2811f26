package aac

import (
	"bytes"
	"errors"
	"slices"
	"testing"
)

var stereo = Config{Rate: 48000, Channels: 2}

// block is a packet that begins as a pair with one window and ends with its
// number.
func block(sequence, shape byte, number byte) []byte {
	// 001 pair, 0000 tag, 1 common window, 0 reserved, sequence, shape
	return []byte{0b001_0000_1, sequence<<5 | shape<<4, 0, 0, number}
}

// stream is an ADTS stream of packets.
func stream(t testing.TB, c Config, blocks ...[]byte) *Stream {
	t.Helper()
	s, err := ReadStream(bytes.NewReader(adts(t, c, blocks...)), int64(len(adts(t, c, blocks...))))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func adts(t testing.TB, c Config, blocks ...[]byte) []byte {
	t.Helper()
	var all []byte
	for _, b := range blocks {
		var err error
		if all, err = c.appendHeader(all, len(b)); err != nil {
			t.Fatal(err)
		}
		all = append(all, b...)
	}
	return all
}

// TestStreamRoundTrip reads what was written, with and without check sums.
func TestStreamRoundTrip(t *testing.T) {
	for _, c := range []Config{stereo, {44100, 1}, {8000, 2}, {96000, 1}} {
		data := adts(t, c, block(0, 1, 1), block(1, 0, 2), block(2, 0, 3))
		s, err := ReadStream(bytes.NewReader(data), int64(len(data)))
		if err != nil || s.Config != c || s.Len() != 3 {
			t.Fatalf("%v: %v, %+v", c, err, s)
		}
		var out bytes.Buffer
		if err := s.Copy(&out, 0, 3); err != nil || !bytes.Equal(out.Bytes(), data) {
			t.Errorf("%v: %x instead of %x, %v", c, out.Bytes(), data, err)
		}
		if got, want := s.Window(1), (Window{known: true, sequence: longStart}); got != want {
			t.Errorf("window %+v instead of %+v", got, want)
		}
	}
	protected := adts(t, stereo, block(0, 1, 7))
	protected[1] &^= 1
	protected[4] += crcSize >> 3
	protected[5] += crcSize << 5 & 0xff
	protected = slices.Insert(protected, headerSize, 0xab, 0xcd)
	s, err := ReadStream(bytes.NewReader(protected), int64(len(protected)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := s.Copy(&out, 0, 1); err != nil || !bytes.Equal(out.Bytes(), adts(t, stereo, block(0, 1, 7))) {
		t.Errorf("a packet with a check sum became %x, %v", out.Bytes(), err)
	}
}

// TestRefused are streams that cannot be joined with others.
func TestRefused(t *testing.T) {
	good := adts(t, stereo, block(0, 1, 1), block(0, 1, 2))
	change := func(at int, to byte) []byte {
		data := slices.Clone(good)
		data[at] = to
		return data
	}
	tests := map[string][]byte{
		"nothing":           {},
		"half a header":     good[:5],
		"half a packet":     good[:len(good)-1],
		"no sync word":      change(0, 0xfe),
		"another layer":     change(1, 0xf3),
		"main profile":      change(2, 0<<6|3<<2),
		"a reserved rate":   change(2, 1<<6|13<<2),
		"a configuration 0": change(3, 0x00),
		"5.1":               change(2, 1<<6|3<<2|1),
		"two blocks":        change(6, 0xfd),
		"no length":         change(4, 0),
		"a change of rate":  append(slices.Clone(good), adts(t, Config{44100, 2}, block(0, 1, 3))...),
	}
	for name, data := range tests {
		if _, err := ReadStream(bytes.NewReader(data), int64(len(data))); !errors.Is(err, ErrStream) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestWindows reads the window behind what may stand before the sound.
func TestWindows(t *testing.T) {
	long := Window{known: true, sequence: onlyLong, shape: 1}
	tests := []struct {
		name string
		data []byte
		want Window
	}{
		{"a pair", block(0, 1, 0), long},
		{"a pair of unlike windows", []byte{0b001_0000_0, 0x10, 0}, Window{}},
		{"a single channel", []byte{0b000_0000_0, 0b0000000_0, 0b00_1_00000}, long},
		{"fill, then a pair", []byte{0b110_0001_1, 0b1111111_0, 0b01_0000_1_0, 0b00_1_00000}, long},
		{"a data element, aligned", []byte{0b100_0000_1, 1, 0xff, 0b001_0000_1, 0b0_00_1_0000}, long},
		{"a program config", []byte{0b101_00000, 0, 0}, Window{}},
		{"the end", []byte{0b111_00000}, Window{}},
		{"too short", []byte{0b001_0000_1}, Window{}},
		{"nothing", nil, Window{}},
	}
	for _, tt := range tests {
		if got := windowOf(tt.data); got != tt.want {
			t.Errorf("%s: %+v instead of %+v", tt.name, got, tt.want)
		}
	}
}

// FuzzStream reads what strangers call ADTS: whatever is accepted can be
// written again and is then the same.
func FuzzStream(f *testing.F) {
	f.Add(adts(f, stereo, block(0, 1, 1), block(1, 0, 2)))
	f.Add(adts(f, Config{44100, 1}, []byte{0b110_1111_1, 0xff, 0xff}))
	f.Add([]byte{0xff, 0xf0, 0x50, 0x80, 0x01, 0x7f, 0xfc, 1, 2, 3, 4})
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := ReadStream(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return
		}
		var out bytes.Buffer
		if err := s.Copy(&out, 0, s.Len()); err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
		again, err := ReadStream(bytes.NewReader(out.Bytes()), int64(out.Len()))
		if err != nil || again.Len() != s.Len() || again.Config != s.Config {
			t.Fatalf("written again it is another stream: %v", err)
		}
		for n := range s.Len() {
			if s.Window(n) != again.Window(n) {
				t.Fatalf("packet %d has another window", n)
			}
		}
	})
}
