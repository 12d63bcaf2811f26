package render

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"testing"

	"parley/editor"
	"parley/editor/ffmpeg"
)

// with is the project with something done to its clip i.
func with(t testing.TB, p *editor.Project, i int, edit func(*editor.Clip)) *editor.Project {
	t.Helper()
	c := p.Timeline.Clip(i)
	edit(&c)
	line, err := p.Timeline.Replace(c.ID, c)
	if err != nil {
		t.Fatal(err)
	}
	p.Timeline = line
	return p
}

// TestSpeed plays clips faster and slower: each frame of the film has to be the
// one that stands at its time.
func TestSpeed(t *testing.T) {
	clip := shot{name: "a.mp4", w: 320, h: 180, rate: "30", frames: 120, sound: "sine=500:r=48000"}.make(t, t.TempDir())
	for _, tt := range []struct {
		speed editor.Ratio
		show  func(i int) int
		n     int
	}{
		{editor.Ratio{Num: 2, Den: 1}, func(i int) int { return 2 * i }, 60},
		{editor.Ratio{Num: 1, Den: 2}, func(i int) int { return i / 2 }, 240},
	} {
		path, _ := render(t, with(t, project(t, clip), 0, func(c *editor.Clip) { c.Speed = tt.speed }))
		got := numbers(t, path)
		if len(got) != tt.n {
			t.Fatalf("speed %v: %d frames instead of %d", tt.speed, len(got), tt.n)
		}
		for i, n := range got {
			if d := n - tt.show(i); d < -1 || d > 1 {
				t.Errorf("speed %v: frame %d shows %d instead of %d", tt.speed, i, n, tt.show(i))
			}
		}
		sound := samples(t, path)
		if hz := pitch(sound[4800:]); math.Abs(hz-500) > 10 {
			t.Errorf("speed %v: a tone of 500 Hz is heard at %g", tt.speed, hz)
		}
		if off := float64(len(sound))/48000 - float64(tt.n)/30; math.Abs(off) > 1.0/30 {
			t.Errorf("speed %v: the sound is %g s longer than the picture", tt.speed, off)
		}
	}
}

// pitch is the frequency of a tone, by its upward passages through zero in a
// second.
func pitch(sound []int16) float64 {
	n := 0
	for i := 1; i < 48000; i++ {
		if sound[i-1] < 0 && sound[i] >= 0 {
			n++
		}
	}
	return float64(n)
}

// TestFreeze stops a clip at a frame, with what the clip is turned by.
func TestFreeze(t *testing.T) {
	clip := shot{name: "a.mp4", w: 320, h: 180, rate: "30", frames: 90, options: []string{"-c:v", "libx264", "-bf", "3", "-g", "60"}}.make(t, t.TempDir())
	p := with(t, project(t, clip), 0, func(c *editor.Clip) {
		c.Kind, c.In, c.Out, c.Duration = editor.FreezeClip, editor.Rational(77, 30), editor.Time{}, editor.Rational(3, 1)
	})
	path, report := render(t, p)
	sameNumbers(t, "a frozen clip", numbers(t, path), slices.Repeat([]int{77}, 90))
	if report.Made > 2 {
		t.Errorf("a freeze of 3 s took %d segments", report.Made)
	}
}

// TestChunks cuts a clip into chunks that are encoded apart: no frame is
// missing or shown twice at their borders, and trimming keeps the middle ones.
func TestChunks(t *testing.T) {
	dir := t.TempDir()
	clip := shot{name: "a.mp4", w: 320, h: 180, rate: "30000/1001", frames: 1000, options: []string{"-c:v", "mpeg4", "-q:v", "3", "-bf", "2", "-g", "90"}}.make(t, dir)
	p := project(t, clip)
	path, report := render(t, p)
	sameNumbers(t, "chunks", numbers(t, path), count(0, 1000))
	if report.Made != 2 {
		t.Errorf("33 s were made in %d segments", report.Made)
	}
}

