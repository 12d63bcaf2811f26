package render

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"parley/editor"
	"parley/editor/ffmpeg"
)

// seed makes the sources of the film that the first users could not make: a
// full-range still of 1920x1024 between two clips of 720x576 with pixels that
// are not square, at 29.97 frames a second.
func seed(t testing.TB, dir string) []string {
	t.Helper()
	clip := shot{w: 720, h: 576, rate: "30000/1001", frames: 60, sar: "4/5",
		options: []string{"-c:v", "libx264", "-preset", "veryfast", "-c:a", "aac", "-ar", "44100", "-ac", "2"}}
	one, two := clip, clip
	one.name, one.sound = "one.mp4", "sine=440:r=44100"
	two.name, two.sound = "two.mp4", "sine=880:r=44100"
	still := filepath.Join(dir, "still.jpg")
	run(t, "-f", "lavfi", "-i", "color=white:s=1920x1024", "-frames:v", "1", "-pix_fmt", "yuvj420p", ffmpeg.InputArg(still))
	return []string{one.make(t, dir), still, two.make(t, dir)}
}

// stillNumber is what the bars' places show in the white still, which is as
// wide as the frame.
const stillNumber = 1<<barCount - 1

func TestSeedFilm(t *testing.T) {
	path, report := render(t, standing(t, project(t, seed(t, t.TempDir())...), 1, editor.Rational(101, 100)))
	if report.Output.Width != 576 || report.Output.Height != 576 || report.Output.Rate != (editor.Ratio{Num: 30000, Den: 1001}) {
		t.Errorf("output %+v", report.Output)
	}
	// 2.002 s and 1.01 s and 2.002 s, each joint on a whole frame.
	want := slices.Concat(count(0, 60), slices.Repeat([]int{stillNumber}, 30), count(0, 60))
	sameNumbers(t, "seed film", numbers(t, path), want)
	for i, g := range frames(t, path) {
		isStill := i >= 60 && i < 90
		edge := want[i]
		if isStill {
			edge = 0 // all black
		}
		if got := g.number(0, 1, 0.1); got != edge {
			t.Errorf("frame %d: near the edge it shows %d instead of %d; a still is letterboxed, a clip fills the frame", i, got, edge)
		}
		if isStill && (g.at(0.5, 0.5) < 233 || g.at(0.5, 0.5) > 237) {
			t.Errorf("frame %d: white came out as %d; full range has to become limited", i, g.at(0.5, 0.5))
		}
	}
	sound := samples(t, path)
	for _, tt := range []struct {
		from, to float64
		loud     bool
	}{{0.1, 1.95, true}, {2.05, 2.95, false}, {3.1, 4.9, true}} {
		if got := loudness(sound, tt.from, tt.to); (got > 0.05) != tt.loud || !tt.loud && got > 0.001 {
			t.Errorf("loudness %g from %g s", got, tt.from)
		}
	}
}

// TestTrim cuts where no key frame is, in pictures whose order of decoding is
// not that of showing, whose time stamps do not begin with 0, and in
// containers without an index. A pip at each full second tells whether the
// sound was cut at the same place.
func TestTrim(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	x264 := []string{"-c:v", "libx264", "-preset", "veryfast", "-bf", "3", "-g", "100", "-c:a", "aac"}
	tests := []struct {
		shot
		in int // first frame
	}{
		{shot{name: "a.mp4", rate: "30", options: x264}, 67},
		{shot{name: "a.mkv", rate: "30", options: x264}, 67},
		{shot{name: "near.mkv", rate: "30", options: x264}, 7},
		{shot{name: "near.ts", rate: "25", options: x264}, 7},
		{shot{name: "a.ts", rate: "25", options: x264}, 520},
		{shot{name: "b.mp4", rate: "24000/1001", options: x264}, 67},
		{shot{name: "a.webm", rate: "30", options: []string{"-c:v", "libvpx", "-b:v", "1M", "-g", "150", "-deadline", "realtime", "-c:a", "libopus"}}, 67},
		{shot{name: "a.avi", rate: "30", options: []string{"-c:v", "mpeg4", "-g", "100", "-q:v", "3", "-c:a", "mp2"}}, 520},
		{shot{name: "near.flv", rate: "30", options: []string{"-c:v", "flv1", "-g", "100", "-q:v", "3", "-c:a", "libmp3lame", "-ar", "44100"}}, 37},
		{shot{name: "a.flv", rate: "30", options: []string{"-c:v", "flv1", "-g", "100", "-q:v", "3", "-c:a", "libmp3lame", "-ar", "44100"}}, 520},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.w, tt.h, tt.frames = 160, 90, tt.in+50
			tt.sound = "aevalsrc='0.5*sin(2*PI*1000*t)*lt(mod(t,1),0.1)':s=48000"
			p := project(t, tt.make(t, dir))
			rate := p.Spec().Rate
			in := editor.Frames(int64(tt.in), rate)
			path, _ := render(t, trimmed(t, p, in, editor.Frames(int64(tt.in)+40, rate)))
			sameNumbers(t, tt.name, numbers(t, path), count(tt.in, 40))
			onset, want := firstLoud(samples(t, path)), math.Ceil(in.Float())-in.Float()
			if math.Abs(onset-want) > 0.03 {
				t.Errorf("the pip at %.4f s instead of %.4f s", onset, want)
			}
		})
	}
}

