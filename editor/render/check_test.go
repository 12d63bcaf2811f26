package render

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/editor"
	"parley/editor/ffmpeg"
)

// TestCheckRefuses hands the check films that differ from a right one in one
// thing each.
func TestCheckRefuses(t *testing.T) {
	dir := t.TempDir()
	clip := shot{name: "a.mp4", w: 160, h: 90, rate: "30", frames: 90, sound: "sine=440"}.make(t, dir)
	p := project(t, clip)
	good, _ := render(t, p)
	j := &job{Renderer: New(tools(t), t.TempDir(), editor.Effects{}), film: FilmOf(p)}
	if err := j.prepare(t.Context(), filepath.Join(dir, "none.mp4")); err != nil {
		t.Fatal(err)
	}
	if err := check(t.Context(), tools(t), good, j.plan); err != nil {
		t.Fatalf("a right film is refused: %v", err)
	}
	tests := []struct {
		name, says string
		args       []string
	}{
		{"index at the end", "moov", []string{"-c", "copy"}},
		{"no sound", "no sound", []string{"-c", "copy", "-an", "-movflags", "+faststart"}},
		{"no picture", "it has no picture", []string{"-c", "copy", "-vn", "-movflags", "+faststart"}},
		{"pixels not square", "aspect", []string{"-c", "copy", "-aspect", "4/3", "-movflags", "+faststart"}},
		{"another profile", "profile", []string{"-c:a", "copy", "-c:v", "libx264", "-profile:v", "main", "-movflags", "+faststart"}},
		{"another rate", "frame rate", []string{"-c:a", "copy", "-c:v", "libx264", "-r", "25", "-movflags", "+faststart"}},
		{"colours not tagged", "matrix", []string{"-c", "copy", "-bsf:v", "h264_metadata=matrix_coefficients=2:colour_primaries=2:transfer_characteristics=2", "-movflags", "+faststart"}},
		{"full range", "pixel format", []string{"-c", "copy", "-bsf:v", "h264_metadata=video_full_range_flag=1", "-movflags", "+faststart"}},
		{"a frame too few", "ends", []string{"-c", "copy", "-frames:v", "89", "-movflags", "+faststart"}},
		{"a gap", "rate", []string{"-c", "copy", "-bsf:v", "setts=ts=TS+if(gt(N\\,40)\\,256\\,0)", "-movflags", "+faststart"}},
		{"mono", "channels", []string{"-c:v", "copy", "-ac", "1", "-movflags", "+faststart"}},
		{"44.1 kHz", "sample rate", []string{"-c:v", "copy", "-ar", "44100", "-movflags", "+faststart"}},
		{"sound too long", "sound ends", []string{"-c:v", "copy", "-af", "apad=whole_dur=3.2", "-movflags", "+faststart"}},
		{"sound too short", "sound ends", []string{"-c:v", "copy", "-af", "atrim=end=2.9", "-movflags", "+faststart"}},
	}
	for _, tt := range tests {
		path := filepath.Join(dir, "bad.mp4")
		run(t, append(append([]string{"-i", ffmpeg.InputArg(good)}, tt.args...), ffmpeg.InputArg(path))...)
		if err := check(t.Context(), tools(t), path, j.plan); !errors.Is(err, ErrCheck) || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
	damaged(t, good, filepath.Join(dir, "damaged.mp4"), j.plan)
}

// damaged overwrites pictures in the middle of the first group.
func damaged(t *testing.T, good, path string, plan *editor.Plan) {
	t.Helper()
	data, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	media := strings.Index(string(data), "mdat")
	for i := media + 2000; i < media+4000; i++ {
		data[i] = 0xa5
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := check(t.Context(), tools(t), path, plan); !errors.Is(err, ErrCheck) {
		t.Errorf("damaged pictures: %v", err)
	}
	if err := os.WriteFile(path, data[:len(data)-3000], 0o600); err != nil {
		t.Fatal(err)
	}
	if err := check(t.Context(), tools(t), path, plan); !errors.Is(err, ErrCheck) {
		t.Errorf("cut short: %v", err)
	}
}

func TestPacketTimes(t *testing.T) {
	const head = "#tb 0: 1/15360\n#media_type 0: video\n"
	tests := []struct{ name, listing, says string }{
		{"right", head + "0, -1024, 0, 512, 9, 0x1\n0, -512, 1024, 512, 9, 0x1\n0, 0, 512, 512, 9, 0x1\n", ""},
		{"one missing", head + "0, 0, 0, 512, 9, 0x1\n", "1 frames instead of 3"},
		{"a gap", head + "0, 0, 0, 512, 9, 0x1\n0, 512, 512, 512, 9, 0x1\n0, 1024, 1025, 512, 9, 0x1\n", "frame 2"},
		{"shown before decoded", head + "0, 0, 0, 512, 9, 0x1\n0, 1024, 512, 512, 9, 0x1\n0, 1025, 1025, 512, 9, 0x1\n", "out of order"},
		{"back in time", head + "0, 0, 0, 512, 9, 0x1\n0, 0, 512, 512, 9, 0x1\n0, 1, 1024, 512, 9, 0x1\n", "out of order"},
		{"no times", head + "0, NOPTS, NOPTS, 512, 9, 0x1\n0, 1, 1, 1, 9, 0x1\n0, 2, 2, 2, 9, 0x1\n", "frame 0"},
		{"nothing", "", "cannot be read"},
	}
	for _, tt := range tests {
		times, err := parsePackets([]byte(tt.listing))
		if err == nil {
			err = times.check(3, editor.DefaultOutput.Rate)
		}
		if tt.says == "" && err != nil || tt.says != "" && (err == nil || !strings.Contains(err.Error(), tt.says)) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

func FuzzPackets(f *testing.F) {
	f.Add([]byte("#tb 0: 1/15360\n0, 0, 0, 512, 9, 0x1\n"))
	f.Fuzz(func(t *testing.T, listing []byte) {
		times, err := parsePackets(listing)
		if err == nil && times.check(5, editor.DefaultOutput.Rate) == nil && len(times.pts) != 5 {
			t.Error("a wrong number of frames passed")
		}
	})
}

func FuzzBoxes(f *testing.F) {
	f.Add([]byte("\x00\x00\x00\x08ftyp\x00\x00\x00\x10moov\x00\x00\x00\x08trak\x00\x00\x00\x00mdat"))
	f.Add([]byte("\x00\x00\x00\x01moov\x00\x00\x00\x00\x00\x00\x00\x18abcdefgh"))
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "f.mp4")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if frontIndex(path) == nil && !strings.Contains(string(data), "moov") {
			t.Error("an index was found that is not there")
		}
		if countFrames(path, 7) == nil && !strings.Contains(string(data), "stsz") {
			t.Error("frames were found that are not there")
		}
	})
}

// TestProgress drives the tracker with a clock of its own.
func TestProgress(t *testing.T) {
	now := time.Unix(0, 0)
	var told []Progress
	tr := newTracker(func(p Progress) { told = append(told, p) }, func() time.Time { return now })
	tr.phase(Preparing)
	steps := []editor.Step{{Name: "a", Frames: 100}, {Name: "b", Frames: 300}}
	tr.expect(&editor.Plan{Output: editor.DefaultOutput, Pictures: steps, Frames: 400})
	tr.phase(Rendering)
	tr.reused(steps[0])
	for n := range int64(300) {
		now = now.Add(20 * time.Millisecond)
		tr.step(steps[1], ffmpeg.Progress{Frame: n})
	}
	half := told[len(told)/2]
	if left := half.Left.Seconds(); left < 2.5 || left > 4.5 {
		t.Errorf("after %.2f of 6 s it says %.1f s are left", half.Fraction, left)
	}
	if half.Speed < 1.3 || half.Speed > 2 { // the 10 s that were not spared take 6 s
		t.Errorf("speed %g", half.Speed)
	}
	tr.made(steps[1])
	tr.phase(Finishing)
	tr.phase(Checking)
	tr.phase(Done)
	if n := len(told); n > 300*20/100+6 {
		t.Errorf("told %d times", n)
	}
	for i, p := range told {
		if p.Fraction < 0 || p.Fraction > 1 || i > 0 && p.Fraction < told[i-1].Fraction {
			t.Errorf("report %d: fraction %g", i, p.Fraction)
		}
	}
	if end := told[len(told)-1]; end.Fraction != 1 || end.Phase != Done || end.Left != 0 {
		t.Errorf("the end is %+v", end)
	}
	if made, reused := tr.counts(); made != 1 || reused != 1 {
		t.Errorf("%d made, %d reused", made, reused)
	}
}
