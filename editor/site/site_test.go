package site

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/editor"
)

// renderer writes what it was asked for in place of a film.
type renderer func(film Film, target string) error

func (r renderer) Render(_ context.Context, film Film, target string, progress func(float64)) error {
	progress(0.5)
	return r(film, target)
}

func written(film Film, target string) error {
	return os.WriteFile(target, []byte(film.Output.Format.Ext()), 0o600)
}

type prober struct{}

func (prober) Probe(_ context.Context, path string) (*editor.Media, error) {
	return &editor.Media{Path: path, Duration: editor.Rational(10, 1), Streams: []editor.Stream{
		{Kind: editor.VideoStream, Codec: "h264", Width: 640, Height: 360, FrameRate: editor.Ratio{Num: 25, Den: 1}},
		{Kind: editor.AudioStream, Codec: "aac"}, {Kind: editor.SubtitleStream, Codec: "mov_text"},
	}}, nil
}

func maker(r renderer) Maker {
	return Maker{Renderer: r, Prober: prober{}, Now: func() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) }}
}

const evil = `</script><script src="https://example.org/x.js"></script> "quoted" & 'so'`

// film is a film of a call with subtitles and a chapter, whose texts are
// hostile.
func film(t *testing.T) Film {
	t.Helper()
	call := editor.Source{Path: "/v/call", Recording: &editor.Recording{Me: "Ann", Them: "<b>Bob", Started: time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)}}
	words := editor.Source{Path: "/v/a.srt", Captions: &editor.Captions{Cues: []editor.Cue{{To: editor.Rational(1, 1), Text: evil}}}}
	line, err := editor.NewTimeline(editor.Clip{ID: "c1", Kind: editor.RecordingClip, Source: call.Path, Out: editor.Rational(10, 1), Available: editor.Rational(10, 1),
		Captions: words.Path, Markers: []editor.Marker{{At: editor.Rational(5, 2), Label: evil}}})
	if err != nil {
		t.Fatal(err)
	}
	return Film{Title: evil, Timeline: line, Library: editor.Library{call.Path: call, words.Path: words}, Output: editor.DefaultOutput}
}

func build(t *testing.T, dir string) {
	t.Helper()
	if err := maker(written).Build(t.Context(), film(t), dir, nil); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, path ...string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestBuild(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "site")
	build(t, dir)
	for name, want := range map[string]string{MP4Name: ".mp4", WebMName: ".webm", PosterName: ".jpg", ChaptersName: "WEBVTT\n\n00:00:02.500 --> 00:00:10.000\n&lt;/script&gt;"} {
		if got := read(t, dir, name); !strings.HasPrefix(got, want) {
			t.Errorf("%s holds %q", name, got)
		}
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Mode().Perm() != 0o644 {
			t.Errorf("%s: %v, %v; a server has to read it", name, info.Mode(), err)
		}
	}
	var meta Metadata
	if err := json.Unmarshal([]byte(read(t, dir, MetadataName)), &meta); err != nil {
		t.Fatal(err)
	}
	if meta.Title != evil || meta.Duration != 10 || meta.Width != 640 || strings.Join(meta.Who, "|") != "Ann|<b>Bob" || meta.Recorded == nil || len(meta.Files) != 5 ||
		strings.Join(meta.Files[0].Codecs, " ") != "h264 aac" || meta.Chapters[0].At != 2.5 || meta.Subtitles != SubtitlesName {
		t.Errorf("%+v", meta)
	}
	page := read(t, dir, PageName)
	for _, part := range []string{"<script src", "<b>Bob", `"quoted"`} {
		if strings.Contains(page, part) {
			t.Errorf("the page holds %s:\n%s", part, page)
		}
	}
	if err := Check(dir); err != nil {
		t.Error(err)
	}
	left, err := os.ReadDir(filepath.Dir(dir))
	if err != nil || len(left) != 1 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestBuildAgain(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "site")
	build(t, dir)
	if err := os.WriteFile(filepath.Join(dir, "notes.txt"), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	plain := film(t)
	c := plain.Timeline.Clip(0)
	c.Captions, c.Markers = "", nil
	plain.Timeline, _ = editor.NewTimeline(c)
	if err := maker(written).Build(t.Context(), plain, dir, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, SubtitlesName)); err == nil || read(t, dir, "notes.txt") != "mine" {
		t.Errorf("old subtitles stay, or what was not exported does not: %v", err)
	}
	if err := Check(dir); err != nil {
		t.Error(err)
	}
}