// quarters is a picture whose four quarters are of unlike brightness.
func quarters(t testing.TB, dir string, w, h int) string {
	t.Helper()
	path := filepath.Join(dir, fmt.Sprintf("quarters%dx%d.png", w, h))
	run(t, "-f", "lavfi", "-i", fmt.Sprintf("nullsrc=s=2x2,format=gray,geq=lum='40+60*X+120*Y',scale=%d:%d:flags=neighbor,setsar=1", w, h), "-frames:v", "1", ffmpeg.InputArg(path))
	return path
}

func TestFraming(t *testing.T) {
	dir := t.TempDir()
	wide, upright := quarters(t, dir, 320, 180), quarters(t, dir, 180, 320)
	tests := []struct {
		name    string
		still   string
		framing editor.Framing
		want    [4]int // at the quarters' middles, in the file's gray; -1: black
	}{
		{"as it is", wide, editor.Framing{}, [4]int{40, 100, 160, 220}},
		{"turned by 90", upright, editor.Framing{Rotate: 90}, [4]int{160, 40, 220, 100}},
		{"turned by 180", wide, editor.Framing{Rotate: 180}, [4]int{220, 160, 100, 40}},
		{"turned by 270", upright, editor.Framing{Rotate: 270}, [4]int{100, 220, 40, 160}},
		{"cropped", wide, editor.Framing{Crop: editor.Rect{X: 0.5, Y: 0.5, W: 0.5, H: 0.5}}, [4]int{220, 220, 220, 220}},
		{"upright inside", upright, editor.Framing{}, [4]int{-1, -1, -1, -1}},
		{"upright filling", upright, editor.Framing{Fit: editor.FitFill}, [4]int{40, 100, 160, 220}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := with(t, standing(t, project(t, tt.still), 0, editor.Rational(1, 10)), 0, func(c *editor.Clip) { c.Framing = tt.framing })
			p.Output = &editor.Output{Width: 320, Height: 180, Rate: editor.Ratio{Num: 30, Den: 1}, SampleRate: 48000}
			path, _ := render(t, p)
			g := frames(t, path)[0]
			for i, at := range [][2]float64{{0.2, 0.2}, {0.8, 0.2}, {0.2, 0.8}, {0.8, 0.8}} {
				want := tt.want[i]
				if want < 0 {
					want = 16
				} else {
					want = 16 + want*219/255
				}
				if got := int(g.at(at[0], at[1])); got < want-4 || got > want+4 {
					t.Errorf("at %v: %d instead of %d", at, got, want)
				}
			}
		})
	}
}

// TestBlur lays an upright picture over a blurred copy of itself.
func TestBlur(t *testing.T) {
	p := standing(t, project(t, quarters(t, t.TempDir(), 180, 320)), 0, editor.Rational(1, 10))
	p = with(t, p, 0, func(c *editor.Clip) { c.Framing.Fit = editor.FitBlur })
	p.Output = &editor.Output{Width: 320, Height: 180, Rate: editor.Ratio{Num: 30, Den: 1}, SampleRate: 48000}
	path, _ := render(t, p)
	g := frames(t, path)[0]
	if left, right := g.at(0.1, 0.75), g.at(0.9, 0.75); left < 60 || right < left+15 {
		t.Errorf("beside the picture it is %d and %d", left, right)
	}
	if got := int(g.at(0.46, 0.2)); got < 46 || got > 54 {
		t.Errorf("the picture itself became %d", got)
	}
}

