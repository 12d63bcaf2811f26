package layout

import (
	"bytes"
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"parley/editor"
)

// brightness is that of the flat picture that stands for a track.
var brightness = map[string]byte{"me-video": 80, "them-video": 160, "them-screen": 220}

// render composes flat pictures and returns the frames' luma planes.
func render(t *testing.T, c editor.Composition, n int64, out editor.Output) [][]byte {
	t.Helper()
	path, err := exec.LookPath("ffmpeg")
	if err != nil {
		t.Skip("there is no ffmpeg")
	}
	var chains, labels []string
	for i, b := range c.Boxes {
		gray := brightness[b.Track.ID]
		chains = append(chains, fmt.Sprintf("color=c=black:s=%dx%d:r=%d/%d,format=yuv420p,geq=lum=%d:cb=128:cr=128,trim=end_frame=%d[p%d]",
			b.W, b.H, out.Rate.Num, out.Rate.Den, gray, n, i))
		labels = append(labels, fmt.Sprintf("[p%d]", i))
	}
	graph := strings.Join(append(chains, c.Filter(labels, "[v]", n, out)), ";")
	cmd := exec.CommandContext(t.Context(), path, "-nostdin", "-v", "error", "-filter_complex", graph,
		"-map", "[v]", "-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "yuv420p", "pipe:1")
	var said bytes.Buffer
	cmd.Stderr = &said
	data, err := cmd.Output()
	if err != nil || said.Len() > 0 {
		t.Fatalf("%v: %s\n%s", err, said.String(), graph)
	}
	var frames [][]byte
	for size := out.Width * out.Height; len(data) >= size*3/2; data = data[size*3/2:] {
		frames = append(frames, data[:size])
	}
	return frames
}

// TestPixels composes every layout, wide and upright: each picture is where
// its box is, its corners are cut off where they are round, and as many frames
// come out as go in.
func TestPixels(t *testing.T) {
	r := &editor.Recording{}
	for _, id := range []string{"me-video", "them-video", "them-screen"} {
		who, _, _ := strings.Cut(id, "-")
		r.Tracks = append(r.Tracks, editor.Track{ID: id, Who: editor.Party(who), Kind: editor.VideoStream})
	}
	all := installed(t)
	for _, l := range all {
		for _, out := range []editor.Output{{Width: 320, Height: 180, Rate: editor.Ratio{Num: 25, Den: 1}}, {Width: 180, Height: 320, Rate: editor.Ratio{Num: 30000, Den: 1001}}} {
			t.Run(fmt.Sprintf("%s/%dx%d", l.Name, out.Width, out.Height), func(t *testing.T) {
				t.Parallel()
				c, err := editor.Effects{Layouts: all}.Compose(editor.Arrangement(l.Name), r, nil, out)
				if err != nil {
					t.Fatal(err)
				}
				frames := render(t, c, 7, out)
				if len(frames) != 7 {
					t.Fatalf("%d frames instead of 7", len(frames))
				}
				for _, frame := range [][]byte{frames[0], frames[6]} {
					look(t, c, frame, out.Width)
				}
			})
		}
	}
}

func look(t *testing.T, c editor.Composition, frame []byte, width int) {
	t.Helper()
	for i, b := range c.Boxes {
		want := brightness[b.Track.ID]
		near := func(x, y int) bool { v := frame[y*width+x]; return v >= want-2 && v <= want+2 }
		for _, at := range [][2]int{{b.X + 1, b.Y + b.H/2}, {b.X + b.W/2, b.Y + 1}} {
			if !near(at[0], at[1]) {
				t.Errorf("box %d, of %s, shows %d at %v", i, b.Track.ID, frame[at[1]*width+at[0]], at)
			}
		}
		if round := !near(b.X, b.Y); round != (b.Radius > 0) {
			t.Errorf("the corner of box %d with radius %d shows %d", i, b.Radius, frame[b.Y*width+b.X])
		}
	}
}
