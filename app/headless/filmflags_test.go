package headless

import (
	"strings"
	"testing"

	"parley/editor"
)

// tall is an empty film, which would be 1920x1080 at 30.
func decide(t *testing.T, f filmFlags, target string) (editor.Output, string, error) {
	t.Helper()
	return f.output(&editor.Project{}, target)
}

func TestFilmFlags(t *testing.T) {
	for _, c := range []struct {
		flags  filmFlags
		target string
		want   string // target
		check  func(editor.Output) bool
	}{
		{filmFlags{}, "a.mp4", "a.mp4", func(o editor.Output) bool { return o.Width == 1920 && o.Format == "" && o.Copies() }},
		{filmFlags{}, "a", "a.mp4", func(o editor.Output) bool { return o.Format == "" }},
		{filmFlags{}, "v1.2 final", "v1.2 final.mp4", func(o editor.Output) bool { return o.Format == "" }},
		{filmFlags{}, "a.WEBM", "a.WEBM", func(o editor.Output) bool { return o.Format == editor.WebM }},
		{filmFlags{}, "a.gif", "a.gif", func(o editor.Output) bool { return o.Format == editor.GIF && o.Width == 480 }},
		{filmFlags{}, "a.opus", "a.opus", func(o editor.Output) bool { return o.Format == editor.Opus }},
		{filmFlags{moment: "1:02.5"}, "a.png", "a.png", func(o editor.Output) bool { return o.Format == editor.PNG && o.Moment == editor.Rational(125, 2) }},
		{filmFlags{preset: "poster"}, "a.jpeg", "a.jpeg", func(o editor.Output) bool { return o.Format == editor.JPEG }},
		{filmFlags{preset: "webm"}, "a", "a.webm", func(o editor.Output) bool { return o.Format == editor.WebM }},
		{filmFlags{size: "1280x720", rate: "25"}, "a.mp4", "a.mp4", func(o editor.Output) bool {
			return o.Width == 1280 && o.Height == 720 && o.Rate == editor.Ratio{Num: 25, Den: 1}
		}},
		{filmFlags{size: "480p", preset: "vertical"}, "a.mp4", "a.mp4", func(o editor.Output) bool { return o.Width == 480 && o.Height == 854 }},
		{filmFlags{rate: "29.97"}, "a.mp4", "a.mp4", func(o editor.Output) bool { return o.Rate == editor.Ratio{Num: 30000, Den: 1001} }},
		{filmFlags{rate: "24000/1001"}, "a.mp4", "a.mp4", func(o editor.Output) bool { return o.Rate == editor.Ratio{Num: 24000, Den: 1001} }},
		{filmFlags{target: "25M"}, "a.mp4", "a.mp4", func(o editor.Output) bool { return o.MaxSize == 25e6 && !o.Copies() }},
		{filmFlags{codec: "hevc", quality: 30, effort: "slow", recode: true}, "a.mp4", "a.mp4", func(o editor.Output) bool {
			return o.Codec == editor.HEVC && o.Quality == 30 && o.Effort == editor.Slow && o.Recode
		}},
	} {
		o, target, err := decide(t, c.flags, c.target)
		if err != nil || target != c.want || !c.check(o) {
			t.Errorf("%+v to %q: %+v to %q, %v", c.flags, c.target, o, target, err)
		}
	}
}

func TestFilmFlagsThatCannotBe(t *testing.T) {
	for _, c := range []struct {
		flags  filmFlags
		target string
		says   string
	}{
		{filmFlags{preset: "best"}, "a.mp4", "--list-presets"},
		{filmFlags{}, "a.avi", ".webm"},
		{filmFlags{preset: "webm"}, "a.mp4", ".webm"},
		{filmFlags{size: "big"}, "a.mp4", "1280x720 or 720p"},
		{filmFlags{size: "0p"}, "a.mp4", "1280x720 or 720p"},
		{filmFlags{size: "641x480"}, "a.mp4", "even"},
		{filmFlags{rate: "31"}, "a.mp4", "29.97"},
		{filmFlags{rate: "30/0"}, "a.mp4", "29.97"},
		{filmFlags{target: "lots"}, "a.mp4", "25M"},
		{filmFlags{target: "-5M"}, "a.mp4", "25M"},
		{filmFlags{moment: "1"}, "a.mp4", "--preset poster"},
		{filmFlags{moment: "soon"}, "a.jpg", "1:02.5"},
		{filmFlags{codec: "h264"}, "a.webm", "vp9 or av1"},
		{filmFlags{quality: 99}, "a.mp4", "51"},
	} {
		if _, _, err := decide(t, c.flags, c.target); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%+v to %q: %v; want it to say %q", c.flags, c.target, err, c.says)
		}
	}
}

func TestSizesOfFiles(t *testing.T) {
	for text, want := range map[string]int64{"25M": 25e6, "800k": 800e3, "1.5G": 1.5e9, "12345": 12345, "2MB": 2e6, "2MiB": 2e6, "": 0, "NaN": 0, "1e99": 0, "M": 0} {
		if got, ok := parseBytes(text); got != want || ok != (want > 0) {
			t.Errorf("%q is %d, %v; want %d", text, got, ok, want)
		}
	}
}
