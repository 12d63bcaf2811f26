package render

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"parley/editor"
	"parley/editor/ffmpeg"
)

const (
	theirFirst = 100
	theirLate  = 45 // frames
)

// recording makes the folder of a call of 4 s in which the other side appears
// after a second and a half, its file's time stamps beginning there. Frame
// numbers and pips tell the time since each track began; the numbers of the
// other side begin with theirFirst, so that they differ from black.
func recording(t testing.TB) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "call")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	vp8 := []string{"-c:v", "libvpx", "-b:v", "1M", "-deadline", "realtime", "-g", "5"}
	late := append([]string{"-output_ts_offset", "1.5"}, vp8...)
	shot{name: "mv.mkv", w: 320, h: 180, rate: "30", frames: 120, options: vp8}.make(t, dir)
	shot{name: "tv.mkv", w: 320, h: 240, rate: "30", frames: 75, from: theirFirst, options: late}.make(t, dir)
	pips := "aevalsrc='0.4*sin(2*PI*1000*t)*lt(mod(t,2),0.1)':s=48000:d="
	run(t, "-f", "lavfi", "-i", pips+"4", "-c:a", "libopus", ffmpeg.InputArg(filepath.Join(dir, "ma.mkv")))
	run(t, "-f", "lavfi", "-i", pips+"2.5", "-c:a", "libopus", "-output_ts_offset", "1.5", ffmpeg.InputArg(filepath.Join(dir, "ta.mkv")))
	r := editor.Recording{Format: "parley-recording", Version: 1, Me: "Ann", Them: "Bob", Tracks: []editor.Track{
		{ID: "mv", Who: editor.Me, Kind: editor.VideoStream, File: "mv.mkv"},
		{ID: "ma", Who: editor.Me, Kind: editor.AudioStream, File: "ma.mkv"},
		{ID: "tv", Who: editor.Them, Kind: editor.VideoStream, File: "tv.mkv", OffsetNS: 15e8},
		{ID: "ta", Who: editor.Them, Kind: editor.AudioStream, File: "ta.mkv", OffsetNS: 15e8},
	}}
	data, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, editor.RecordingFile), data, 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestRecording puts both sides beside each other, in sync by their files'
// time stamps, trimmed or not.
func TestRecording(t *testing.T) {
	t.Parallel()
	dir := recording(t)
	for _, in := range []int{0, 40, 75} {
		p := project(t, dir)
		rate := editor.Ratio{Num: 30, Den: 1}
		p = trimmed(t, p, editor.Frames(int64(in), rate), editor.Frames(115, rate))
		path, report := render(t, p)
		if report.Output.Width != 1920 || report.Output.Height != 1080 || report.Frames != int64(115-in) {
			t.Errorf("from %d: %dx%d, %d frames", in, report.Output.Width, report.Output.Height, report.Frames)
		}
		for i, g := range frames(t, path) {
			mine, theirs, want := g.number(0, 0.5, 0.5), g.number(0.5, 1, 0.5), theirNumber(in+i)
			if mine != in+i || theirs != want {
				t.Fatalf("from %d: frame %d shows %d and %d instead of %d and %d", in, i, mine, theirs, in+i, want)
			}
		}
		heard := samples(t, path)
		for _, pip := range []float64{0, 1.5, 2, 3.5} { // mine at 0 and 2, theirs at 1.5 and 3.5
			if at := pip - float64(in)/30; at > 0 && loudness(heard, at+0.02, at+0.08) < 0.1 {
				t.Errorf("from %d: no pip at %g s", in, pip)
			}
			if at := pip - float64(in)/30; at > 0.3 && loudness(heard, at-0.25, at-0.03) > 0.02 {
				t.Errorf("from %d: a pip before %g s", in, pip)
			}
		}
	}
}

// theirNumber is what the other side's half shows at a frame of the call:
// black, which reads as 0, until they appear.
func theirNumber(frame int) int {
	if frame < theirLate {
		return 0
	}
	return theirFirst + frame - theirLate
}

// TestRecordingOfOne shows one side over the whole frame.
func TestRecordingOfOne(t *testing.T) {
	p := project(t, recording(t))
	c := p.Timeline.Clip(0)
	c.Arrangement = editor.OnlyThem
	line, err := p.Timeline.Replace(c.ID, c)
	if err != nil {
		t.Fatal(err)
	}
	p.Timeline = line
	path, report := render(t, p)
	if report.Frames != 120 {
		t.Errorf("%d frames", report.Frames)
	}
	if report.Output.Width != 320 || report.Output.Height != 240 {
		t.Errorf("the film's shape is not that of the picture shown: %dx%d", report.Output.Width, report.Output.Height)
	}
	for i, g := range frames(t, path) {
		if got := g.number(0, 1, 0.5); got != theirNumber(i) {
			t.Fatalf("frame %d shows %d", i, got)
		}
	}
}
