package render

import (
	"fmt"
	"math"
	"path/filepath"
	"testing"

	"parley/editor"
	"parley/editor/ffmpeg"
)

// sample is a source of the matrix: what it is, and how it is made. All show
// their frames' numbers on a picture of 16:9, whatever their pixels' shape.
type sample struct {
	name    string
	w, h    int // coded
	rate    editor.Ratio
	sar     string
	turn    string // filter that turns the picture before it is encoded
	rotate  string // what a player has to turn it by, in degrees
	tone    int    // Hz; 0: no sound
	options []string
}

// samples of the matrix: codecs, orders of frames, rates, shapes of pixels,
// turns and sounds as they come from elsewhere.
func matrixSamples() []sample {
	x264 := func(params string, more ...string) []string {
		return append([]string{"-c:v", "libx264", "-preset", "veryfast", "-crf", "16", "-x264-params", params}, more...)
	}
	aac := func(hz, channels string) []string { return []string{"-c:a", "aac", "-ar", hz, "-ac", channels} }
	return []sample{
		{name: "plain.mp4", w: 320, h: 180, rate: editor.Ratio{Num: 25, Den: 1}, tone: 300, options: x264("bframes=0:keyint=40", aac("44100", "1")...)},
		{name: "b.mp4", w: 320, h: 180, rate: editor.Ratio{Num: 30000, Den: 1001}, tone: 350, options: x264("bframes=3:keyint=50:b-adapt=0", aac("48000", "2")...)},
		{name: "open.mkv", w: 320, h: 180, rate: editor.Ratio{Num: 24000, Den: 1001}, tone: 400, options: x264("bframes=3:keyint=24:open-gop=1", aac("48000", "6")...)},
		{name: "same.mp4", w: 320, h: 180, rate: editor.Ratio{Num: 30, Den: 1}, tone: 450, options: x264("bframes=2:keyint=20:scenecut=0", aac("48000", "2")...)},
		{name: "hevc.mp4", w: 320, h: 180, rate: editor.Ratio{Num: 30, Den: 1}, tone: 500, options: append([]string{"-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=error:keyint=30"}, aac("48000", "2")...)},
		{name: "vp9.webm", w: 320, h: 180, rate: editor.Ratio{Num: 30, Den: 1}, tone: 550, options: []string{"-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "1M", "-g", "40", "-c:a", "libopus"}},
		{name: "old.avi", w: 320, h: 180, rate: editor.Ratio{Num: 25, Den: 1}, tone: 600, options: []string{"-c:v", "mpeg4", "-q:v", "2", "-bf", "2", "-c:a", "pcm_s16le", "-ar", "8000", "-ac", "1"}},
		{name: "windows.wmv", w: 320, h: 180, rate: editor.Ratio{Num: 30, Den: 1}, tone: 650, options: []string{"-c:v", "wmv2", "-q:v", "2", "-c:a", "wmav2"}},
		{name: "studio.mov", w: 320, h: 180, rate: editor.Ratio{Num: 50, Den: 1}, tone: 700, options: []string{"-c:v", "prores_ks", "-profile:v", "1", "-c:a", "pcm_s16le"}},
		{name: "narrow.mp4", w: 400, h: 180, rate: editor.Ratio{Num: 60, Den: 1}, sar: "4/5", options: x264("bframes=3:keyint=60")},
		{name: "anamorphic.mp4", w: 220, h: 180, rate: editor.Ratio{Num: 60000, Den: 1001}, sar: "16/11", tone: 750, options: x264("bframes=1:keyint=60", aac("48000", "2")...)},
		{name: "phone.mov", w: 320, h: 180, rate: editor.Ratio{Num: 30, Den: 1}, turn: "transpose=cclock", rotate: "270", tone: 800, options: x264("bframes=0:keyint=30", aac("44100", "1")...)},
		{name: "other.mp4", w: 320, h: 180, rate: editor.Ratio{Num: 25, Den: 1}, turn: "transpose=clock", rotate: "90", tone: 900, options: x264("bframes=3:keyint=50", aac("48000", "2")...)},
		{name: "upside.mp4", w: 320, h: 180, rate: editor.Ratio{Num: 30, Den: 1}, turn: "hflip,vflip", rotate: "180", tone: 850, options: x264("bframes=0:keyint=30", aac("48000", "2")...)},
	}
}

// sampleLength is how long a sample is.
const sampleLength = 3 // seconds

func (s sample) make(t *testing.T, dir string) string {
	t.Helper()
	sar := s.sar
	if sar == "" {
		sar = "1"
	}
	picture := shot{w: s.w, h: s.h, rate: fmt.Sprintf("%d/%d", s.rate.Num, s.rate.Den), sar: sar}.source()
	if s.turn != "" {
		picture += "," + s.turn
	}
	path := filepath.Join(dir, s.name)
	args := []string{"-f", "lavfi", "-i", picture}
	if s.tone > 0 {
		args = append(args, "-f", "lavfi", "-i", fmt.Sprintf("sine=%d:r=48000", s.tone))
	}
	args = append(args, "-t", fmt.Sprint(sampleLength))
	if s.rotate == "" {
		run(t, append(append(args, s.options...), ffmpeg.InputArg(path))...)
		return path
	}
	lying := filepath.Join(dir, "lying-"+s.name)
	run(t, append(append(args, s.options...), ffmpeg.InputArg(lying))...)
	run(t, "-i", ffmpeg.InputArg(lying), "-c", "copy", "-metadata:s:v:0", "rotate="+s.rotate, ffmpeg.InputArg(path))
	return path
}

// circuit goes from every one of n places to every one once, itself included,
// and returns the places in the order in which it comes by (Hierholzer).
func circuit(n int) []int {
	next := make([]int, n)
	var way []int
	stack := []int{0}
	for len(stack) > 0 {
		at := stack[len(stack)-1]
		if next[at] < n {
			to := (at + next[at]) % n
			next[at]++
			stack = append(stack, to)
			continue
		}
		way = append(way, at)
		stack = stack[:len(stack)-1]
	}
	return way
}

// matrixPart is how long a clip of the matrix film is, in frames of 30 a
// second, and matrixIn the frame of a source at which clip i begins.
const matrixPart = 12

func matrixIn(i int) editor.Time { return editor.Rational(int64(7+11*i%40), 30) }

// TestMatrix joins every source with every other, in both orders, in one film,
// and reads every frame's number: none is missing, doubled, black or of
// another time, and each clip's own tone is heard, with nothing between.
func TestMatrix(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it makes a film of 200 clips")
	}
	dir := t.TempDir()
	samples := matrixSamples()
	var paths []string
	for _, s := range samples {
		paths = append(paths, s.make(t, dir))
	}
	p := project(t, paths...)
	whole := p.Timeline.Clips()
	var clips []editor.Clip
	way := circuit(len(samples))
	for i, k := range way {
		c := whole[k]
		c.ID = editor.ClipID(fmt.Sprint("x", i))
		c.In = matrixIn(i)
		c.Out = c.In.Add(editor.Rational(matrixPart, 30))
		clips = append(clips, c)
	}
	var err error
	if p.Timeline, err = editor.NewTimeline(clips...); err != nil {
		t.Fatal(err)
	}
	p.Output = &editor.Output{Width: 320, Height: 180, Rate: editor.Ratio{Num: 30, Den: 1}, SampleRate: 48000}
	path, report := render(t, p)
	t.Logf("%d joins, %d segments, in %.1f s", len(way)-1, report.Made, report.Elapsed.Seconds())
	matrixPictures(t, numbers(t, path), samples, way)
	matrixSound(t, path, samples, way)
}

func matrixPictures(t *testing.T, got []int, samples []sample, way []int) {
	t.Helper()
	if len(got) != len(way)*matrixPart {
		t.Fatalf("%d frames instead of %d", len(got), len(way)*matrixPart)
	}
	for i, k := range way {
		for f := range matrixPart {
			n, want := got[i*matrixPart+f], samples[k].at(matrixIn(i), f)
			if n != want {
				t.Errorf("clip %d (%s after %s): frame %d shows %d instead of %d", i, samples[k].name, samples[way[max(0, i-1)]].name, f, n, want)
			}
		}
	}
}

// at is the number of the source's frame that stands at frame f of a film of
// 30 a second, in a clip that begins at in.
func (s sample) at(in editor.Time, f int) int {
	n := 0
	for {
		next := editor.Frames(int64(n+1), s.rate).Sub(in)
		if next.FrameRound(editor.Ratio{Num: 30, Den: 1}) > int64(f) {
			return n
		}
		n++
	}
}

func matrixSound(t *testing.T, path string, sources []sample, way []int) {
	t.Helper()
	sound := samples(t, path)
	for i, k := range way {
		at := float64(i*matrixPart) / 30
		part := sound[int((at+0.05)*48000):int((at+matrixPart/30.0-0.05)*48000)]
		loud := loudness(part, 0, float64(len(part))/48000)
		if sources[k].tone == 0 {
			if loud > 0.003 {
				t.Errorf("clip %d (%s) is heard: %g", i, sources[k].name, loud)
			}
			continue
		}
		if hz := crossings(part); math.Abs(hz-float64(sources[k].tone)) > 12 {
			t.Errorf("clip %d (%s): a tone of %g Hz instead of %d", i, sources[k].name, hz, sources[k].tone)
		}
	}
}

// crossings is the frequency of a tone by its passages through zero.
func crossings(sound []int16) float64 {
	n, first, last := 0, 0, 0
	for i := 1; i < len(sound); i++ {
		if sound[i-1] < 0 && sound[i] >= 0 {
			if n == 0 {
				first = i
			}
			n, last = n+1, i
		}
	}
	if n < 2 {
		return 0
	}
	return float64(n-1) * 48000 / float64(last-first)
}
