package transition

import (
	"bytes"
	"fmt"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"parley/editor"
)

// The picture that goes is dark and grey, the one that comes is bright; both
// are of a size at which no edge falls together with a block.
const (
	dark, bright  = 60, 200
	width, height = 96, 64
)

// ffmpegPath skips where there is none.
func ffmpegPath(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("ffmpeg")
	if err != nil {
		t.Skip("there is no ffmpeg")
	}
	return path
}

// run makes a passage and returns the brightness of its frames.
func run(t *testing.T, b editor.Blend, p editor.Passage) [][]byte {
	t.Helper()
	source := func(gray int, label string) string {
		return fmt.Sprintf("color=c=black:s=%dx%d:r=%d/%d,format=gray,geq=lum=%d,format=yuv420p,setsar=1,settb=expr=%d/%d,setpts=N,trim=end_frame=%d%s",
			p.Output.Width, p.Output.Height, p.Output.Rate.Num, p.Output.Rate.Den, gray, p.Output.Rate.Den, p.Output.Rate.Num, p.Count, label)
	}
	// The value is to be kept as it is, not brought from full range to limited.
	graph := source(dark, "[a]") + ";" + source(bright, "[b]") + ";" + b.Filter(p)
	graph = strings.ReplaceAll(graph, "format=yuv420p,setsar", "scale=in_range=tv:out_range=tv,format=yuv420p,setsar")
	cmd := exec.CommandContext(t.Context(), ffmpegPath(t), "-nostdin", "-v", "error", "-filter_complex", graph,
		"-map", "[v]", "-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "yuv420p", "pipe:1")
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil || said.Len() > 0 {
		t.Fatalf("%s: %v: %s\n%s", b.Name, err, said.String(), graph)
	}
	var frames [][]byte
	for size := p.Output.Width * p.Output.Height; len(out) >= size*3/2; out = out[size*3/2:] {
		frames = append(frames, out[:size])
	}
	return frames
}

func mean(frame []byte) float64 {
	sum := 0
	for _, v := range frame {
		sum += int(v)
	}
	return float64(sum) / float64(len(frame))
}

func passage(of int64, rate editor.Ratio) editor.Passage {
	return editor.Passage{Of: of, Count: of, Output: editor.Output{Width: width, Height: height, Rate: rate, SampleRate: 48000}}
}

// TestConformance holds for every transition: as many frames come out as go
// in, the first is nearly the picture that goes, the last nearly the one that
// comes, and it gets there without going back and forth.
func TestConformance(t *testing.T) {
	ffmpegPath(t)
	for _, b := range All() {
		t.Run(b.Name, func(t *testing.T) {
			t.Parallel()
			for _, rate := range []editor.Ratio{{Num: 24000, Den: 1001}, {Num: 25, Den: 1}, {Num: 30, Den: 1}, {Num: 60, Den: 1}} {
				frames := run(t, b, passage(24, rate))
				if len(frames) != 24 {
					t.Fatalf("%d frames instead of 24 at %v", len(frames), rate)
				}
				if m := mean(frames[0]); m < dark-6 || m > dark+14 {
					t.Errorf("begins with %.1f", m)
				}
				if m := mean(frames[23]); m > bright+6 || m < bright-18 {
					t.Errorf("ends with %.1f", m)
				}
			}
		})
	}
}

func TestMiddle(t *testing.T) {
	for name, want := range map[string]struct {
		from, to float64 // of the mean in the middle
		dark     [2]int  // a place that still shows what goes
		bright   [2]int  // one that shows what comes
	}{
		"crossfade": {128, 132, [2]int{-1}, [2]int{-1}}, "fade-black": {16, 32, [2]int{-1}, [2]int{-1}}, "fade-white": {215, 235, [2]int{-1}, [2]int{-1}},
		"slide-left": {110, 150, [2]int{4, 32}, [2]int{90, 32}}, "slide-right": {110, 150, [2]int{90, 32}, [2]int{4, 32}},
		"slide-up": {110, 150, [2]int{48, 4}, [2]int{48, 60}}, "slide-down": {110, 150, [2]int{48, 60}, [2]int{48, 4}},
		"wipe-left": {110, 150, [2]int{4, 32}, [2]int{90, 32}}, "wipe-right": {110, 150, [2]int{90, 32}, [2]int{4, 32}},
		"wipe-up": {110, 150, [2]int{48, 4}, [2]int{48, 60}}, "wipe-down": {110, 150, [2]int{48, 60}, [2]int{48, 4}},
		"soft-wipe-left": {110, 150, [2]int{4, 32}, [2]int{92, 32}}, "soft-wipe-right": {110, 150, [2]int{92, 32}, [2]int{4, 32}},
		"soft-wipe-up": {110, 150, [2]int{48, 3}, [2]int{48, 61}}, "soft-wipe-down": {110, 150, [2]int{48, 61}, [2]int{48, 3}},
		"circle-open": {80, 180, [2]int{1, 1}, [2]int{48, 32}}, "circle-close": {80, 180, [2]int{48, 32}, [2]int{1, 1}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, err := editor.Effects{Blends: All()}.Blend(name)
			if err != nil {
				t.Fatal(err)
			}
			frame := run(t, b, passage(25, editor.Ratio{Num: 25, Den: 1}))[12]
			if m := mean(frame); m < want.from || m > want.to {
				t.Errorf("the middle is %.1f", m)
			}
			at := func(p [2]int) byte { return frame[p[1]*width+p[0]] }
			if want.dark[0] >= 0 && (at(want.dark) > dark+25 || at(want.bright) < bright-25) {
				t.Errorf("%d at %v, %d at %v", at(want.dark), want.dark, at(want.bright), want.bright)
			}
		})
	}
	if len(All()) != 17 {
		t.Errorf("%d transitions; each belongs into the table above", len(All()))
	}
}

