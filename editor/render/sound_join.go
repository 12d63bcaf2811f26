package render

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"

	"parley/editor"
	"parley/editor/ffmpeg"
	"parley/editor/render/aac"
)

// batchSeconds is how much sound is encoded at once.
const batchSeconds = 60

// packetsFile is the film's sound as a bare stream of packets.
const packetsFile = "packets.aac"

// pack makes the film's sound of packets. Where two pieces of it cannot be
// joined, it does with fewer pieces.
func (t *soundtrack) pack(ctx context.Context) error {
	t.longest = int64(batchSeconds * t.plan.Output.SampleRate / aac.FrameSamples)
	for {
		takes, err := t.takes(ctx)
		if err != nil {
			return err
		}
		joined, err := aac.Join(takes)
		seam, unfit := errors.AsType[*aac.SeamError](err)
		if !unfit {
			if err != nil {
				return err
			}
			return errors.Join(t.store(ctx, joined), t.excerpts(ctx, seams(joined)))
		}
		again, err := t.simplify(ctx, takes, seam)
		if err != nil {
			return err
		}
		if !again {
			return fmt.Errorf("%w: %w", ErrSegment, seam)
		}
	}
}

// simplify does with one piece less, where that is possible: what was to be
// copied is encoded, or all is encoded at once.
func (t *soundtrack) simplify(ctx context.Context, takes []aac.Take, seam *aac.SeamError) (bool, error) {
	for _, take := range takes[seam.Left : seam.Right+1] {
		for _, k := range t.kept {
			if take.Copied && take.Range == k.Range {
				t.refused = append(t.refused, k)
				return true, errors.Join(t.choose(ctx), t.prepare(ctx))
			}
		}
	}
	if t.longest == atOnce {
		return false, nil
	}
	t.longest = atOnce
	return true, nil
}

// atOnce is longer than any film.
const atOnce = math.MaxInt64 / 4

// takes are all the packets that the film can be made of, in order.
func (t *soundtrack) takes(ctx context.Context) ([]aac.Take, error) {
	all := batches(others(t.kept, t.frames()), t.longest)
	if err := t.encode(ctx, all); err != nil {
		return nil, err
	}
	var takes []aac.Take
	for _, b := range all {
		s, err := t.stream(b.name)
		if err != nil {
			return nil, err
		}
		if s.Len() < b.frames {
			return nil, fmt.Errorf("%w: the sound has %d packets instead of %d", ErrSegment, s.Len(), b.frames)
		}
		for _, part := range b.stretches {
			takes = append(takes, aac.Take{Stream: s, Shift: part.shift, Range: part.Range})
		}
	}
	for _, k := range t.kept {
		takes = append(takes, aac.Take{Stream: k.from.stream, Shift: k.shift, Range: k.Range, Copied: true})
	}
	slices.SortFunc(takes, func(a, b aac.Take) int { return int(a.From - b.From) })
	return takes, nil
}

// store writes the joined packets into the film's sound file.
func (t *soundtrack) store(ctx context.Context, joined []aac.Take) (err error) {
	var kept int64
	for _, take := range joined {
		if take.Copied {
			kept += take.Len()
		}
	}
	t.track.soundKept(kept * aac.FrameSamples)
	f, err := os.OpenFile(t.work.path(packetsFile), os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return noRoom(err)
	}
	out := bufio.NewWriterSize(f, 1<<18)
	if err := errors.Join(aac.Write(out, joined), out.Flush(), f.Close()); err != nil {
		return noRoom(err)
	}
	err = t.tools.Run(ctx, ffmpeg.Command{
		Op: "the sound", Args: append(t.plan.SoundFileArgs(packetsFile), editor.SoundName), Dir: t.work.dir,
	})
	return errors.Join(err, removeIfThere(t.work.path(packetsFile)))
}
