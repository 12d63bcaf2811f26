package render

import (
	"context"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"parley/editor"
	"parley/editor/ffmpeg"
)

// twoTakes is a film of two clips that look unlike, with what its job knows.
func twoTakes(t *testing.T, dir string) (*job, string) {
	t.Helper()
	x264 := []string{"-c:v", "libx264", "-preset", "veryfast", "-g", "30", "-pix_fmt", "yuv420p"}
	one := shot{name: "one.mp4", w: 320, h: 180, rate: "30", frames: 60, from: 85, options: x264}.make(t, dir)
	two := shot{name: "two.mp4", w: 320, h: 180, rate: "30", frames: 60, from: 682, options: x264}.make(t, dir)
	p := project(t, one, two)
	good, _ := render(t, p)
	j := &job{Renderer: New(tools(t), filepath.Join(dir, "cache"), editor.Effects{}), film: FilmOf(p)}
	if err := j.prepare(t.Context(), filepath.Join(dir, "none.mp4")); err != nil {
		t.Fatal(err)
	}
	var err error
	if j.work, err = j.cache.workshop(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := j.work.close(); err != nil {
			t.Error(err)
		}
	})
	return j, good
}

// TestCheckFrames hands the check films in which other pictures are than the
// timeline has.
func TestCheckFrames(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	j, good := twoTakes(t, dir)
	if err := j.checkFrames(t.Context(), good); err != nil {
		t.Fatalf("a right film is refused: %v", err)
	}
	// Places are looked at side by side: any of those that are wrong may be told.
	for _, tt := range []struct{ name, filter, says string }{
		{"black from its second clip on", "drawbox=c=black:t=fill:enable='gte(n,60)'", "at [23] s"},
		{"frozen at its first clip", "loop=loop=60:size=1:start=59,trim=end_frame=120", "at [123] s"},
		{"the clips in the other order", "split[a][b];[a]trim=start_frame=60,setpts=N/30/TB[c];[b]trim=end_frame=60,setpts=N/30/TB[d];[c][d]concat", "at [0123] s"},
		{"too bright", "lutyuv=y='min(235,val+60)'", "at [0123] s"},
	} {
		path := filepath.Join(dir, "bad.mp4")
		run(t, "-i", ffmpeg.InputArg(good), "-vf", tt.filter, "-c:v", "libx264", ffmpeg.InputArg(path))
		if err := j.checkFrames(t.Context(), path); err == nil || !regexp.MustCompile(tt.says).MatchString(err.Error()) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

// TestCheckJoins takes the key frame of the second clip away.
func TestCheckJoins(t *testing.T) {
	dir := t.TempDir()
	j, good := twoTakes(t, dir)
	if err := checkJoins(t.Context(), tools(t), good, j.plan); err != nil {
		t.Fatalf("a right film is refused: %v", err)
	}
	path := filepath.Join(dir, "bad.mp4")
	run(t, "-i", ffmpeg.InputArg(good), "-c", "copy", "-bsf:v", "noise=amount=3:drop='eq(n\\,60)'", ffmpeg.InputArg(path))
	if err := checkJoins(t.Context(), tools(t), path, j.plan); err == nil {
		t.Error("damaged pictures at a join are not noticed")
	}
}

// checkFrames looks at all of the frames that are looked at.
func (j *job) checkFrames(ctx context.Context, path string) error {
	looks, err := j.frameLooks(path)
	if err != nil {
		return err
	}
	return sideBySide(ctx, queue(looks), func(ctx context.Context, l look) error { return l(ctx) })
}

// checkJoins looks at all of the joins.
func checkJoins(ctx context.Context, tools *ffmpeg.Tools, path string, plan *editor.Plan) error {
	return sideBySide(ctx, queue(joinLooks(tools, path, plan)), func(ctx context.Context, l look) error { return l(ctx) })
}

// The looks are spread over the film, and are no more for one of many pieces.
func TestSampledFrames(t *testing.T) {
	for _, test := range []struct {
		pieces int
		want   []int64 // pieces whose first frames are looked at
	}{
		{1, []int64{0}},
		{2, []int64{0, 1}},
		{4, []int64{0, 1, 2, 3}},
		{5, []int64{0, 1, 2, 4}},
		{100, []int64{0, 33, 66, 99}},
	} {
		p := &editor.Plan{Pictures: []editor.Step{{Frames: 1}}, Reel: slices.Repeat([]editor.Piece{{Times: 1}}, test.pieces)}
		var got []int64
		for _, s := range sampledFrames(p) {
			got = append(got, s.frame)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("of %d pieces %v are looked at, want %v", test.pieces, got, test.want)
		}
	}
}

func TestLongestFirst(t *testing.T) {
	copied := editor.Step{Frames: 500, Packets: make([]editor.Packet, 500)}
	got := longestFirst([]editor.Step{{Frames: 10}, copied, {Frames: 30}, {Frames: 10}, {Frames: 31}})
	if want := []int{4, 2, 0, 3, 1}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