// firstLoud is when the sound begins to be heard, in seconds; -1 never.
func firstLoud(all []int16) float64 {
	for i, v := range all {
		if v > 6000 || v < -6000 {
			return float64(i) / 48000
		}
	}
	return -1
}

// TestCut joins the two parts of a cut clip: nothing may be lost or shown
// twice, wherever the cut is.
func TestCut(t *testing.T) {
	s := shot{name: "a.mp4", w: 160, h: 90, rate: "30", frames: 90, sound: "sine=440"}
	p := project(t, s.make(t, t.TempDir()))
	for _, at := range []editor.Time{editor.Rational(1, 30), editor.Rational(1234, 1000), editor.Rational(2, 1)} {
		line, err := p.Timeline.Split(at)
		if err != nil {
			t.Fatal(err)
		}
		path, _ := render(t, &editor.Project{Timeline: line, Library: p.Library})
		sameNumbers(t, "cut at "+at.String(), numbers(t, path), count(0, 90))
	}
}

// TestSlowClip is a clip at 1 frame a second, whose B-frames some decoders do
// not give out before its end.
func TestSlowClip(t *testing.T) {
	s := shot{name: "slow.mp4", w: 160, h: 90, rate: "1", frames: 5}
	path, _ := render(t, project(t, s.make(t, t.TempDir())))
	want := slices.Concat(slices.Repeat([]int{0}, 30), slices.Repeat([]int{1}, 30), slices.Repeat([]int{2}, 30),
		slices.Repeat([]int{3}, 30), slices.Repeat([]int{4}, 30))
	got := numbers(t, path)
	if len(got) != len(want) {
		t.Fatalf("%d frames", len(got))
	}
	for _, second := range []int{0, 1, 2, 3, 4} {
		if got[second*30+10] != second {
			t.Errorf("second %d shows %d", second, got[second*30+10])
		}
	}
}

func TestSounds(t *testing.T) {
	dir := t.TempDir()
	base := shot{w: 160, h: 90, rate: "30", frames: 30}
	mono, mute := base, base
	mono.name, mono.sound = "mono.mkv", "sine=440:r=8000"
	mono.options = []string{"-c:v", "libx264", "-preset", "veryfast", "-c:a", "pcm_s16le", "-ar", "8000", "-ac", "1"}
	mute.name = "mute.mp4"
	music := filepath.Join(dir, "music.flac")
	run(t, "-f", "lavfi", "-i", "sine=660:d=1", "-ac", "2", ffmpeg.InputArg(music))
	path, report := render(t, project(t, mono.make(t, dir), mute.make(t, dir), music))
	if report.Frames != 90 {
		t.Errorf("%d frames", report.Frames)
	}
	sound := samples(t, path)
	for i, loud := range []bool{true, false, true} {
		if got := loudness(sound, float64(i)+0.05, float64(i)+0.95); (got > 0.05) != loud {
			t.Errorf("second %d has loudness %g", i, got)
		}
	}
	if n := len(sound); n < 48000*3 || n > 48000*3+2048 {
		t.Errorf("%d samples", n)
	}
}

// TestChangingSize is what congestion does to a call's picture.
func TestChangingSize(t *testing.T) {
	path, report := render(t, project(t, changing(t, t.TempDir())))
	if report.Frames != 120 {
		t.Fatalf("%d frames", report.Frames)
	}
	sameNumbers(t, "changing size", numbers(t, path), slices.Concat(count(0, 40), count(0, 40), count(0, 40)))
}

