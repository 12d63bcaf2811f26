package mix

import (
	"encoding/binary"
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// chunk is one of a WAV file's.
func chunk(name string, data ...byte) []byte {
	b := binary.LittleEndian.AppendUint32([]byte(name), uint32(len(data)))
	b = append(b, data...)
	if len(data)%2 == 1 {
		b = append(b, 0)
	}
	return b
}

func format(kind, channels uint16, hz uint32, depth uint16) []byte {
	b := binary.LittleEndian.AppendUint16(nil, kind)
	b = binary.LittleEndian.AppendUint16(b, channels)
	b = binary.LittleEndian.AppendUint32(b, hz)
	b = binary.LittleEndian.AppendUint32(b, hz*uint32(channels*depth/8))
	b = binary.LittleEndian.AppendUint16(b, channels*depth/8)
	return binary.LittleEndian.AppendUint16(b, depth)
}

func riff(chunks ...[]byte) []byte {
	return append([]byte("RIFF\x00\x00\x00\x00WAVE"), slices.Concat(chunks...)...)
}

func openWAV(t testing.TB, data []byte) (Source, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.wav")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := WAV(path, rate)()
	if err == nil {
		t.Cleanup(func() { s.Close() })
	}
	return s, err
}

func TestWAV(t *testing.T) {
	short := []byte{0, 0x40, 0, 0xc0, 0xff, 0x7f, 0, 0x80}
	floats := binary.LittleEndian.AppendUint32(nil, math.Float32bits(0.5))
	floats = binary.LittleEndian.AppendUint32(floats, math.Float32bits(-0.5))
	nan := binary.LittleEndian.AppendUint32(nil, math.Float32bits(float32(math.NaN())))
	nan = binary.LittleEndian.AppendUint32(nan, math.Float32bits(float32(math.Inf(1))))
	extensible := append(format(wavExtensible, 2, rate, 32), 22, 0, 32, 0, 3, 0, 0, 0, 3, 0)
	endless := chunk("data", short...)
	binary.LittleEndian.PutUint32(endless[4:], math.MaxUint32)
	tests := []struct {
		name string
		data []byte
		want []float32
	}{
		{"16 bit", riff(chunk("fmt ", format(1, 2, rate, 16)...), chunk("data", short...)), []float32{0.5, -0.5, 32767.0 / 32768, -1, 0, 0}},
		{"other chunks before", riff(chunk("JUNK", 1, 2, 3), chunk("fmt ", format(1, 2, rate, 16)...), chunk("LIST", 9), chunk("data", short...)), []float32{0.5, -0.5, 32767.0 / 32768, -1, 0, 0}},
		{"a length that is not known", riff(chunk("fmt ", format(1, 2, rate, 16)...), endless), []float32{0.5, -0.5, 32767.0 / 32768, -1, 0, 0}},
		{"more behind", riff(chunk("fmt ", format(1, 2, rate, 16)...), chunk("data", short[:4]...), chunk("LIST", 9, 9, 9, 9)), []float32{0.5, -0.5, 0, 0, 0, 0}},
		{"float", riff(chunk("fmt ", format(3, 2, rate, 32)...), chunk("data", floats...)), []float32{0.5, -0.5, 0, 0, 0, 0}},
		{"extensible", riff(chunk("fmt ", extensible...), chunk("data", floats...)), []float32{0.5, -0.5, 0, 0, 0, 0}},
		{"no numbers", riff(chunk("fmt ", format(3, 2, rate, 32)...), chunk("data", nan...)), []float32{0, 0, 0, 0, 0, 0}},
	}
	for _, tt := range tests {
		s, err := openWAV(t, tt.data)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if got := read(t, s, 0, 3); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v", tt.name, got)
		}
		if got := read(t, s, -1, 3); !slices.Equal(got, slices.Concat([]float32{0, 0}, tt.want[:4])) {
			t.Errorf("%s from before its beginning: %v", tt.name, got)
		}
	}
}

func TestWAVRefused(t *testing.T) {
	tests := map[string][]byte{
		"nothing":         nil,
		"no samples":      riff(chunk("fmt ", format(1, 2, rate, 16)...)),
		"no format":       riff(chunk("data", 1, 2, 3, 4)),
		"another rate":    riff(chunk("fmt ", format(1, 2, 44100, 16)...), chunk("data", 1, 2, 3, 4)),
		"one channel":     riff(chunk("fmt ", format(1, 1, rate, 16)...), chunk("data", 1, 2, 3, 4)),
		"24 bit":          riff(chunk("fmt ", format(1, 2, rate, 24)...), chunk("data", 1, 2, 3, 4)),
		"a format cut":    riff(chunk("fmt ", 1, 0))[:22],
		"nothing but air": riff(slices.Repeat(chunk("JUNK"), 100)),
	}
	for name, data := range tests {
		if _, err := openWAV(t, data); !errors.Is(err, ErrWAV) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzWAV(f *testing.F) {
	f.Add(riff(chunk("fmt ", format(1, 2, rate, 16)...), chunk("data", 1, 2, 3, 4)))
	f.Add(riff(chunk("fmt ", format(3, 2, rate, 32)...), chunk("data", 1, 2, 3, 4, 5, 6, 7, 8)))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := openWAV(t, data)
		if err != nil {
			return
		}
		for _, v := range read(t, s, -3, 64) {
			if v != v || v > loudest || v < -loudest {
				t.Fatalf("a sample of %g", v)
			}
		}
	})
}
