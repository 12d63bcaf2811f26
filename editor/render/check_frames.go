package render

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"parley/editor"
	"parley/editor/ffmpeg"
)

// A film's frames are compared with the timeline's own as very small gray
// pictures, in which nothing is left of how they were scaled and encoded.
const (
	glanceWidth  = 32
	glanceHeight = 18
	glanceSize   = glanceWidth * glanceHeight

	// unlike is how much two such pictures may differ, in levels of gray on
	// the average, to be taken for the same.
	unlike = 12

	// places bounds how many parts of a film are looked at.
	places = 4
)

// check examines the film as a stranger's, its frames beside the timeline's,
// and its sound beside the mix and, where it may be copied, beside its sources.
func (j *job) check(ctx context.Context, path string) error {
	looks, err := j.frameLooks(path)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrCheck, err)
	}
	originals, err := j.originalLooks(path)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrCheck, err)
	}
	heard := func(ctx context.Context) error { return j.checkHeard(ctx, path) }
	return checked(ctx, j.tools, path, j.plan, append(append(looks, originals...), heard))
}

// frameLooks look at the first frame and a middle one of parts all over the
// film: each has to show what the timeline has there.
func (j *job) frameLooks(path string) ([]look, error) {
	out := j.plan.Output
	if !out.Format.Seen() || out.Format == editor.GIF || out.Format.Poster() || len(j.plan.Early) > 0 {
		return nil, nil // nothing to see, few colours, or pictures that were moved
	}
	exact, err := editor.Assemble(j.film.Timeline, j.lib, small(out), j.effects, j.open)
	if err != nil {
		return nil, err
	}
	draft, err := editor.Assemble(j.film.Timeline, j.lib, small(out), j.effects, hasty(j.open))
	if err != nil {
		return nil, err
	}
	draft.Draft = true
	var all []look
	for _, s := range sampledFrames(j.plan) {
		all = append(all, func(ctx context.Context) error { return j.checkFrame(ctx, path, s, draft, exact) })
	}
	return all, nil
}

// hasty opens files to be decoded without smoothing the edges of blocks, of
// which nothing is left in a glance.
func hasty(open editor.Opener) editor.Opener {
	return func(m *editor.Media) []string {
		if _, ok := m.Video(); !ok {
			return open(m)
		}
		return append([]string{"-skip_loop_filter", "all"}, open(m)...)
	}
}

// checkFrame compares a frame of the film with what the timeline has there:
// both as they are found quickly, and if they are not alike, or not found so,
// with care. Where two of a source's frames are equally near, either may have
// been taken, and so may those beside it.
func (j *job) checkFrame(ctx context.Context, path string, s sampled, draft, exact *editor.Assembly) error {
	if alike, err := j.alike(ctx, path, s, draft, s.frame); err == nil && alike {
		return nil
	}
	careful := sampled{frame: s.frame}
	for _, from := range []int64{s.frame - 1, s.frame} {
		if from < 0 {
			continue
		}
		if alike, err := j.alike(ctx, path, careful, exact, from); err != nil || alike {
			return err
		}
	}
	return fmt.Errorf("at %s s it shows something else than the timeline has there", editor.Frames(s.frame, j.plan.Output.Rate))
}

// alike says whether a frame of the film is one of those that the timeline has
// from a frame on.
func (j *job) alike(ctx context.Context, path string, s sampled, a *editor.Assembly, from int64) (bool, error) {
	got, err := j.glance(ctx, path, s)
	if err != nil {
		return false, err
	}
	wants, err := j.glances(ctx, a, from)
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(wants, func(want []byte) bool { return difference(got, want) <= unlike }), nil
}

// small is an output of the same shape on which the timeline's frames are made
// quickly.
func small(out editor.Output) editor.Output {
	const side = 320
	longer := max(out.Width, out.Height)
	even := func(n int) int { return max(16, n*side/longer/2*2) }
	return editor.Output{Width: even(out.Width), Height: even(out.Height), Rate: out.Rate, SampleRate: 48000, Fit: out.Fit}
}

// sampled is a frame of the film that is looked at. Where it is a key frame
// nothing has to be decoded before it.
type sampled struct {
	frame int64
	key   bool
}

// sampledFrames are the first and a middle frame of some pieces of the reel.
func sampledFrames(p *editor.Plan) []sampled {
	var all []sampled
	var first int64
	next, last := 0, len(p.Reel)-1
	for i, piece := range p.Reel {
		s := p.Pictures[piece.Picture]
		if i == next*last/(places-1) {
			all = append(all, sampled{first, true})
			if m := middle(s); m.frame > 0 {
				all = append(all, sampled{first + m.frame, m.key})
			}
			for next < places && next*last/(places-1) <= i {
				next++
			}
		}
		first += s.Frames * piece.Times
	}
	return all
}

// middle is the middle frame of a segment, or the key frame nearest to it of
// one that is copied.
func middle(s editor.Step) sampled {
	half := len(s.Packets) / 2
	for i := range half {
		for _, n := range []int{half - i, half + i} {
			if n < len(s.Packets) && s.Packets[n].Entry {
				return sampled{int64(n), true}
			}
		}
	}
	return sampled{s.Frames / 2, false}
}

// glance is a frame of the film.
func (j *job) glance(ctx context.Context, path string, s sampled) ([]byte, error) {
	quarters := int64(-2)
	var args []string
	if s.key {
		quarters, args = 1, []string{"-noaccurate_seek"}
	}
	rate := j.plan.Output.Rate
	at := editor.Frames(4*s.frame+quarters, editor.Ratio{Num: 4 * rate.Num, Den: rate.Den}).Max(editor.Time{})
	data, err := j.tools.Output(ctx, ffmpeg.Command{
		Op:   "looking at the film",
		Args: append(append(args, "-ss", at.String(), "-i", ffmpeg.InputArg(path), "-map", "0:v"), glanced(1)...),
	}, glanceSize)
	if err != nil {
		return nil, err
	}
	if len(data) != glanceSize {
		return nil, fmt.Errorf("at %s s it has no picture", at)
	}
	return data, nil
}

// glances are the timeline's own pictures from a frame on, as far as the same
// clips are seen.
func (j *job) glances(ctx context.Context, a *editor.Assembly, frame int64) (all [][]byte, err error) {
	s, err := a.Pictures(frame)
	if err != nil {
		return nil, err
	}
	if err := j.letters(s); err != nil {
		return nil, err
	}
	data, err := j.tools.Output(ctx, ffmpeg.Command{
		Op: "making the film's pictures again", Dir: j.work.dir, Args: append(slices.Clone(s.Args), glanced(min(3, s.Frames))...),
	}, 3*glanceSize)
	return slices.Collect(slices.Chunk(data, glanceSize)), err
}

// glanced are the arguments that write n frames as glances.
func glanced(n int64) []string {
	return []string{"-frames:v", strconv.FormatInt(n, 10), "-s", fmt.Sprintf("%dx%d", glanceWidth, glanceHeight), "-sws_flags", "area", "-pix_fmt", "gray", "-f", "rawvideo", "pipe:1"}
}

// difference is how far two glances are apart, in levels of gray on the
// average; one that is not whole is as far away as can be.
func difference(a, b []byte) float64 {
	if len(a) != glanceSize || len(b) != glanceSize {
		return 255
	}
	sum := 0
	for i := range a {
		sum += max(int(a[i]), int(b[i])) - min(int(a[i]), int(b[i]))
	}
	return float64(sum) / glanceSize
}
