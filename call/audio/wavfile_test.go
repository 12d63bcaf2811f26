package audio

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"parley/call"
	"parley/call/audio/audiotest"
)

// wav writes a file with a chunk in it that no reader knows.
func wav(channels, rate, bits int, pcm []int16) []byte {
	var b bytes.Buffer
	put := func(v ...any) {
		for _, x := range v {
			if err := binary.Write(&b, binary.LittleEndian, x); err != nil {
				panic(err)
			}
		}
	}
	put([]byte("RIFF"), uint32(0), []byte("WAVE"))
	put([]byte("LIST"), uint32(3), []byte("abc\x00")) // odd size: padded
	put([]byte("fmt "), uint32(16), uint16(1), uint16(channels), uint32(rate),
		uint32(rate*channels*bits/8), uint16(channels*bits/8), uint16(bits))
	put([]byte("data"), uint32(2*len(pcm)), pcm)
	return b.Bytes()
}

func TestReadWAV(t *testing.T) {
	for _, c := range []struct {
		name           string
		channels, rate int
		pcm, want      []int16
	}{
		{"mono", 1, 48000, []int16{1, -2, 3}, []int16{1, -2, 3}},
		{"stereo is mixed", 2, 48000, []int16{10, 20, -32768, -32768}, []int16{15, -32768}},
		{"half the rate", 1, 24000, []int16{0, 10, 20}, []int16{0, 5, 10, 15, 20, 20}},
		{"twice the rate", 1, 96000, []int16{0, 5, 10, 15}, []int16{0, 10}},
	} {
		got, err := ReadWAV(bytes.NewReader(wav(c.channels, c.rate, 16, c.pcm)))
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, %v, want %v", c.name, got, err, c.want)
		}
	}
}

func TestWAVKeepsAToneWhenResampled(t *testing.T) {
	pcm := make([]int16, 44100)
	for i := range pcm {
		pcm[i] = int16(16000 * math.Sin(2*math.Pi*440*float64(i)/44100))
	}
	got, err := ReadWAV(bytes.NewReader(wav(1, 44100, 16, pcm)))
	if err != nil {
		t.Fatal(err)
	}
	if strength := audiotest.Strength(got, 440); len(got) != call.SampleRate || strength < 0.47 {
		t.Errorf("%d samples of strength %.2f", len(got), strength)
	}
}

func TestOtherFilesAreNotWAV(t *testing.T) {
	good := wav(1, 48000, 16, []int16{1})
	for name, data := range map[string][]byte{
		"nothing":    nil,
		"text":       []byte("some text that is long enough to be a header of a file"),
		"8 bits":     wav(1, 48000, 8, []int16{1}),
		"no channel": wav(0, 48000, 16, []int16{1}),
		"no rate":    wav(1, 0, 16, []int16{1}),
		"no sample":  wav(1, 48000, 16, nil),
		"cut":        good[:30],
	} {
		if pcm, err := ReadWAV(bytes.NewReader(data)); !errors.Is(err, ErrNotWAV) {
			t.Errorf("%s: %v, %v", name, pcm, err)
		}
	}
}

func TestOpenWAVLoops(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.wav")
	if err := os.WriteFile(path, wav(1, 48000, 16, []int16{1, 2, 3}), 0o600); err != nil {
		t.Fatal(err)
	}
	signal, err := OpenWAV(path)
	if err != nil {
		t.Fatal(err)
	}
	block := make([]int16, 5)
	signal(block)
	signal(block)
	if want := []int16{3, 1, 2, 3, 1}; !slices.Equal(block, want) {
		t.Errorf("%v, want %v", block, want)
	}
	if _, err := OpenWAV(path + "x"); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}

func FuzzReadWAV(f *testing.F) {
	f.Add(wav(1, 48000, 16, []int16{1, 2, 3}))
	f.Add(wav(2, 8000, 16, []int16{1, 2, 3}))
	f.Add(wav(3, 44100, 16, []int16{1, 2, 3})[:50])
	f.Fuzz(func(t *testing.T, data []byte) {
		pcm, err := ReadWAV(bytes.NewReader(data))
		if err != nil {
			return
		}
		if len(pcm) == 0 || len(pcm) > len(data)*call.SampleRate/minRate {
			t.Errorf("%d samples from %d bytes", len(pcm), len(data))
		}
		loop(pcm)(make([]int16, call.BlockSamples))
	})
}
