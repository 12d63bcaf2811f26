package render

import (
	"context"
	"errors"
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

// check examines the film as a stranger's, and at the same time its frames
// beside the timeline's and its sound beside the mix.
func (j *job) check(ctx context.Context, path string) error {
	looked := make(chan error, 1)
	go func() { looked <- errors.Join(j.checkFrames(ctx, path), j.checkHeard(ctx, path)) }()
	err := check(ctx, j.tools, path, j.plan)
	if other := <-looked; err == nil && other != nil {
		err = fmt.Errorf("%w: %w", ErrCheck, other)
	}
	return err
}

// checkFrames looks at the first frame and a middle one of parts all over the
// film: each has to show what the timeline has there.
func (j *job) checkFrames(ctx context.Context, path string) error {
	out := j.plan.Output
	if !out.Format.Seen() || out.Format == editor.GIF || out.Format.Poster() || len(j.plan.Early) > 0 {
		return nil // nothing to see, few colours, or pictures that were moved
	}
	reference, err := editor.Assemble(j.film.Timeline, j.lib, small(out), j.effects, j.open)
	if err != nil {
		return err
	}
	for _, frame := range sampledFrames(j.plan) {
		got, err := j.glance(ctx, path, frame)
		if err != nil {
			return err
		}
		wants, err := j.glances(ctx, reference, frame)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(wants, func(want []byte) bool { return difference(got, want) <= unlike }) {
			return fmt.Errorf("at %s s it shows something else than the timeline has there", editor.Frames(frame, out.Rate))
		}
	}
	return nil
}

// small is an output of the same shape on which the timeline's frames are made
// quickly.
func small(out editor.Output) editor.Output {
	const side = 320
	longer := max(out.Width, out.Height)
	even := func(n int) int { return max(16, n*side/longer/2*2) }
	return editor.Output{Width: even(out.Width), Height: even(out.Height), Rate: out.Rate, SampleRate: 48000, Fit: out.Fit}
}

// sampledFrames are the first and the middle frame of some pieces of the reel.
func sampledFrames(p *editor.Plan) []int64 {
	var all []int64
	step := max(1, (len(p.Reel)-1)/(places-1))
	var first int64
	for i, piece := range p.Reel {
		n := p.Pictures[piece.Picture].Frames
		if i%step == 0 || i == len(p.Reel)-1 {
			all = append(all, first, first+n/2)
		}
		first += n * piece.Times
	}
	return slices.Compact(all)
}

// glance is a frame of the film.
func (j *job) glance(ctx context.Context, path string, frame int64) ([]byte, error) {
	at := editor.Frames(2*frame-1, editor.Ratio{Num: 2 * j.plan.Output.Rate.Num, Den: j.plan.Output.Rate.Den}).Max(editor.Time{})
	data, err := j.tools.Output(ctx, ffmpeg.Command{
		Op:   "looking at the film",
		Args: append([]string{"-ss", at.String(), "-i", ffmpeg.InputArg(path), "-map", "0:v"}, glanced(1)...),
	}, glanceSize)
	if err != nil {
		return nil, err
	}
	if len(data) != glanceSize {
		return nil, fmt.Errorf("at %s s it has no picture", at)
	}
	return data, nil
}

// glances are the timeline's own picture of a frame and those beside it: where
// two of a source's frames are equally near, either may be taken.
func (j *job) glances(ctx context.Context, a *editor.Assembly, frame int64) ([][]byte, error) {
	var all [][]byte
	for _, from := range []int64{frame - 1, frame} {
		if from < 0 {
			continue
		}
		s, err := a.Pictures(from)
		if err != nil {
			return nil, err
		}
		if err := j.letters(s); err != nil {
			return nil, err
		}
		data, err := j.tools.Output(ctx, ffmpeg.Command{
			Op: "making the film's pictures again", Dir: j.work.dir, Args: append(slices.Clone(s.Args), glanced(3)...),
		}, 3*glanceSize)
		if err != nil {
			return nil, err
		}
		for part := range slices.Chunk(data, glanceSize) {
			all = append(all, part)
		}
		if from < frame && len(all) > 1 {
			break // the one asked for is in the same span
		}
	}
	return all, nil
}

// glanced are the arguments that write n frames as glances.
func glanced(n int) []string {
	return []string{"-frames:v", strconv.Itoa(n), "-s", fmt.Sprintf("%dx%d", glanceWidth, glanceHeight), "-sws_flags", "area", "-pix_fmt", "gray", "-f", "rawvideo", "pipe:1"}
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
