package exchange

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"parley/editor"
	"parley/editor/ffmpeg"
	"parley/editor/render"
	"parley/editor/store"
)

// The stage makes films both ways: with Parley's renderer, and with melt from
// what was exported. They have to be the same film.
type stage struct {
	*testing.T
	tools *ffmpeg.Tools
	melt  string
	dir   string
}

func newStage(t *testing.T) stage {
	t.Helper()
	melt, err := exec.LookPath("melt")
	if err != nil {
		t.Skip("there is no melt; install the package melt")
	}
	tools, err := ffmpeg.Find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return stage{t, tools, melt, t.TempDir()}
}

func (s stage) run(args ...string) {
	s.Helper()
	if err := s.tools.Run(s.Context(), ffmpeg.Command{Op: "making a test file", Args: args}); err != nil {
		s.Fatalf("%v: %v", args, err)
	}
}

func (s stage) path(name string) string { return filepath.Join(s.dir, name) }

// clip makes a moving picture above a bar code of each frame's number, with a
// tone.
func (s stage) clip(name string, w, h int, rate string, hz int, options ...string) string {
	s.Helper()
	graph := fmt.Sprintf("testsrc2=s=%[1]dx%[2]d:r=%[3]s,format=yuv420p[a];nullsrc=s=10x2:r=%[3]s,format=yuv444p,geq=lum='16+219*mod(floor(N/pow(2,X)),2)':cb=128:cr=128,"+
		"scale=%[1]d:%[4]d:flags=neighbor,format=yuv420p[b];[a][b]overlay=0:%[5]d,setsar=1[v]", w, h, rate, h/6*2, h-h/6*2)
	args := []string{"-filter_complex", graph, "-f", "lavfi", "-i", fmt.Sprintf("sine=%d:r=48000", hz), "-map", "[v]", "-map", "0:a", "-frames:v", "150", "-shortest",
		"-c:v", "libx264", "-preset", "veryfast", "-crf", "12", "-bf", "3", "-g", "100", "-c:a", "aac"}
	s.run(append(append(args, options...), ffmpeg.InputArg(s.path(name)))...)
	return s.path(name)
}

// project joins files, with something done to each clip.
func (s stage) project(paths []string, edit func(i int, c *editor.Clip)) *editor.Project {
	s.Helper()
	p, err := store.Join(s.Context(), s.tools, paths...)
	if err != nil {
		s.Fatal(err)
	}
	clips := p.Timeline.Clips()
	for i := range clips {
		edit(i, &clips[i])
	}
	if p.Timeline, err = editor.NewTimeline(clips...); err != nil {
		s.Fatal(err)
	}
	return p
}

var effects = editor.Effects{Blends: []editor.Blend{
	{Name: "crossfade", Filter: xfade("fade")}, {Name: "wipe-right", Filter: xfade("wiperight")}, {Name: "wipe-up", Filter: xfade("wipeup")},
}}

// xfade is a plain transition of ffmpeg's.
func xfade(kind string) func(editor.Passage) string {
	return func(p editor.Passage) string {
		r := p.Output.Rate
		return fmt.Sprintf("[a]fps=%d/%d[blend1];[b]fps=%[1]d/%[2]d[blend2];[blend1][blend2]xfade=transition=%s:duration=%f:offset=%f,settb=%[2]d/%[1]d,setpts=N[v]",
			r.Num, r.Den, kind, editor.Frames(p.Of+1, r).Float(), -editor.Frames(p.First+1, r).Float())
	}
}

// both makes the film both ways and returns the files.
func (s stage) both(p *editor.Project) (ours, melts string, lost []Loss) {
	s.Helper()
	out := p.Spec()
	ours, melts = filepath.Join(s.TempDir(), "film.mp4"), filepath.Join(s.TempDir(), "melt.mov")
	film := render.FilmOf(p)
	film.Output = out
	if _, err := render.New(s.tools, s.TempDir(), effects).Render(s.Context(), film, ours, nil); err != nil {
		s.Fatal(err)
	}
	var doc bytes.Buffer
	lost, err := mltFormat.Write(&doc, Film{Name: "Film", Timeline: p.Timeline, Library: p.Library, Output: out, Effects: effects})
	if err != nil {
		s.Fatal(err)
	}
	file := filepath.Join(filepath.Dir(melts), "film.mlt")
	if err := os.WriteFile(file, doc.Bytes(), 0o600); err != nil {
		s.Fatal(err)
	}
	cmd := exec.CommandContext(s.Context(), s.melt, "-silent", file, "-consumer", "avformat:"+melts,
		"vcodec=libx264", "preset=ultrafast", "crf=6", "acodec=pcm_s16le", "f=mov", "real_time=-1")
	if said, err := cmd.CombinedOutput(); err != nil {
		s.Fatalf("melt: %v\n%s\n%s", err, said, doc.String())
	}
	return ours, melts, lost
}

