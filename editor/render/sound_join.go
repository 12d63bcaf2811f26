package render

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math"
	"os"

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
			return errors.Join(err, t.store(ctx, joined))
		}
		if !t.simplify(takes, seam) {
			return fmt.Errorf("%w: %w", ErrSegment, err)
		}
	}
}

// simplify does with one piece less, where that is possible.
func (t *soundtrack) simplify(takes []aac.Take, seam *aac.SeamError) bool {
	if t.longest == math.MaxInt64/4 {
		return false
	}
	t.longest = math.MaxInt64 / 4
	return true
}

// takes are all the packets that the film can be made of, in order.
func (t *soundtrack) takes(ctx context.Context) ([]aac.Take, error) {
	all := batches([]aac.Range{{From: -1, To: t.frames()}}, t.longest)
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
	return takes, nil
}

// stream opens a file of packets.
func (t *soundtrack) stream(name string) (*aac.Stream, error) {
	f, err := os.Open(t.work.path(name))
	if err != nil {
		return nil, err
	}
	t.files = append(t.files, f)
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	return aac.ReadStream(f, info.Size())
}

// store writes the joined packets into the film's sound file.
func (t *soundtrack) store(ctx context.Context, joined []aac.Take) (err error) {
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