func TestBuildFails(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "site")
	build(t, dir)
	before := read(t, dir, MetadataName)
	broken := errors.New("the disk is full")
	err := maker(func(f Film, target string) error {
		if f.Output.Format == editor.WebM {
			return broken
		}
		return written(f, target)
	}).Build(t.Context(), film(t), dir, nil)
	left, _ := os.ReadDir(filepath.Dir(dir))
	if !errors.Is(err, broken) || Check(dir) != nil || read(t, dir, MetadataName) != before || len(left) != 1 {
		t.Errorf("%v; the folder before: %v; left %v", err, Check(dir), left)
	}
	other := t.TempDir()
	if err := os.WriteFile(filepath.Join(other, "thesis.doc"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := maker(written).Build(t.Context(), film(t), other, nil); !errors.Is(err, ErrSite) || !strings.Contains(err.Error(), "other files") {
		t.Errorf("into a folder of somebody's: %v", err)
	}
}

func TestCheck(t *testing.T) {
	edit := func(name string, change func(string) string) func(*testing.T, string) {
		return func(t *testing.T, dir string) {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(change(read(t, dir, name))), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	swapped := func(from, to string) func(string) string {
		return func(s string) string { return strings.ReplaceAll(s, from, to) }
	}
	tests := []struct {
		name  string
		spoil func(*testing.T, string)
		say   string
	}{
		{"a film is missing", func(t *testing.T, dir string) {
			if err := os.Remove(filepath.Join(dir, WebMName)); err != nil {
				t.Fatal(err)
			}
		}, WebMName},
		{"a film was cut short", edit(MP4Name, func(string) string { return "" }), MP4Name + " is not the file"},
		{"no metadata", func(t *testing.T, dir string) {
			if err := os.Remove(filepath.Join(dir, MetadataName)); err != nil {
				t.Fatal(err)
			}
		}, MetadataName},
		{"broken metadata", edit(MetadataName, func(s string) string { return s[:20] }), "cannot be read"},
		{"another program's", edit(MetadataName, swapped(Format, "other")), "another program"},
		{"a file of elsewhere", edit(MetadataName, swapped(`"film.webm"`, `"../../secret"`)), "no such folder has"},
		{"no files", edit(MetadataName, func(string) string { return `{"format":"parley-site","version":1}` }), "lists 0 files"},
		{"a page without the film", edit(PageName, swapped(WebMName, "x.webm")), "does not show film.webm"},
		{"a page that loads from elsewhere", edit(PageName, swapped("<main>", `<main><img src="https://example.org/count.gif">`)), "from elsewhere"},
		{"a page that loads a font", edit(PageName, swapped("<style>", "<style>@import 'x';")), "from elsewhere"},
	}
	for _, tt := range tests {
		dir := filepath.Join(t.TempDir(), "site")
		build(t, dir)
		tt.spoil(t, dir)
		if err := Check(dir); !errors.Is(err, ErrSite) || !strings.Contains(err.Error(), tt.say) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

// FuzzMetadata: whatever a folder says of itself, no file outside it is read.
func FuzzMetadata(f *testing.F) {
	f.Add([]byte(`{"format":"parley-site","version":1,"files":[{"name":"film.mp4","type":"video/mp4","size":1,"sha256":"x"}]}`))
	f.Add([]byte(`{"format":"parley-site","version":1,"files":[{"name":"../x","type":"video/mp4"}]}`))
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.WriteFile(filepath.Join(dir, MetadataName), data, 0o600); err != nil {
			t.Fatal(err)
		}
		if Check(dir) == nil {
			t.Fatal("a folder without a film is whole")
		}
	})
}
