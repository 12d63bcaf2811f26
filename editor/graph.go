package editor

import (
	"fmt"
	"strings"
)

// graph is the filter graph of a clip's pictures: a chain for each input, and
// the joining of what they put out.
type graph struct {
	scene  *scene
	frames int64
	inputs []string // arguments
	paths  []string
	chains []string
	labels []string // of the boxes, from left to right
}

func newGraph(s *scene, frames int64) *graph { return &graph{scene: s, frames: frames} }

// add plans one stream into the next box. origin is the time stamp in the file
// that the clip's times count from. A stream that has nothing to show while
// the clip stands leaves its box black.
func (g *graph) add(m *Media, v *Stream, origin Time, b box) {
	label := fmt.Sprintf("[b%d]", len(g.labels))
	g.labels = append(g.labels, label)
	at := origin.Add(g.scene.clip.In)
	if v == nil || !v.present(at, origin.Add(g.scene.clip.Out)) {
		g.chains = append(g.chains, g.black(b)+label)
		return
	}
	w := newWindow(m, at)
	late := g.late(v, origin, at)
	chain := g.timing(w, late)
	if v.Interlaced {
		chain = append(chain, "bwdif=mode=send_frame:deint=interlaced")
	}
	chain = append(chain, b.fit(v, "bicubic")...)
	chain = append(chain, g.lead(late)...)
	chain = append(chain, "tpad=stop=-1:stop_mode=clone", "trim=end_frame="+itoa(g.frames))
	g.chains = append(g.chains, fmt.Sprintf("[%d:%d]%s%s", len(g.paths), v.Index, strings.Join(chain, ","), label))
	g.inputs = append(g.inputs, "-reinit_filter", "0")
	g.inputs = append(append(g.inputs, w.args()...), g.scene.open(m)...)
	g.paths = append(g.paths, m.Path)
}

// timing brings the frames to the film's rate, with the one that stands at the
// clip's first moment as the first. It comes before the scaling, so that what
// is not shown is not scaled; fps and setpts do not mind a picture that
// changes size.
func (g *graph) timing(w window, late int64) []string {
	rate := g.scene.Output.Rate
	begin := Frames(late, rate)
	return []string{
		"setpts=" + w.setpts(),
		"fps=fps=" + rate.arg() + ":start_time=" + begin.String(),
	}
}

// late is the number of frames by which a stream begins after the clip does.
// A stream that begins less than nearStart after its origin is taken to begin
// there, and its first frame fills the gap: a call does not open with a flash
// of black.
func (g *graph) late(v *Stream, origin, at Time) int64 {
	if v.Start.Sub(origin).Cmp(nearStart) <= 0 {
		return 0
	}
	return max(0, v.Start.Sub(at).FrameRound(g.scene.Output.Rate))
}

// lead is n frames of black before a stream that begins late.
func (g *graph) lead(n int64) []string {
	if n == 0 {
		return nil
	}
	rate := g.scene.Output.Rate
	return []string{"tpad=start=" + itoa(n) + ":start_mode=add:color=black", "settb=expr=" + itoa(rate.Den) + "/" + itoa(rate.Num), "setpts=N"}
}

func (g *graph) black(b box) string {
	return fmt.Sprintf("color=c=black:s=%dx%d:r=%s,format=yuv420p,%s,trim=end_frame=%d", b.w, b.h, g.scene.Output.Rate.arg(), tags, g.frames)
}

// finish joins the boxes into the picture [v].
func (g *graph) finish() {
	switch len(g.labels) {
	case 0:
		g.chains = append(g.chains, g.black(g.scene.whole())+"[v]")
	case 1:
		last := len(g.chains) - 1
		g.chains[last] = strings.TrimSuffix(g.chains[last], g.labels[0]) + "[v]"
	default:
		out := g.scene.whole()
		g.chains = append(g.chains, fmt.Sprintf("%shstack=inputs=%d,pad=%d:%d:-1:-1,trim=end_frame=%d[v]",
			strings.Join(g.labels, ""), len(g.labels), out.w, out.h, g.frames))
	}
}

// step is the run that makes the segment.
func (g *graph) step() Step {
	args := append(append([]string{"-copyts"}, g.inputs...), "-filter_complex", strings.Join(g.chains, ";"), "-map", "[v]")
	return Step{
		Args: append(args, g.scene.Output.encode(g.frames)...), Inputs: g.paths,
		Frames: g.frames, Clip: g.scene.name(),
	}
}

// present says whether the stream has anything between two of its time
// stamps. Where its duration is not known, it has all that is after its start.
func (s *Stream) present(from, to Time) bool {
	if s.Start.Cmp(to) >= 0 {
		return false
	}
	return s.Duration == (Time{}) || s.Start.Add(s.Duration).Cmp(from) > 0
}
