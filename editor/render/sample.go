package render

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"parley/editor"
)

// sampling is how many places of a film are encoded to see how large it will
// be, for two seconds each.
const sampling = 6

// Sample tells what a render would do as Forecast does, and encodes a few short
// parts of what would have to be encoded, to see how large they come out and
// how long they take. Nothing of it is kept.
func (r *Renderer) Sample(ctx context.Context, film Film) (f Forecast, err error) {
	j := &job{Renderer: r, film: film, track: newTracker(nil, time.Now)}
	if err := j.prepare(ctx, ""); err != nil {
		return f, err
	}
	f, rest := j.forecast()
	if rest.distinct == 0 {
		f.settle(j.plan.Output)
		return f, nil
	}
	if j.work, err = j.cache.workshop(); err != nil {
		return f, err
	}
	defer func() { err = errors.Join(err, j.work.close()) }()
	a, err := editor.Assemble(film.Timeline, j.lib, j.plan.Output, j.effects, j.open)
	if err != nil {
		return f, err
	}
	steps, err := sampleSteps(a, rest.parts)
	if err != nil {
		return f, err
	}
	begun := time.Now()
	if err := sideBySide(ctx, queue(steps), j.step); err != nil {
		return f, err
	}
	return j.measured(f, rest, steps, time.Since(begun))
}

// sampleSteps are steps that encode parts of what is to be done, spread evenly
// over it.
func sampleSteps(a *editor.Assembly, todo []region) ([]editor.Step, error) {
	var total int64
	for _, w := range todo {
		total += w.frames
	}
	n := min(a.Output.Group(), max(1, total/sampling))
	var steps []editor.Step
	for i := range int64(sampling) {
		at := max(0, min(total*(2*i+1)/(2*sampling)-n/2, total-n))
		frame, left := place(todo, at)
		s, err := a.Sample(frame, min(n, left))
		if err != nil {
			return nil, err
		}
		s.Name = fmt.Sprintf("sample%d.mp4", i)
		steps = append(steps, s)
	}
	return steps, nil
}

// place is the film frame of what is to be done at a place of it, and how many
// follow without a gap.
func place(todo []region, at int64) (frame, left int64) {
	for _, w := range todo {
		if at < w.frames {
			return w.first + at, w.frames - at
		}
		at -= w.frames
	}
	last := todo[len(todo)-1]
	return last.first, last.frames
}

// measured puts what the samples told in place of what was guessed.
func (j *job) measured(f Forecast, rest todo, steps []editor.Step, took time.Duration) (Forecast, error) {
	out := j.plan.Output
	var bytes, frames int64
	for _, s := range steps {
		info, err := os.Stat(j.work.path(s.Name))
		if err != nil {
			return f, err
		}
		bytes += info.Size() - overhead
		frames += s.Frames
	}
	guess := float64(out.Width*out.Height) * out.Bits() / 8
	f.Size += int64(float64(f.Encoded) * (float64(bytes)/float64(frames) - guess))
	f.settle(out)
	share := float64(rest.distinct) / float64(frames)
	f.Time = time.Duration(share*float64(took)*(1+costCheck)) + time.Duration(float64(f.Copied)*costCopy*float64(time.Second))
	f.Sampled = true
	return f, nil
}

// overhead is about what an MP4 needs beside its pictures, in bytes.
const overhead = 1500
