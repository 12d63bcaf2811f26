//go:build endtoend

package endtoend

import (
	"encoding/json"
	"image"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/call"
)

const (
	demoLength  = 8 * time.Second
	titleLength = 5.0 // seconds that a still stands in a film
)

// manifest is the part of a recording's manifest that is looked at here.
type manifest struct {
	Me      string    `json:"me"`
	Them    string    `json:"them"`
	Started time.Time `json:"started"`
	Ended   time.Time `json:"ended"`
	Tracks  []struct {
		ID       string        `json:"id"`
		Offset   time.Duration `json:"offset_ns"`
		Duration time.Duration `json:"duration_ns"`
	} `json:"tracks"`
}

func readManifest(t *testing.T, dir string) manifest {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "recording.json"))
	if err != nil {
		t.Fatal(err)
	}
	var m manifest
	if err := json.Unmarshal(data, &m); err != nil {
		t.Fatalf("%s: %v", dir, err)
	}
	return m
}

// The whole job, once: two Parleys call each other and record, and a film is
// made of a title and the recording.
func TestDemo(t *testing.T) {
	dir := t.TempDir()
	p := parley(t, "the demo", "demo", "--dir", dir, "--for", demoLength.String())
	if status := p.wait(3 * patience); status != 0 {
		t.Fatalf("the demo ended with status %d:\n%s", status, p.stderr())
	}
	t.Logf("it printed:\n%s", p.output())
	recording := only(t, filepath.Join(dir, "recordings", "*"))
	film := filepath.Join(dir, "film.mp4")
	keep(t, film, "demo.mp4")
	tool(t, "ffmpeg", "-v", "error", "-nostdin", "-y", "-ss", "8", "-i", film, "-frames:v", "1", artifact(t, "demo.png"))
	for _, who := range []string{"ann", "bob"} {
		_, summary := readStats(t, filepath.Join(dir, who+".stats.json"))
		summary.mustHaveTalked(t, who)
	}
	t.Run("film", func(t *testing.T) { mustBeRight(t, film, titleLength+demoLength.Seconds()) })
	t.Run("players", func(t *testing.T) { mustPlay(t, film) })
	t.Run("recording", func(t *testing.T) { mustBeInSync(t, recording) })
	t.Run("entered", func(t *testing.T) { mustBeEntered(t, recording) })
	frames := decode(t, film, 640, 360)
	mine, theirs := part(frames, image.Rect(0, 90, 320, 270)), part(frames, image.Rect(320, 90, 640, 270))
	t.Run("title", func(t *testing.T) { mustShowTitle(t, frames, mine) })
	t.Run("halves", func(t *testing.T) { mustShowCall(t, mine, theirs) })
	t.Run("colours", func(t *testing.T) { mustKeepColours(t, film) })
	t.Run("lips", func(t *testing.T) { mustMoveLips(t, film, mine, readManifest(t, recording).Started) })
}

// mustBeRight checks what players look at.
func mustBeRight(t *testing.T, film string, length float64) {
	p := probe(t, film)
	if len(p.Streams) != 2 {
		t.Fatalf("%d streams, want one picture and one sound", len(p.Streams))
	}
	v, a := p.Streams[0], p.Streams[1]
	for _, c := range []struct{ what, got, want string }{
		{"kind", v.Kind, "video"}, {"codec", v.Codec, "h264"}, {"profile", v.Profile, "High"},
		{"pixel format", v.Format, "yuv420p"}, {"range", v.Range, "tv"}, {"matrix", v.Matrix, "bt709"},
		{"transfer", v.Transfer, "bt709"}, {"primaries", v.Primaries, "bt709"}, {"pixel shape", v.SAR, "1:1"},
		{"average rate", v.Average, v.Rate},
		{"kind", a.Kind, "audio"}, {"codec", a.Codec, "aac"}, {"sample rate", a.SampleRate, "48000"}, {"layout", a.Layout, "stereo"},
	} {
		if c.got != c.want {
			t.Errorf("%s is %q, want %q", c.what, c.got, c.want)
		}
	}
	if v.Width != 1920 || v.Height != 1080 {
		t.Errorf("the picture is %dx%d, want 1920x1080", v.Width, v.Height)
	}
	picture, sound := seconds(t, v.Duration), seconds(t, a.Duration)
	if math.Abs(picture-length) > 0.5 {
		t.Errorf("the film is %.2f s long, want %.2f", picture, length)
	}
	if math.Abs(picture-sound) > 0.034 {
		t.Errorf("picture is %.3f s and sound %.3f s long, want one frame between them at most", picture, sound)
	}
	t.Logf("%dx%d at %s, %.3f s", v.Width, v.Height, v.Rate, picture)
}

// mustShowTitle looks at the middle of the title.
func mustShowTitle(t *testing.T, whole, mine []frame) {
	title := at(t, whole, 2)
	if dark, light := shades(title.pic); dark < 0.85 || light < 0.005 || light > 0.1 {
		t.Errorf("at 2 s %.0f %% of the picture is dark and %.1f %% light; want a title, light on dark", 100*dark, 100*light)
	}
	if _, ok := call.ReadMark(at(t, mine, 2).pic); ok {
		t.Error("the call is seen at 2 s, where the title should stand")
	}
}

