package render

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"parley/editor"
	"parley/editor/ffmpeg"
)

// ErrSegment is what a segment that came out wrong is reported as.
var ErrSegment = errors.New("a clip could not be rendered")

// segments makes the picture segments and, beside them, the sound. The first
// failure ends the rest.
func (j *job) segments(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	j.track.expect(j.plan)
	j.track.phase(Rendering)
	if err := j.early(ctx); err != nil {
		return err
	}
	var group sync.WaitGroup
	run := func(work func(context.Context) error) {
		group.Go(func() {
			if err := work(ctx); err != nil {
				cancel(err)
			}
		})
	}
	steps := make(chan int)
	if j.plan.Output.Format.Heard() {
		run(j.sound)
	}
	for range min(2, runtime.NumCPU()) {
		run(func(ctx context.Context) error { return j.pictures(ctx, steps) })
	}
	for _, i := range longestFirst(j.plan.Pictures) {
		select {
		case steps <- i:
			continue
		case <-ctx.Done():
		}
		break
	}
	close(steps)
	group.Wait()
	return context.Cause(ctx)
}

// longestFirst orders steps so that none that takes long is left to run alone
// at the end. What is copied takes no time to speak of.
func longestFirst(steps []editor.Step) []int {
	order := make([]int, len(steps))
	for i := range order {
		order[i] = i
	}
	labour := func(i int) int64 {
		if steps[i].Copied() {
			return 0
		}
		return steps[i].Frames
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(labour(b), labour(a)) })
	return order
}

// early makes the files that other steps read.
func (j *job) early(ctx context.Context) error {
	for _, s := range j.plan.Early {
		key := j.sources.key(s, j.tools.Version.Text)
		if j.cache.take(key, j.work.path(s.Name)) {
			continue
		}
		if err := j.step(ctx, s); err != nil {
			return err
		}
		if err := j.cache.put(key, j.work.path(s.Name)); err != nil {
			return err
		}
	}
	return nil
}

// pictures makes the segments that it is handed.
func (j *job) pictures(ctx context.Context, steps <-chan int) error {
	for i := range steps {
		work, s := j.picture, j.plan.Pictures[i]
		if s.Copied() {
			work = j.copy
		}
		if err := work(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// picture makes one segment, or takes it from the cache.
func (j *job) picture(ctx context.Context, s editor.Step) error {
	key := j.sources.key(s, j.tools.Version.Text)
	path := j.work.path(s.Name)
	if j.cache.take(key, path) {
		if countFrames(path, s.Frames) == nil {
			j.track.reused(s)
			return nil
		}
		if err := errors.Join(j.cache.drop(key, ".mp4"), removeIfThere(path)); err != nil {
			return err
		}
	}
	if err := j.step(ctx, s); err != nil {
		return err
	}
	if err := countFrames(path, s.Frames); err != nil {
		return fmt.Errorf("%w: %s: %w", ErrSegment, s.Clip, err)
	}
	j.track.made(s)
	return j.cache.put(key, path)
}

// letters writes the texts that a step's filters read.
func (j *job) letters(s editor.Step) error {
	for name, text := range s.Files {
		if err := j.work.write(name, text); err != nil {
			return fmt.Errorf("there is no room to work in: %w", err)
		}
	}
	return nil
}

// step runs one step into the workshop.
func (j *job) step(ctx context.Context, s editor.Step) error {
	if err := j.letters(s); err != nil {
		return err
	}
	if s.Before != nil {
		if err := j.tools.Run(ctx, ffmpeg.Command{Op: s.Clip, Args: s.Before, Dir: j.work.dir, Nice: true}); err != nil {
			return err
		}
	}
	err := j.tools.Run(ctx, ffmpeg.Command{
		Op: s.Clip, Args: append(append([]string{}, s.Args...), s.Name), Frames: s.Frames, Dir: j.work.dir, Nice: true,
		Progress: func(p ffmpeg.Progress) { j.track.step(s, p) },
	})
	if gone := j.vanished(s.Inputs); err != nil && ctx.Err() == nil && gone != nil {
		return gone
	}
	if err != nil {
		return err
	}
	return j.sources.same(s.Inputs)
}

// vanished names a file whose absence explains a failure.
func (j *job) vanished(paths []string) error {
	for _, path := range paths {
		if _, err := identify(path); err != nil {
			return err
		}
	}
	return nil
}