func (s stage) output(args ...string) []byte {
	s.Helper()
	data, err := s.tools.Output(s.Context(), ffmpeg.Command{Op: "reading a film", Args: args}, 1<<30)
	if err != nil {
		s.Fatal(err)
	}
	return data
}

// numbers reads the bar code of every frame; -1 where there is none.
func (s stage) numbers(path string) []int {
	s.Helper()
	const w, h = 160, 12
	data := s.output("-i", ffmpeg.InputArg(path), "-map", "0:v", "-vf", "crop=iw:ih/10:0:ih*0.8,scale=160:12:flags=neighbor,format=gray", "-fps_mode", "passthrough", "-f", "rawvideo", "pipe:1")
	var all []int
	for part := range slices.Chunk(data, w*h) {
		n := 0
		for i := range 10 {
			switch v := part[6*w+i*16+8]; {
			case v > 176:
				n |= 1 << i
			case v > 80:
				n = math.MinInt
			}
		}
		all = append(all, max(n, -1))
	}
	return all
}

var psnrLine = regexp.MustCompile(`psnr_avg:(\S+)`)

// psnr compares two films frame by frame, in dB.
func (s stage) psnr(a, b string) []float64 {
	s.Helper()
	data := s.output("-i", ffmpeg.InputArg(a), "-i", ffmpeg.InputArg(b), "-filter_complex",
		"[0:v]setpts=N,format=yuv420p[x];[1:v]setpts=N,format=yuv420p[y];[x][y]psnr=stats_file=-", "-f", "null", "-")
	var all []float64
	for lines := bufio.NewScanner(bytes.NewReader(data)); lines.Scan(); {
		if m := psnrLine.FindStringSubmatch(lines.Text()); m != nil {
			v, err := strconv.ParseFloat(m[1], 64)
			if err != nil {
				s.Fatal(err)
			}
			all = append(all, v)
		}
	}
	return all
}

// loudness is the root mean square of each 50 ms of a film's sound, 0 to 1.
func (s stage) loudness(path string) []float64 {
	s.Helper()
	data := s.output("-i", ffmpeg.InputArg(path), "-map", "0:a", "-af", "pan=mono|c0=c0", "-ar", "48000", "-f", "s16le", "pipe:1")
	var all []float64
	for part := range slices.Chunk(data, 2*2400) {
		sum := 0.0
		for i := 0; i+1 < len(part); i += 2 {
			v := float64(int16(binary.LittleEndian.Uint16(part[i:]))) / 32768
			sum += v * v
		}
		all = append(all, math.Sqrt(sum/float64(max(1, len(part)/2))))
	}
	return all
}

// likeness is how much alike two films have to be.
type likeness struct {
	floor float64 // of each frame, in dB
	slack int     // frames of a clip by which a picture may be off
	apart int     // how many 50 ms of sound may be of another loudness
}

// same compares what Parley made with what melt made.
func (s stage) same(p *editor.Project, want likeness) {
	s.Helper()
	ours, melts, lost := s.both(p)
	a, b := s.numbers(ours), s.numbers(melts)
	if len(a) != len(b) {
		s.Errorf("%d frames, melt makes %d", len(a), len(b))
	}
	blended := s.blended(p)
	for i := range min(len(a), len(b)) {
		if off := a[i] - b[i]; !blended[i] && (off < -want.slack || off > want.slack) {
			s.Errorf("frame %d shows %d, melt's %d", i, a[i], b[i])
		}
	}
	all := s.psnr(ours, melts)
	for i, v := range all {
		if v < want.floor {
			s.Errorf("frame %d: %.1f dB", i, v)
		}
	}
	x, y := s.loudness(ours), s.loudness(melts)
	if d := len(x) - len(y); d < -1 || d > 1 {
		s.Errorf("the sound lasts %d, melt's %d times 50 ms", len(x), len(y))
	}
	apart := 0
	for i := range min(len(x), len(y)) {
		if math.Abs(x[i]-y[i]) > 0.02 {
			apart++
			s.Logf("sound at %d ms: %.3f, melt's %.3f", 50*i, x[i], y[i])
		}
	}
	if apart > want.apart {
		s.Errorf("%d of %d times 50 ms are of another loudness", apart, len(x))
	}
	sum := 0.0
	for _, v := range all {
		sum += min(v, 60)
	}
	s.Logf("%d frames, PSNR %.1f dB on average, %.1f at least; lost: %q", len(a), sum/float64(len(all)), slices.Min(all), lost)
}