// mustShowCall reads the bar codes in both halves of the film.
func mustShowCall(t *testing.T, mine, theirs []frame) {
	mustMove(t, "my half", mine)
	mustMove(t, "their half", theirs)
	var together []time.Duration
	for i := range mine {
		a, ok1 := call.ReadMark(mine[i].pic)
		b, ok2 := call.ReadMark(theirs[i].pic)
		if ok1 && ok2 {
			together = append(together, a.At.Sub(b.At))
		}
	}
	l := lagOf(t, "their half behind mine, frame by frame", together, 30)
	if l.middle.Abs() > 200*time.Millisecond {
		t.Errorf("the halves of the film are %v apart, want 200 ms at most", l.middle)
	}
}

// at is the frame that stands at a time.
func at(t *testing.T, frames []frame, seconds float64) frame {
	t.Helper()
	for i := len(frames) - 1; i >= 0; i-- {
		if frames[i].at <= seconds+1e-6 {
			return frames[i]
		}
	}
	t.Fatalf("there is no frame at %.1f s", seconds)
	return frame{}
}

// shades are the shares of a picture that are dark and light.
func shades(p *call.Picture) (dark, light float64) {
	for _, y := range p.Y {
		switch {
		case y < 60:
			dark++
		case y > 160:
			light++
		}
	}
	n := float64(len(p.Y))
	return dark / n, light / n
}

// mustMove checks that the bar code is that of a picture that moves, from 3 s
// after the title on.
func mustMove(t *testing.T, what string, frames []frame) {
	t.Helper()
	var before call.Mark
	for _, second := range []float64{3, 4, 5, 6, 7} {
		m, ok := call.ReadMark(at(t, frames, titleLength+second).pic)
		if !ok {
			t.Errorf("%s shows no test picture %v s after the title", what, second)
			continue
		}
		if step := m.At.Sub(before.At); !before.At.IsZero() && (step < 500*time.Millisecond || step > 1500*time.Millisecond) {
			t.Errorf("%s moved on by %v in the second before %v s, want 1 s", what, step, second)
		}
		before = m
	}
}

// mustBeInSync compares the tracks of a recording on its own clock.
func mustBeInSync(t *testing.T, dir string) {
	m := readManifest(t, dir)
	if m.Me != "Ann" || m.Them != "Bob" {
		t.Errorf("it is a recording of %q and %q, want Ann and Bob", m.Me, m.Them)
	}
	picture := func(id string) lag {
		return pictureLag(t, id, decode(t, filepath.Join(dir, id+".mkv"), 320, 180), m.Started)
	}
	sound := func(id string) lag {
		pcm, start := samples(t, filepath.Join(dir, id+".mkv"))
		return soundLag(t, id, pcm, start, m.Started)
	}
	mine, theirs := picture("me-video"), picture("them-video")
	mySound, theirSound := sound("me-audio"), sound("them-audio")
	apart(t, "my picture and theirs", mine, theirs, 200*time.Millisecond)
	apart(t, "my picture and my sound", mine, mySound, 45*time.Millisecond)
	apart(t, "their picture and their sound", theirs, theirSound, 125*time.Millisecond)
}

// mustBeEntered wants a key frame of their picture in the midst of the
// recording: a player that goes there decodes from it on.
func mustBeEntered(t *testing.T, dir string) {
	lines := tool(t, "ffprobe", "-v", "error", "-skip_frame", "nokey", "-select_streams", "v", "-show_entries", "frame=pts_time",
		"-of", "csv=p=0", filepath.Join(dir, "them-video.mkv"))
	last := 0.0
	for line := range strings.Lines(string(lines)) {
		last = max(last, seconds(t, strings.Trim(line, ",\n")))
	}
	if half := demoLength.Seconds() / 2; last < half {
		t.Errorf("the last key frame of their picture is at %.2f s, want one after %g s", last, half)
	}
}

// mustMoveLips compares the film's sound with its picture. Both sides' pips
// are in the sound, theirs a little after mine, which the limit allows for.
func mustMoveLips(t *testing.T, film string, mine []frame, started time.Time) {
	zero := started.Add(-inSeconds(titleLength))
	pcm, start := samples(t, film)
	picture := pictureLag(t, "my half of the film", mine, zero)
	apart(t, "the film's picture and sound", picture, pipLag(t, "the film's sound", pcm, start, zero), 125*time.Millisecond)
}

// mustKeepColours checks the bars of my picture as a player that believes the
// film's colour tags shows them.
func mustKeepColours(t *testing.T, film string) {
	const x, y, step = 60, 292, 120 // the middle of the first bar, and from bar to bar
	rgb := tool(t, "ffmpeg", "-v", "error", "-nostdin", "-ss", "8", "-i", film, "-frames:v", "1",
		"-vf", "scale=in_color_matrix=bt709:in_range=tv", "-pix_fmt", "rgb24", "-f", "rawvideo", "pipe:1")
	want := [][3]int{{191, 191, 191}, {191, 191, 0}, {0, 191, 191}, {0, 191, 0}, {191, 0, 191}, {191, 0, 0}, {0, 0, 191}, {0, 0, 0}}
	for i, c := range want {
		at := rgb[3*(y*1920+x+i*step):]
		for part := range c {
			if off := int(at[part]) - c[part]; off > 10 || off < -10 {
				t.Errorf("bar %d is %v, want %v: the colours are those of another matrix", i+1, at[:3], c)
				break
			}
		}
	}
}
