package ffmpeg

import (
	"bytes"
	"context"
	"errors"
	"os"
	"testing"

	"parley/editor"
)

// tones is a sound that is loud from second 1 to 2 and from 3 to 4.
const tones = "aevalsrc=0.9*sin(2*PI*440*t)*eq(mod(floor(t)\\,2)\\,1):s=44100:d=4"

func TestWaveforms(t *testing.T) {
	tools := found(t)
	for _, tt := range []struct {
		name  string
		args  string
		track int
		from  float64 // when the first tone begins, counted from the file's first moment
	}{
		{"a.wav", "-f lavfi -i " + tones + "", 0, 1},
		{"late.mka", "-f lavfi -itsoffset 7 -i " + tones + " -c:a pcm_s16le", 0, 1},
		{"film.mkv", "-f lavfi -i color=s=64x64:r=10:d=4 -f lavfi -i " + tones + " -c:v mpeg4 -c:a flac", 0, 1},
		{"sound later.mkv", "-f lavfi -i color=s=64x64:r=10:d=6 -itsoffset 1.5 -f lavfi -i " + tones + " -c:v mpeg4 -c:a flac", 0, 2.5},
		{"picture later.mkv", "-itsoffset 0.4 -f lavfi -i color=s=64x64:r=10:d=4 -f lavfi -i " + tones + " -c:v mpeg4 -c:a flac", 0, 0.6},
		{"two.mkv", "-f lavfi -i anullsrc=d=4 -f lavfi -i " + tones + " -map 0 -map 1 -c:a flac", 1, 1},
	} {
		m := probe(t, tools, generate(t, tools, tt.name, tt.args))
		peaks, err := tools.Waveform(t.Context(), m, tt.track, nil)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		w := editor.NewWaveform(peaks)
		for since, want := range map[float64]bool{-0.5: false, 0.05: true, 0.9: true, 1.1: false, 1.9: false, 2.1: true} {
			at := tt.from + since
			if peak := w.Between(at, at+0.02); (peak.High > 100) != want || (peak.Low < -100) != want {
				t.Errorf("%s: at %v s the sound is %v; loud: %v", tt.name, at, peak, want)
			}
		}
	}
}

func TestAWaveformOfNothing(t *testing.T) {
	tools := found(t)
	if peaks, err := tools.Waveform(t.Context(), &editor.Media{Path: "/x"}, 0, nil); peaks != nil || err != nil {
		t.Errorf("of a file without sound: %d peaks, %v", len(peaks), err)
	}
	path := generate(t, tools, "a.wav", "-f lavfi -i "+tones)
	m := probe(t, tools, path)
	if _, err := tools.Waveform(t.Context(), m, 5, nil); err == nil {
		t.Error("a track that is not there has a sound")
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if _, err := tools.Waveform(t.Context(), m, 0, nil); err == nil {
		t.Error("a file that is not there has a sound")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := tools.Waveform(ctx, m, 0, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("given up: %v", err)
	}
}

func TestPeaks(t *testing.T) {
	data := make([]byte, 2*80*3+10) // 3 peaks and a bit
	data[2*85], data[2*85+1] = 0x00, 0x40
	data[2*90], data[2*90+1] = 0x00, 0x80
	peaks, err := readPeaks(bytes.NewReader(data), 1, nil)
	if err != nil || len(peaks) != 3 || peaks[0] != (editor.Peak{Low: -128, High: 64}) || peaks[1] != (editor.Peak{}) {
		t.Errorf("%v, %v", peaks, err)
	}
}
