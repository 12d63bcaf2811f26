package wire

import (
	"log/slog"
	"path/filepath"
	"testing"

	"parley/app/settings"
	"parley/editor"
	"parley/editor/ffmpeg"
	"parley/editor/render"
	"parley/editor/store"
)

// TestFilmWithEffects renders a card, a transition, a lower third and a burnt
// subtitle with what comes with the program, and finds each in the film's
// pixels, where and as long as it is to be there.
func TestFilmWithEffects(t *testing.T) {
	dir := t.TempDir()
	folders := settings.Folders{Data: filepath.Join(dir, "data"), Cache: filepath.Join(dir, "cache"), Config: filepath.Join(dir, "config")}
	kit, err := NewEditor(t.Context(), folders, Effects(folders, slog.New(slog.DiscardHandler)))
	if err != nil {
		t.Fatal(err)
	}
	p := filmWithEffects(t, kit, dir)
	target := filepath.Join(dir, "film.mp4")
	if _, err := kit.Renderer.Render(t.Context(), render.FilmOf(p), target, nil); err != nil {
		t.Fatal(err)
	}
	frames := grays(t, kit.Tools, target)
	if len(frames) != 90 { // 2 s of card and 2 s of clip, less 1 s of transition
		t.Fatalf("%d frames", len(frames))
	}
	for _, c := range []struct {
		what     string
		frame    int
		x, y     [2]int // the part that is looked at
		from, to byte   // its brightest is between
	}{
		{"the card's title", 28, [2]int{80, 240}, [2]int{60, 110}, 200, 255},
		{"the card's ground", 28, [2]int{0, 40}, [2]int{0, 40}, 20, 60},
		{"black in the middle of the transition", 45, [2]int{0, 320}, [2]int{0, 20}, 0, 36},
		{"no name yet", 65, [2]int{0, 110}, [2]int{130, 180}, 120, 135},
		{"the name", 78, [2]int{0, 110}, [2]int{130, 180}, 160, 255},
		{"the picture beside it", 78, [2]int{250, 320}, [2]int{60, 100}, 120, 135},
		{"the subtitle", 65, [2]int{110, 210}, [2]int{140, 176}, 200, 255},
		{"no subtitle any more", 88, [2]int{140, 180}, [2]int{140, 176}, 120, 140},
	} {
		if got := brightest(frames[c.frame], c.x, c.y); got < c.from || got > c.to {
			t.Errorf("%s: frame %d has %d there", c.what, c.frame, got)
		}
	}
}

// filmWithEffects is a card of 2 s, then a grey clip of 2 s that comes through
// black within 1 s.
func filmWithEffects(t *testing.T, kit *Editor, dir string) *editor.Project {
	t.Helper()
	clip := filepath.Join(dir, "clip.mp4")
	err := kit.Tools.Run(t.Context(), ffmpeg.Command{Op: "make a test file", Args: []string{
		"-f", "lavfi", "-i", "color=c=0x808080:s=320x180:r=30:d=2", "-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", ffmpeg.InputArg(clip)}})
	if err != nil {
		t.Fatal(err)
	}
	p, err := store.Join(t.Context(), kit.Tools, clip)
	if err != nil {
		t.Fatal(err)
	}
	p.Output = &editor.Output{Width: 320, Height: 180, Rate: editor.Ratio{Num: 30, Den: 1}, SampleRate: 48000}
	p.Library["/s.srt"] = editor.Source{Path: "/s.srt", Captions: &editor.Captions{Cues: []editor.Cue{{From: editor.Rational(1, 1), To: editor.Rational(3, 2), Text: "WWWW"}}}}
	grey := p.Timeline.Clip(0)
	grey.Captions = "/s.srt"
	grey.Transition = editor.Transition{Kind: "fade-black", Length: editor.Rational(1, 1)}
	grey.Titles = []editor.Title{{Template: "lower-third-tabs", Fields: map[string]string{"title": "Ada Lovelace"}, At: editor.Rational(5, 4), Length: editor.Rational(5, 4)}}
	card := editor.Clip{ID: "card", Kind: editor.TitleClip, Duration: editor.Rational(2, 1),
		Titles: []editor.Title{{Template: "card", Fields: map[string]string{"title": "WWWW"}}}}
	if p.Timeline, err = editor.NewTimeline(card, grey); err == nil {
		p.Timeline, err = p.Timeline.WithMaster(editor.Master{Subtitles: editor.SubtitleBurnt})
	}
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// grays are the frames of a film as 320x180 bytes of brightness.
func grays(t *testing.T, tools *ffmpeg.Tools, path string) [][]byte {
	t.Helper()
	data, err := tools.Output(t.Context(), ffmpeg.Command{Op: "decode", Args: []string{
		"-i", ffmpeg.InputArg(path), "-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "yuv420p", "pipe:1"}}, 1<<30)
	if err != nil {
		t.Fatal(err)
	}
	const size = 320 * 180
	var frames [][]byte
	for ; len(data) >= size*3/2; data = data[size*3/2:] {
		frames = append(frames, data[:size])
	}
	return frames
}

func brightest(frame []byte, x, y [2]int) (most byte) {
	for row := y[0]; row < y[1]; row++ {
		for column := x[0]; column < x[1]; column++ {
			most = max(most, frame[row*320+column])
		}
	}
	return most
}