// blended are the frames in which two clips are seen.
func (s stage) blended(p *editor.Project) map[int]bool {
	items, err := Film{Timeline: p.Timeline, Library: p.Library, Output: p.Spec()}.items()
	if err != nil {
		s.Fatal(err)
	}
	all := map[int]bool{}
	for _, it := range items {
		for i := range it.overlap {
			all[int(it.start+i)] = true
		}
	}
	return all
}

func TestMelt(t *testing.T) {
	s := newStage(t)
	a := s.clip("a.mp4", 320, 180, "30", 440)
	b := s.clip("What? b: & 'c' <d>\n.mp4", 320, 180, "30", 880)
	tall := s.clip("tall.mkv", 120, 180, "30", 660, "-c:a", "libopus")
	late := s.clip("late.ts", 320, 180, "30", 550)
	slow := s.clip("slow.mp4", 320, 180, "25", 330)
	still := s.path("s ü.png")
	s.run("-f", "lavfi", "-i", "testsrc2=s=400x300", "-frames:v", "1", ffmpeg.InputArg(still))
	music := s.path("music.flac")
	s.run("-f", "lavfi", "-i", "sine=1000:d=9", "-ac", "2", ffmpeg.InputArg(music))
	sec := func(frames int64) editor.Time { return editor.Rational(frames, 30) }
	cut := func(c *editor.Clip, in, out int64) { c.In, c.Out = sec(in), sec(out) }
	tests := []struct {
		name  string
		want  likeness
		paths []string
		edit  func(i int, c *editor.Clip)
	}{
		{"trims", likeness{floor: 30}, []string{a, b, still, tall, late, a}, func(i int, c *editor.Clip) {
			if c.Kind == editor.StillClip {
				c.Duration = sec(17)
			} else {
				cut(c, int64(7+13*i), int64(7+13*i+20+i))
			}
		}},
		{"transitions", likeness{floor: 15}, []string{a, b, a, still, b}, func(i int, c *editor.Clip) {
			if c.Kind == editor.StillClip {
				c.Duration = sec(40)
			} else {
				cut(c, 10, 60)
			}
			c.Transition = editor.Transition{Kind: []string{"", "crossfade", "wipe-right", "wipe-up", "crossfade"}[i], Length: sec(int64(7 + i))}
		}},
		{"another rate", likeness{floor: 35}, []string{slow, a}, func(_ int, c *editor.Clip) { c.In, c.Out = editor.Rational(1, 1), editor.Rational(2, 1) }},
		{"speed", likeness{floor: 14, slack: 1, apart: 4}, []string{a, b, a}, func(i int, c *editor.Clip) {
			cut(c, 20, 80)
			c.Speed = []editor.Ratio{{Num: 2, Den: 1}, {Num: 1, Den: 2}, {}}[i]
			if i == 2 {
				c.Kind, c.Out, c.Duration = editor.FreezeClip, editor.Time{}, sec(20)
			}
		}},
		{"volume", likeness{floor: 35, apart: 1}, []string{a, b, a}, func(i int, c *editor.Clip) {
			cut(c, 0, 60)
			c.Sound = []editor.Sound{{Gain: -12}, {FadeIn: sec(30), FadeOut: sec(15), Gain: 6}, {Mute: true}}[i]
		}},
		{"framing", likeness{floor: 22, slack: 2000}, []string{a, a, tall, still}, func(i int, c *editor.Clip) {
			if c.Kind == editor.StillClip {
				c.Duration = sec(30)
			} else {
				cut(c, 0, 15)
			}
			c.Framing = []editor.Framing{{Rotate: 90}, {Crop: editor.Rect{X: 0.25, Y: 0.25, W: 0.5, H: 0.5}}, {Fit: editor.FitFill},
				{Pan: editor.Pan{From: editor.Rect{X: 0, Y: 0, W: 1, H: 1}, To: editor.Rect{X: 0.25, Y: 0.25, W: 0.5, H: 0.5}}}}[i]
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			stage{t, s.tools, s.melt, s.dir}.same(s.project(tt.paths, tt.edit), tt.want)
		})
	}
	t.Run("music", func(t *testing.T) {
		p := s.project([]string{a, b}, func(_ int, c *editor.Clip) { cut(c, 0, 60) })
		for i, at := range []int64{15, 45, 100} {
			m := editor.Music{ID: editor.MusicID("m" + strconv.Itoa(i)), Source: music, At: sec(at), In: sec(10), Out: sec(70), Available: sec(270), Gain: -6, FadeIn: sec(15)}
			var err error
			if p.Timeline, err = p.Timeline.WithMusic(m); err != nil {
				t.Fatal(err)
			}
		}
		source, err := store.Import(t.Context(), s.tools, music)
		if err != nil {
			t.Fatal(err)
		}
		p.Library[music] = source
		stage{t, s.tools, s.melt, s.dir}.same(p, likeness{floor: 35})
	})
}