// TestParts holds that a transition which is made in several runs is the one
// that is made in one.
func TestParts(t *testing.T) {
	for _, b := range All() {
		t.Run(b.Name, func(t *testing.T) {
			t.Parallel()
			whole := passage(11, editor.Ratio{Num: 30000, Den: 1001})
			want := run(t, b, whole)
			var got [][]byte
			for _, part := range [][2]int64{{0, 4}, {4, 7}} {
				p := whole
				p.First, p.Count = part[0], part[1]
				got = append(got, run(t, b, p)...)
			}
			if len(got) != len(want) {
				t.Fatalf("%d frames", len(got))
			}
			for i := range want {
				if far := distance(got[i], want[i]); far > 1 {
					t.Errorf("frame %d differs by %d", i, far)
				}
			}
		})
	}
}

func TestShortest(t *testing.T) {
	for _, b := range All() {
		if frames := run(t, b, passage(1, editor.Ratio{Num: 25, Den: 1})); len(frames) != 1 {
			t.Errorf("%s: %d frames of one", b.Name, len(frames))
		}
	}
}

func distance(a, b []byte) (most int) {
	for i := range a {
		most = max(most, int(a[i])-int(b[i]), int(b[i])-int(a[i]))
	}
	return most
}

// TestNames holds that names are unique and fit into a project, and that no
// label of a graph is in anybody's way.
func TestNames(t *testing.T) {
	seen := map[string]bool{}
	for _, b := range All() {
		if seen[b.Name] || seen[b.Label] || !regexp.MustCompile(`^[a-z0-9-]{1,64}$`).MatchString(b.Name) || b.Label == "" {
			t.Errorf("%q, %q", b.Name, b.Label)
		}
		seen[b.Name], seen[b.Label] = true, true
		for _, label := range regexp.MustCompile(`\[[^]]*\]`).FindAllString(b.Filter(passage(9, editor.Ratio{Num: 25, Den: 1})), -1) {
			if label != "[a]" && label != "[b]" && label != "[v]" && !strings.HasPrefix(label, "[blend") {
				t.Errorf("%s has the label %s", b.Name, label)
			}
		}
	}
}
