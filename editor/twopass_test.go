package editor

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestTwoPasses(t *testing.T) {
	lib := seedLibrary()
	line := whole(t, lib, "/s/one.mp4", "/s/two.mp4")
	for _, format := range []Format{MP4, WebM} {
		out := Output{Width: 320, Height: 180, Rate: Ratio{30, 1}, SampleRate: 48000, Format: format, MaxSize: 1_000_000}
		p, err := NewPlan(line, lib, out, Effects{}, opener)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range p.Pictures {
			first, second := strings.Join(s.Before, " "), strings.Join(s.Args, " ")
			if !strings.Contains(first, "-pass 1 -passlogfile p") || !strings.HasSuffix(first, "-f null -") || !strings.Contains(second, "-pass 2 -passlogfile p") || !strings.HasSuffix(second, "-f mp4") {
				t.Errorf("%s\n%s", first, second)
			}
			i := slices.Index(s.Args, "-b:v")
			if strings.Contains(second, "-crf") || strings.Count(second, "-b:v") != 1 || len(s.Args[i+1]) != 6 { // 8 s: 960000 bit/s, less the sound
				t.Error(second)
			}
		}
	}
	out := Output{Width: 1920, Height: 1080, Rate: Ratio{30, 1}, SampleRate: 48000, MaxSize: 200_000}
	if _, err := NewPlan(line, lib, out, Effects{}, opener); !errors.Is(err, ErrOutput) || !strings.Contains(err.Error(), "too few") {
		t.Error(err)
	}
}
