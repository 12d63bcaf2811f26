package render

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"testing"

	"parley/editor"
	"parley/editor/ffmpeg"
)

// preset renders a project as a preset says.
func preset(t *testing.T, p *editor.Project, name string, edit func(*editor.Output)) (string, Report) {
	t.Helper()
	found, ok := editor.PresetNamed(name)
	if !ok {
		t.Fatal(name)
	}
	out := found.Output(p.Spec())
	if edit != nil {
		edit(&out)
	}
	path := filepath.Join(t.TempDir(), "film"+out.Format.Ext())
	film := FilmOf(p)
	film.Output = out
	report, err := New(tools(t), t.TempDir(), editor.Effects{}).Render(t.Context(), film, path, nil)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return path, report
}

// numbered is a film of two clips that count their frames, with a pip.
func numbered(t *testing.T) *editor.Project {
	t.Helper()
	dir := t.TempDir()
	a := shot{name: "a.mp4", w: 320, h: 180, rate: "30", frames: 40, sound: "sine=440"}.make(t, dir)
	b := shot{name: "b.mp4", w: 320, h: 180, rate: "30", frames: 35, from: 500, sound: "sine=880"}.make(t, dir)
	return project(t, a, b)
}

// TestPresetsInPixels makes a film as every preset and reads each frame.
func TestPresetsInPixels(t *testing.T) {
	t.Parallel()
	p := numbered(t)
	all := slices.Concat(count(0, 40), count(500, 35))
	var third []int // what a GIF shows of it at 25 frames a second, each second one
	for i := 0; i < 63; i += 2 {
		third = append(third, all[min(i*30/25, 74)])
	}
	for _, tt := range []struct {
		preset string
		edit   func(*editor.Output)
		want   []int
	}{
		{"web-1080p", nil, all},
		{"web-720p", nil, all},
		{"archive", nil, all},
		{"webm", nil, all},
		{"source", func(o *editor.Output) { o.Codec = editor.HEVC }, all},
		{"source", func(o *editor.Output) { o.Codec = editor.AV1 }, all},
		{"source", func(o *editor.Output) { o.Codec = editor.VP9 }, all},
		{"webm", func(o *editor.Output) { o.Codec = editor.AV1; o.Rate = editor.Ratio{Num: 30000, Den: 1001} }, nil},
		{"gif", nil, third},
		{"poster", func(o *editor.Output) { o.Moment = editor.Rational(41, 30) }, []int{501}},
		{"poster-png", func(o *editor.Output) { o.Moment = editor.Rational(1000, 1) }, []int{534}},
	} {
		path, report := preset(t, p, tt.preset, tt.edit)
		got := numbers(t, path)
		if tt.want == nil {
			tt.want = got
		}
		if tt.preset == "gif" {
			nearNumbers(t, got, tt.want)
			continue
		}
		sameNumbers(t, tt.preset+" "+string(report.Output.Codec), got, tt.want)
	}
}

// TestOpusBegins reads the times of a WebM: its pictures begin at 0, and what the
// encoder put before the sound comes before that.
func TestOpusBegins(t *testing.T) {
	path, _ := preset(t, numbered(t), "webm", nil)
	data, err := tools(t).Inspect(t.Context(), path, "-show_entries", "packet=codec_type,pts")
	if err != nil {
		t.Fatal(err)
	}
	var film struct {
		Packets []struct {
			Kind editor.StreamKind `json:"codec_type"`
			PTS  int64             `json:"pts"` // milliseconds
		} `json:"packets"`
	}
	if err := json.Unmarshal(data, &film); err != nil {
		t.Fatal(err)
	}
	begins := map[editor.StreamKind]int64{}
	for _, p := range film.Packets {
		if _, seen := begins[p.Kind]; !seen {
			begins[p.Kind] = p.PTS
		}
	}
	if picture, sound := begins[editor.VideoStream], begins[editor.AudioStream]; len(begins) != 2 || picture != 0 || sound < -7 || sound > -6 {
		t.Errorf("the pictures begin at %d ms and the sound at %d ms", picture, sound)
	}
}

// nearNumbers allows for the rounding of times to another rate.
func nearNumbers(t *testing.T, got, want []int) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d pictures instead of %d", len(got), len(want))
	}
	for i, n := range got {
		if n < want[i]-1 || n > want[i]+1 {
			t.Errorf("picture %d shows frame %d instead of %d", i, n, want[i])
		}
	}
}

// TestSoundAlone makes the formats that have nothing to see.
func TestSoundAlone(t *testing.T) {
	p := numbered(t)
	for _, name := range []string{"audio", "audio-opus"} {
		path, report := preset(t, p, name, nil)
		if report.Duration != editor.Rational(75, 30) || report.Made != 0 {
			t.Errorf("%s: %+v", name, report)
		}
		all := samples(t, path)
		if n := len(all); n < 48000*5/2 || n > 48000*5/2+1100 {
			t.Errorf("%s: %d samples", name, n)
		}
		if l := loudness(all, 0.1, 2.4); l < 0.05 {
			t.Errorf("%s: loudness %g", name, l)
		}
	}
}

// TestVertical has a wide film on an upright frame: what is above and below is
// the picture, blurred, and not black.
func TestVertical(t *testing.T) {
	dir := t.TempDir()
	bright := filepath.Join(dir, "bright.png")
	run(t, "-f", "lavfi", "-i", "color=white:s=320x180", "-frames:v", "1", ffmpeg.InputArg(bright))
	path, report := preset(t, standing(t, project(t, bright), 0, editor.Rational(1, 1)), "vertical", nil)
	if report.Output.Width != 1080 || report.Output.Height != 1920 {
		t.Errorf("%+v", report.Output)
	}
	for i, g := range frames(t, path) {
		if g.at(0.5, 0.05) < 150 || g.at(0.5, 0.5) < 230 {
			t.Fatalf("frame %d: %d above and %d in the middle", i, g.at(0.5, 0.05), g.at(0.5, 0.5))
		}
	}
}