// changing makes a Matroska file of three parts in two sizes.
func changing(t testing.TB, dir string) string {
	t.Helper()
	vp8 := []string{"-c:v", "libvpx", "-b:v", "1M", "-deadline", "realtime"}
	shot{name: "large.mkv", w: 320, h: 180, rate: "30", frames: 40, options: vp8}.make(t, dir)
	shot{name: "small.mkv", w: 160, h: 90, rate: "30", frames: 40, options: vp8}.make(t, dir)
	list := filepath.Join(dir, "list.txt")
	if err := os.WriteFile(list, []byte("file large.mkv\nfile small.mkv\nfile large.mkv\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "changing.mkv")
	run(t, "-f", "concat", "-i", list, "-c", "copy", ffmpeg.InputArg(path))
	return path
}

// TestHeadersOnce decodes a film of many short segments with the parameter
// sets of its header alone, as strict players do.
func TestHeadersOnce(t *testing.T) {
	dir := t.TempDir()
	a := shot{name: "a.mp4", w: 160, h: 90, rate: "30", frames: 50}.make(t, dir)
	b := shot{name: "b.mp4", w: 320, h: 240, rate: "25", frames: 1}.make(t, dir)
	still := filepath.Join(dir, "s.png")
	run(t, "-f", "lavfi", "-i", "testsrc2=s=640x360", "-frames:v", "1", ffmpeg.InputArg(still))
	p := project(t, a, b, still, b, a, still)
	p = standing(t, standing(t, p, 2, editor.Rational(1, 30)), 5, editor.Rational(511, 100))
	path, report := render(t, p)
	bare := filepath.Join(dir, "bare.mp4")
	run(t, "-i", ffmpeg.InputArg(path), "-map", "0:v", "-c", "copy", "-bsf:v", "filter_units=remove_types=7|8", ffmpeg.InputArg(bare))
	run(t, "-xerror", "-err_detect", "explode", "-i", ffmpeg.InputArg(bare), "-f", "null", "-")
	if got := output(t, "-i", ffmpeg.InputArg(bare), "-f", "framemd5", "pipe:1"); string(got) != string(output(t, "-i", ffmpeg.InputArg(path), "-map", "0:v", "-f", "framemd5", "pipe:1")) {
		t.Error("with the header's parameter sets alone the film looks different")
	}
	if n := int64(len(frames(t, path))); n != report.Frames {
		t.Errorf("%d frames can be decoded of %d", n, report.Frames)
	}
}

// TestHeldPicture shows the last picture of a file whose sound goes on, whose
// only key frame is its first.
func TestHeldPicture(t *testing.T) {
	dir := t.TempDir()
	picture := shot{name: "picture.mp4", w: 160, h: 90, rate: "30", frames: 75, options: []string{"-c:v", "libx264", "-preset", "veryfast", "-g", "999", "-bf", "3"}}.make(t, dir)
	path := filepath.Join(dir, "a.mkv")
	run(t, "-i", ffmpeg.InputArg(picture), "-f", "lavfi", "-i", "sine=440", "-t", "26", "-map", "0:v", "-map", "1:a", "-c:v", "copy", "-c:a", "aac", ffmpeg.InputArg(path))
	film, _ := render(t, trimmed(t, project(t, path), editor.Rational(2, 1), editor.Rational(26, 1)))
	sameNumbers(t, "held", numbers(t, film), slices.Concat(count(60, 15), slices.Repeat([]int{74}, 24*30-15)))
}

// TestSlow makes a clip last ten times as long, with its sound.
func TestSlow(t *testing.T) {
	path := shot{name: "a.mp4", w: 160, h: 90, rate: "30", frames: 30, sound: "sine=440"}.make(t, t.TempDir())
	p := trimmed(t, project(t, path), editor.Time{}, editor.Rational(1, 5))
	line, err := p.Timeline.Each([]editor.ClipID{p.Timeline.Clip(0).ID}, func(c *editor.Clip) { c.Speed = editor.Ratio{Num: 1, Den: 10} })
	if err != nil {
		t.Fatal(err)
	}
	p.Timeline = line
	film, report := render(t, p)
	if report.Frames != 60 {
		t.Errorf("%d frames", report.Frames)
	}
	if got := loudness(samples(t, film), 0.3, 1.7); got < 0.03 {
		t.Errorf("its sound has the loudness %g", got)
	}
}