// TestPan goes over a ramp of gray: every frame shows a little more of it than
// the one before, by steps that are alike.
func TestPan(t *testing.T) {
	dir := t.TempDir()
	ramp := filepath.Join(dir, "ramp.png")
	run(t, "-f", "lavfi", "-i", "nullsrc=s=1024x576,format=gray,geq=lum='X/4'", "-frames:v", "1", ffmpeg.InputArg(ramp))
	p := with(t, standing(t, project(t, ramp), 0, editor.Rational(2, 1)), 0, func(c *editor.Clip) {
		c.Framing.Pan = editor.Pan{From: editor.Rect{X: 0, Y: 0, W: 0.5, H: 0.5}, To: editor.Rect{X: 0.5, Y: 0.5, W: 0.5, H: 0.5}}
	})
	p.Output = &editor.Output{Width: 640, Height: 360, Rate: editor.Ratio{Num: 30, Den: 1}, SampleRate: 48000}
	path, _ := render(t, p)
	var means []float64
	for _, g := range frames(t, path, "scale=320:180:flags=area") {
		sum := 0.0
		for _, v := range g.pix {
			sum += float64(v)
		}
		means = append(means, sum/float64(len(g.pix)))
	}
	if len(means) != 60 {
		t.Fatalf("%d frames", len(means))
	}
	// From the middle of the first quarter to that of the third: half the ramp.
	step := (means[59] - means[0]) / 59
	if want := 128.0 * 219 / 255 / 59; math.Abs(step-want) > want/20 {
		t.Errorf("the picture moves by %g a frame instead of %g", step, want)
	}
	for i := 1; i < len(means); i++ {
		if d := means[i] - means[i-1]; math.Abs(d-step) > step/4 {
			t.Errorf("frame %d moves by %.3f, the others by %.3f", i, d, step)
		}
	}
}

// TestSoundEffects turns the sound of clips up, down, off, in and out.
func TestSoundEffects(t *testing.T) {
	t.Parallel()
	clip := shot{name: "a.mp4", w: 160, h: 90, rate: "30", frames: 120, sound: "aevalsrc=0.25*sin(2*PI*440*t):s=48000"}.make(t, t.TempDir())
	plain := 0.25 / math.Sqrt2
	tests := []struct {
		name     string
		sound    editor.Sound
		from, to float64
		want     float64
	}{
		{"as it is", editor.Sound{}, 0.5, 1.5, plain},
		{"louder", editor.Sound{Gain: 6.0206}, 0.5, 1.5, 2 * plain},
		{"off", editor.Sound{Mute: true}, 0.5, 1.5, 0},
		{"in, early", editor.Sound{FadeIn: editor.Rational(1, 1)}, 0.0, 0.1, plain * 0.0577},
		{"in, over", editor.Sound{FadeIn: editor.Rational(1, 1)}, 1.2, 1.7, plain},
		{"out, late", editor.Sound{FadeOut: editor.Rational(1, 1)}, 1.9, 2, plain * 0.0577},
		{"out, before", editor.Sound{FadeOut: editor.Rational(1, 1)}, 0.2, 0.9, plain},
	}
	for _, tt := range tests {
		path, _ := render(t, with(t, project(t, clip), 0, func(c *editor.Clip) { c.Sound, c.Out = tt.sound, editor.Rational(2, 1) }))
		if got := loudness(samples(t, path), tt.from, tt.to); math.Abs(got-tt.want) > 0.01 {
			t.Errorf("%s: %g instead of %g", tt.name, got, tt.want)
		}
	}
}

// TestStabilise takes the shaking out of a picture that shakes by eight pixels
// from frame to frame, over the borders of what is encoded apart.
func TestStabilise(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "shaky.mp4")
	run(t, "-f", "lavfi", "-i", "testsrc2=s=400x300:r=30", "-frames:v", "75",
		"-vf", "trim=end_frame=1,loop=loop=-1:size=1,setpts=N/30/TB,crop=320:240:x='40+10*sin(n*0.9)':y='30+8*sin(n*0.7)',trim=end_frame=75", "-r", "30", ffmpeg.InputArg(path))
	plain, _ := render(t, project(t, path))
	calm, report := render(t, with(t, project(t, path), 0, func(c *editor.Clip) { c.Framing.Stabilise = true }))
	if report.Frames != 75 {
		t.Fatalf("%d frames", report.Frames)
	}
	if before, after := unrest(frames(t, plain)), unrest(frames(t, calm)); after > before/2 {
		t.Errorf("from frame to frame the picture differs by %.2f, unstabilised by %.2f", after, before)
	}
}

// unrest is how much a picture differs from the one before, on the average,
// once the camera's movement is known.
func unrest(all []gray) float64 {
	var sum, n float64
	for i := 40; i < len(all); i++ {
		for k, v := range all[i].pix {
			sum += math.Abs(float64(v) - float64(all[i-1].pix[k]))
			n++
		}
	}
	return sum / n
}
