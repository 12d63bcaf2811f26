package ffmpeg

import (
	"math"
	"strings"
	"testing"

	"parley/editor"
)

// beeps are 0.6 s of a tone in every 2 s, at -15 dB.
const beeps = "-f lavfi -i aevalsrc='0.25*sin(2*PI*600*t)*lt(mod(t,2),0.6)':s=48000 -t 30 "

// TestLevels measures where the beeps are in files of all kinds, from their
// beginning and from the middle, on the file's own clock.
func TestLevels(t *testing.T) {
	tools := found(t)
	step := editor.Rational(1, 10)
	for name, args := range map[string]string{
		"a.wav": beeps, "a.m4a": beeps + "-c:a aac", "a.mkv": beeps + "-c:a libopus", "a.ts": beeps + "-c:a mp2", "a.flac": beeps + "-ac 6",
		"late.mkv": "-itsoffset 1 " + beeps + "-c:a pcm_s16le",
	} {
		m := probe(t, tools, generate(t, tools, name, args))
		sound := audio(t, m)
		for _, from := range []editor.Time{{}, editor.Rational(14, 1), editor.Rational(29, 1)} {
			begin := sound.Start.Add(from)
			got, err := tools.Levels(t.Context(), m, sound.Index, begin, begin.Add(editor.Rational(4, 1)), step)
			if err != nil || len(got) != 40 {
				t.Errorf("%s from %s s: %d levels, %v", name, from, len(got), err)
				continue
			}
			for i, db := range got {
				at := math.Mod(from.Float()+float64(i)/10+0.05, 2)
				loud := at < 0.6 && from.Float()+float64(i)/10 < 30
				if edge := math.Abs(at-0.6) < 0.11 || at < 0.11 || at > 1.89; !edge && (db > -30) != loud {
					t.Errorf("%s: %.1f dB at %.2f s", name, db, from.Float()+float64(i)/10)
				}
			}
		}
	}
}

func TestLevelsRefused(t *testing.T) {
	tools := found(t)
	m := probe(t, tools, generate(t, tools, "a.wav", beeps))
	for _, step := range []editor.Time{{}, editor.Rational(-1, 10), editor.Rational(1, 100000)} {
		if _, err := tools.Levels(t.Context(), m, 0, editor.Time{}, editor.Rational(1, 1), step); err == nil {
			t.Errorf("levels every %s s", step)
		}
	}
	if _, err := tools.Levels(t.Context(), m, 7, editor.Time{}, editor.Rational(1, 1), editor.Rational(1, 10)); err == nil {
		t.Error("levels of a stream that is not there")
	}
}

// TestFrozen finds black, standing and moving pictures.
func TestFrozen(t *testing.T) {
	tools := found(t)
	graph := "-f lavfi -i color=black:s=160x90:r=25:d=3 -f lavfi -i testsrc2=s=160x90:r=25:d=4 -f lavfi -i color=red:s=160x90:r=25:d=3 -filter_complex [0][1][2]concat=n=3 -c:v libx264 -preset veryfast -g 30 "
	for _, name := range []string{"a.mp4", "a.mkv", "a.ts"} {
		m := probe(t, tools, generate(t, tools, name, graph))
		v := video(t, m)
		for _, tt := range []struct {
			from, to int64
			want     [][2]float64
		}{
			{0, 10, [][2]float64{{0, 3}, {7, 10}}},
			{2, 8, [][2]float64{{2, 3}, {7, 8}}},
			{4, 6, nil},
			{8, 10, [][2]float64{{8, 10}}},
		} {
			got, err := tools.Frozen(t.Context(), m, v.Index, v.Start.Add(editor.Rational(tt.from, 1)), v.Start.Add(editor.Rational(tt.to, 1)), editor.Rational(8, 10))
			if err != nil || len(got) != len(tt.want) {
				t.Errorf("%s from %d s to %d s: %v, %v", name, tt.from, tt.to, got, err)
				continue
			}
			for i, s := range got {
				from, to := s.From.Sub(v.Start).Float(), s.To.Sub(v.Start).Float()
				if math.Abs(from-tt.want[i][0]) > 0.09 || math.Abs(to-tt.want[i][1]) > 0.09 {
					t.Errorf("%s from %d s to %d s: %.2f to %.2f", name, tt.from, tt.to, from, to)
				}
			}
		}
	}
}

func TestLoudness(t *testing.T) {
	tools := found(t)
	m := probe(t, tools, generate(t, tools, "a.wav", "-f lavfi -i sine=997:r=48000:d=5 -af volume=4.0dB,pan=stereo|c0=c0|c1=c0"))
	l, err := tools.Loudness(t.Context(), m, 0)
	// lavfi's sine is at -18.06 dB; 997 Hz in both channels is as loud as its level says.
	if err != nil || math.Abs(l.Integrated+14.06) > 0.2 || math.Abs(l.Peak+14.06) > 0.2 {
		t.Errorf("%+v, %v", l, err)
	}
	still := probe(t, tools, generate(t, tools, "b.wav", "-f lavfi -i anullsrc=d=2"))
	if l, err := tools.Loudness(t.Context(), still, 0); err != nil || l.Integrated != quietest {
		t.Errorf("silence: %+v, %v", l, err)
	}
}

func TestReadMetadata(t *testing.T) {
	text := "frame:0    pts:0       pts_time:0\nlavfi.black_start=0\nlavfi.black_end=2.5\nlavfi.r128.I=nan\nlavfi.x=text\n=5\nlavfi.freezedetect.freeze_start=1e300\nlavfi.black_start=7\n"
	var f frozen
	if err := readMetadata(strings.NewReader(text), f.take); err != nil {
		t.Fatal(err)
	}
	got := f.stretches(editor.Rational(10, 1), editor.Rational(20, 1))
	want := []editor.Stretch{{From: editor.Rational(10, 1), To: editor.Rational(25, 2)}, {From: editor.Rational(17, 1), To: editor.Rational(20, 1)}}
	if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("%v", got)
	}
}

func FuzzFrozen(f *testing.F) {
	f.Add("lavfi.black_start=0\nlavfi.black_end=2.5\n")
	f.Add("lavfi.freezedetect.freeze_start=-5\nlavfi.freezedetect.freeze_end=1e9\n")
	f.Fuzz(func(t *testing.T, text string) {
		var found frozen
		if err := readMetadata(strings.NewReader(text), found.take); err != nil {
			return
		}
		from, to := editor.Rational(5, 1), editor.Rational(9, 1)
		last := from
		for _, s := range found.stretches(from, to) {
			if s.From.Cmp(last) < 0 || s.To.Cmp(to) > 0 || s.Length().Cmp(editor.Time{}) <= 0 {
				t.Fatalf("%+v is not between %s and %s", s, from, to)
			}
			last = s.To
		}
	})
}
