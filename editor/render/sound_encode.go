package render

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io"
	"math"
	"os"

	"parley/editor"
	"parley/editor/ffmpeg"
	"parley/editor/render/aac"
)

// encode makes the batches' packets. Samples are mixed one batch after the
// other and encoded two batches at a time; at most a few batches are on the
// disk at once. A batch whose samples are the same as ever is in the cache.
func (t *soundtrack) encode(ctx context.Context, all []batch) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	mixed := make(chan mixedBatch)
	go func() {
		defer close(mixed)
		for i := range all {
			all[i].name = fmt.Sprintf("e%05d.aac", i)
			m, err := t.samples(ctx, all[i])
			if err != nil {
				cancel(err)
				return
			}
			select {
			case mixed <- m:
			case <-ctx.Done():
				return
			}
		}
	}()
	err := sideBySide(ctx, mixed, t.packets)
	cancel(err)
	for range mixed { // until the mixing has ended, too
	}
	return err
}

// mixedBatch is a batch whose samples are on the disk.
type mixedBatch struct {
	batch
	pcm string // plain name of the file
	key string // of its packets in the cache
}

// samples mixes a batch into a file of bare samples.
func (t *soundtrack) samples(ctx context.Context, b batch) (m mixedBatch, err error) {
	m = mixedBatch{batch: b, pcm: b.name + ".f32"}
	f, err := os.OpenFile(t.work.path(m.pcm), os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return m, noRoom(err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	out := &sampleWriter{out: bufio.NewWriterSize(f, 1<<16), sum: sha256.New()}
	for _, s := range b.stretches {
		if err := t.play(ctx, s.first*aac.FrameSamples, s.count*aac.FrameSamples, out.write); err != nil {
			return m, err
		}
	}
	m.key = sources{}.key(editor.Step{Args: append(t.plan.PacketsArgs(""), string(out.sum.Sum(nil)))}, t.tools.Version.Text)
	return m, noRoom(out.out.Flush())
}

// sampleWriter writes samples as the encoder reads them, and sums them up.
type sampleWriter struct {
	out *bufio.Writer
	sum hash.Hash
	buf []byte
}

func (w *sampleWriter) write(pairs []float32) error {
	w.buf = appendSamples(w.buf[:0], pairs)
	if _, err := w.sum.Write(w.buf); err != nil {
		return err
	}
	_, err := w.out.Write(w.buf)
	return noRoom(err)
}

func appendSamples(to []byte, pairs []float32) []byte {
	for _, v := range pairs {
		to = binary.LittleEndian.AppendUint32(to, math.Float32bits(v))
	}
	return to
}

// packets encodes a mixed batch, unless it is in the cache, and removes its
// samples.
func (t *soundtrack) packets(ctx context.Context, m mixedBatch) error {
	if path := t.work.path(m.name); !t.cache.take(m.key, path) {
		err := t.tools.Run(ctx, ffmpeg.Command{Op: "the sound", Args: append(t.plan.PacketsArgs(m.pcm), m.name), Dir: t.work.dir, Nice: true})
		if err != nil {
			return err
		}
		if err := t.cache.put(m.key, path); err != nil {
			return err
		}
	}
	t.track.soundAdd((1 - decodeShare) * float64(m.frames) / float64(t.frames()))
	return removeIfThere(t.work.path(m.pcm))
}

// compress makes a sound that is encoded in one run, straight from the mix.
func (t *soundtrack) compress(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	r, w := io.Pipe()
	mixed := make(chan struct{})
	go func() {
		defer close(mixed)
		var buf []byte
		err := t.play(ctx, 0, t.plan.Samples, func(pairs []float32) error {
			buf = appendSamples(buf[:0], pairs)
			_, err := w.Write(buf)
			return err
		})
		if err != nil && !errors.Is(err, io.ErrClosedPipe) {
			cancel(err)
		}
		w.CloseWithError(err)
	}()
	err := t.tools.Run(ctx, ffmpeg.Command{
		Op: "the sound", Args: append(t.plan.SoundArgs(editor.SamplesName), editor.SoundName), Dir: t.work.dir, Nice: true,
		Input: r, Progress: t.track.encodedSound,
	})
	err = errors.Join(err, r.Close())
	<-mixed
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	return err
}