// TestMeltCall is a recording in which the other side appears after half a
// second, in two arrangements. Of a sound file whose clock does not begin with
// 0, melt 7.12 plays the first half second with an echo.
func TestMeltCall(t *testing.T) {
	s := newStage(t)
	dir := s.path("call")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, track := range []struct {
		file string
		args []string
	}{
		{"mv.mkv", []string{"-f", "lavfi", "-i", "testsrc2=s=320x180:r=30:d=4", "-c:v", "libvpx", "-b:v", "2M", "-deadline", "realtime"}},
		{"tv.mkv", []string{"-f", "lavfi", "-i", "testsrc2=s=320x240:r=30:d=3", "-c:v", "libvpx", "-b:v", "2M", "-deadline", "realtime", "-output_ts_offset", "0.5"}},
		{"ma.mkv", []string{"-f", "lavfi", "-i", "sine=440:d=4", "-c:a", "libopus"}},
		{"ta.mkv", []string{"-f", "lavfi", "-i", "sine=880:d=3", "-c:a", "libopus", "-output_ts_offset", "0.5"}},
	} {
		s.run(append(track.args, ffmpeg.InputArg(filepath.Join(dir, track.file)))...)
	}
	manifest := `{"format":"parley-recording","version":1,"me":"Ann","them":"Bob","tracks":[
		{"id":"mv","who":"me","kind":"video","file":"mv.mkv"}, {"id":"ma","who":"me","kind":"audio","file":"ma.mkv"},
		{"id":"tv","who":"them","kind":"video","file":"tv.mkv","offset_ns":500000000}, {"id":"ta","who":"them","kind":"audio","file":"ta.mkv","offset_ns":500000000}]}`
	if err := os.WriteFile(filepath.Join(dir, editor.RecordingFile), []byte(manifest), 0o600); err != nil {
		t.Fatal(err)
	}
	p := s.project([]string{dir, dir}, func(i int, c *editor.Clip) {
		c.In, c.Out = editor.Rational(int64(1+4*i), 4), editor.Rational(int64(4+4*i), 4)
		c.Arrangement = []editor.Arrangement{editor.SideBySide, editor.OnlyThem}[i]
	})
	p.Output = &editor.Output{Width: 640, Height: 360, Rate: editor.Ratio{Num: 30, Den: 1}, SampleRate: 48000}
	s.same(p, likeness{floor: 22, slack: 2000, apart: 10})
}

// TestMeltTitle looks whether words are in the picture at all: their look is
// Parley's own.
func TestMeltTitle(t *testing.T) {
	s := newStage(t)
	card := editor.Clip{ID: "c1", Kind: editor.TitleClip, Duration: editor.Rational(2, 1), Titles: []editor.Title{
		{Template: "card", Fields: map[string]string{"title": "Holiday #frame#", "color": "#ff0000"}, At: editor.Rational(1, 1)},
	}}
	f := film(t, card)
	var doc bytes.Buffer
	lost, err := mltFormat.Write(&doc, f)
	if err != nil || !slices.Contains(lost, LostLooks) || !strings.Contains(doc.String(), `Holiday \#frame\#`) || strings.Contains(doc.String(), "ff0000<") {
		t.Fatalf("%v, lost %q\n%s", err, lost, doc.String())
	}
	file, out := s.path("film.mlt"), s.path("film.mov")
	if err := os.WriteFile(file, doc.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	if said, err := exec.CommandContext(t.Context(), s.melt, "-silent", file, "-consumer", "avformat:"+out, "vcodec=libx264", "acodec=pcm_s16le", "f=mov").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	data := s.output("-i", ffmpeg.InputArg(out), "-map", "0:v", "-vf", "scale=64:36,format=gray", "-f", "rawvideo", "pipe:1")
	first, last := slices.Max(data[:64*36]), slices.Max(data[len(data)-64*36:])
	if len(data) != 60*64*36 || first > 40 || last < 100 {
		t.Errorf("%d frames; the brightest of the first is %d, of the last %d", len(data)/64/36, first, last)
	}
}
