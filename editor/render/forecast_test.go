package render

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/editor"
	"parley/editor/ffmpeg"
)

// mixed is a film of calm and busy parts.
func mixed(t *testing.T) *editor.Project {
	t.Helper()
	dir := t.TempDir()
	var paths []string
	for i, source := range []string{
		"testsrc2=s=320x180:r=30:d=6", "mandelbrot=s=320x180:r=30:end_scale=0.05", "smptehdbars=s=320x180:r=30:d=7",
		"life=s=320x180:r=30:mold=10:life_color=#80ff80:ratio=0.2:seed=7",
	} {
		path := filepath.Join(dir, fmt.Sprint(i, ".mp4"))
		run(t, "-f", "lavfi", "-i", source, "-f", "lavfi", "-i", "sine=440", "-t", fmt.Sprint(6-i), "-c:v", "libx264", "-preset", "ultrafast", "-qp", "10", "-g", "90", "-pix_fmt", "yuv420p",
			"-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", ffmpeg.InputArg(path))
		paths = append(paths, path)
	}
	return project(t, paths...)
}

// TestForecasts holds what is said beforehand against what is made.
func TestForecasts(t *testing.T) {
	p := mixed(t)
	for _, name := range []string{"web-720p", "vertical"} {
		preset, _ := editor.PresetNamed(name)
		film := FilmOf(p)
		film.Output = preset.Output(p.Spec())
		if name == "vertical" {
			film.Output = film.Output.Lines(180)
		}
		r := New(tools(t), t.TempDir(), editor.Effects{})
		guess, err := r.Forecast(t.Context(), film)
		if err != nil || guess.Sampled {
			t.Fatalf("%+v, %v", guess, err)
		}
		f, err := r.Sample(t.Context(), film)
		if err != nil || !f.Sampled || f.Encoded != f.Frames || f.Copied+f.Kept != 0 {
			t.Fatalf("%+v, %v", f, err)
		}
		report, err := r.Render(t.Context(), film, filepath.Join(t.TempDir(), "film"+film.Output.Format.Ext()), nil)
		if err != nil {
			t.Fatal(err)
		}
		size, took := float64(f.Size)/float64(report.Size), f.Time.Seconds()/report.Elapsed.Seconds()
		t.Logf("%s: said %s, sampled %s; it took %.1f s and %d bytes: size %.2f, time %.2f of it", name, guess, f, report.Elapsed.Seconds(), report.Size, size, took)
		if size < 0.75 || size > 1.3 {
			t.Errorf("%s: %d bytes were foretold and %d came", name, f.Size, report.Size)
		}
		again, err := r.Sample(t.Context(), film)
		if off := math.Abs(float64(again.Size)/float64(report.Size) - 1); err != nil || again.Kept != again.Frames || again.Encoded != 0 || off > 0.1 {
			t.Errorf("%s, made before: %+v, %v", name, again, err)
		}
	}
}

// TestForecastOfCopies is a film of which most is copied.
func TestForecastOfCopies(t *testing.T) {
	p := trimmed(t, mixed(t), editor.Rational(1, 2), editor.Rational(11, 2))
	r := New(tools(t), t.TempDir(), editor.Effects{})
	f, err := r.Sample(t.Context(), FilmOf(p))
	if err != nil || f.Copied*10 < f.Frames*8 || f.Copied+f.Encoded != f.Frames {
		t.Fatalf("%+v, %v", f, err)
	}
	report, err := r.Render(t.Context(), FilmOf(p), filepath.Join(t.TempDir(), "film.mp4"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if size := float64(f.Size) / float64(report.Size); size < 0.9 || size > 1.1 {
		t.Errorf("%d bytes were foretold and %d came", f.Size, report.Size)
	}
	if !strings.Contains(f.String(), "% copied, ") {
		t.Error(f)
	}
}

func TestForecastInWords(t *testing.T) {
	for _, c := range []struct {
		f    Forecast
		want string
	}{
		{Forecast{Frames: 1000, Copied: 920, Encoded: 80, Time: 38 * time.Second, Size: 12_300_000}, "92 % copied, 8 % encoded; about 40 s and 12 MB"},
		{Forecast{Frames: 1000, Copied: 999, Encoded: 1, Time: time.Second / 2, Size: 123_000}, "more than 99 % copied, less than 1 % encoded; about 1 s and 0.1 MB"},
		{Forecast{Frames: 10, Kept: 10, Time: 150 * time.Second, Size: 5e9}, "100 % made before; about 3 min and 5.0 GB"},
		{Forecast{Frames: 10, Encoded: 10, Time: 3 * time.Hour, Size: 40_000}, "100 % encoded; about 3.0 h and 40 kB"},
		{Forecast{Time: 9 * time.Second, Size: 8_450_000}, "about 9 s and 8.4 MB"},
	} {
		if got := c.f.String(); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// TestSampledBelowTheBound samples a film that is to have a size, of which it
// needs less than was guessed.
func TestSampledBelowTheBound(t *testing.T) {
	out := editor.DefaultOutput
	out.MaxSize = 10e6
	plan := &editor.Plan{Output: out, Frames: 3000, Samples: 4800000,
		Pictures: []editor.Step{{Name: "v00000.mp4", Frames: 3000}}, Reel: []editor.Piece{{Picture: 0, Times: 1}}}
	c := &cache{dir: t.TempDir(), limit: usualLimit}
	j := &job{Renderer: &Renderer{tools: &ffmpeg.Tools{}, cache: c}, plan: plan, work: &workshop{dir: t.TempDir()}}
	if err := os.WriteFile(j.work.path("sample0.mp4"), make([]byte, overhead+60*100), 0o600); err != nil {
		t.Fatal(err)
	}
	f, rest := j.forecast()
	f, err := j.measured(f, rest, []editor.Step{{Name: "sample0.mp4", Frames: 60}}, time.Second)
	if want := 3000*100 + out.SoundSize(editor.Rational(100, 1)); err != nil || f.Size < want-1 || f.Size > want+1 {
		t.Errorf("%d bytes instead of %d, %v", f.Size, want, err)
	}
}
