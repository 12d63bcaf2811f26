package render

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"parley/editor"
	"parley/editor/ffmpeg"
)

// declared has a small picture say that it is BT.709, as large ones are taken
// to be.
const declared = " -pix_fmt yuv420p -colorspace bt709 -color_primaries bt709 -color_trc bt709"

// copyable is a shot whose groups are coded as told.
func copyable(name, rate, x264 string) shot {
	return shot{name: name, w: 160, h: 90, rate: rate, frames: 160, sound: "sine=440:r=48000",
		options: strings.Fields("-c:v libx264 -preset veryfast -sc_threshold 0 " + x264 + declared + " -c:a aac")}
}

// TestCopied cuts every kind of source at all positions relative to key frames
// and to the pictures between references, joins the parts, and looks at every
// frame: it has to be the right one, and where it was copied the very same.
func TestCopied(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	tests := []struct {
		shot
		step  int     // from one beginning of a part to the next; 1: all positions
		share float64 // of the frames that are copied, at least
	}{
		{copyable("plain.mp4", "25", "-g 12 -bf 0"), 3, 0.85},
		{copyable("bs.mp4", "30000/1001", "-g 12 -bf 2"), 3, 0.8},
		{copyable("pyramid.mp4", "60", "-g 14 -bf 3 -x264-params b-pyramid=normal"), 1, 0.8},
		{copyable("pyramid.mkv", "30000/1001", "-g 14 -bf 3 -x264-params b-pyramid=normal"), 3, 0.8},
		{copyable("pyramid.ts", "25", "-g 14 -bf 3 -x264-params b-pyramid=normal"), 3, 0.8},
		{copyable("fixed.mkv", "25", "-g 12 -bf 2 -b_strategy 0"), 1, 0.8},
		{copyable("open.mp4", "25", "-g 14 -bf 3 -x264-params open-gop=1"), 3, 0},
		{copyable("slices.ts", "30", "-g 12 -bf 2 -slices 4"), 3, 0.8},
		{copyable("main.mp4", "25", "-g 12 -bf 2 -profile:v main -coder vlc"), 3, 0.8},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			source := tt.make(t, dir)
			p, want := everyCut(t, project(t, source), tt.step)
			path, report := render(t, p)
			sameNumbers(t, tt.name, numbers(t, path), want)
			share := float64(report.Copied) / float64(report.Frames)
			t.Logf("%d of %d frames are copied, %.0f %%", report.Copied, report.Frames, 100*share)
			if share < tt.share {
				t.Errorf("only %.0f %% of the frames are copied", 100*share)
			}
			if same := identical(t, source, path, want); same < report.Copied {
				t.Errorf("%d frames are those of the source, and %d were copied", same, report.Copied)
			}
			plays(t, path)
		})
	}
}

// everyCut is a film of parts of one source that begin and end at positions
// all over its groups, and the numbers of its frames.
func everyCut(t *testing.T, p *editor.Project, step int) (*editor.Project, []int) {
	t.Helper()
	rate := p.Spec().Rate
	var clips []editor.Clip
	var want []int
	for i := 0; i < 14; i += step {
		in, out := i, 84+(i*5)%14
		c := p.Timeline.Clip(0)
		c.ID = editor.ClipID(fmt.Sprint("c", i+1))
		c.In, c.Out = editor.Frames(int64(in), rate), editor.Frames(int64(out), rate)
		clips = append(clips, c)
		want = append(want, count(in, out-in)...)
	}
	line, err := editor.NewTimeline(clips...)
	if err != nil {
		t.Fatal(err)
	}
	p.Timeline = line
	return p, want
}

// identical is how many frames of the film are, bit by bit, the frame of the
// source that they show.
func identical(t *testing.T, source, film string, shown []int) (n int64) {
	t.Helper()
	from, got := hashes(t, source), hashes(t, film)
	if len(got) != len(shown) {
		t.Fatalf("%d frames of %d can be decoded", len(got), len(shown))
	}
	for i, number := range shown {
		if got[i] == from[number] {
			n++
		}
	}
	return n
}

// hashes are the checksums of a file's pictures.
func hashes(t *testing.T, path string) (all []string) {
	t.Helper()
	for line := range strings.Lines(string(output(t, "-i", ffmpeg.InputArg(path), "-map", "0:v", "-fps_mode", "passthrough", "-f", "framemd5", "pipe:1"))) {
		if fields := strings.Split(line, ","); line[0] != '#' && len(fields) == 6 {
			all = append(all, strings.TrimSpace(fields[5]))
		}
	}
	return all
}

// plays decodes a film as the strictest players do: any complaint is a
// failure, from its beginning and from each second, and once more with the
// parameter sets of the header alone.
func plays(t *testing.T, path string) {
	t.Helper()
	strict := func(args ...string) {
		t.Helper()
		run(t, append(append([]string{"-xerror", "-err_detect", "explode"}, args...), "-f", "null", "-")...)
	}
	strict("-i", ffmpeg.InputArg(path))
	m, err := tools(t).Probe(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	var seeks []string
	for s := range int(m.Duration.Float()) {
		seeks = append(seeks, "-ss", fmt.Sprint(s), "-t", "0.2", "-i", ffmpeg.InputArg(path))
	}
	for i := range len(seeks) / 6 {
		seeks = append(seeks, "-map", fmt.Sprintf("%d:v", i))
	}
	strict(seeks...)
	bare := filepath.Join(t.TempDir(), "bare.mp4")
	run(t, "-i", ffmpeg.InputArg(path), "-map", "0:v", "-c", "copy", "-bsf:v", "filter_units=remove_types=7|8", ffmpeg.InputArg(bare))
	strict("-i", ffmpeg.InputArg(bare))
	pictures := func(path string) []byte {
		return output(t, "-i", ffmpeg.InputArg(path), "-map", "0:v", "-f", "framemd5", "pipe:1")
	}
	if !bytes.Equal(pictures(bare), pictures(path)) {
		t.Error("with the header's parameter sets alone the film looks different")
	}
}
