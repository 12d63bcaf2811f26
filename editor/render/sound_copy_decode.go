package render

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"parley/editor"
	"parley/editor/ffmpeg"
	"parley/editor/render/aac"
	"parley/editor/render/mix"
)

// decoded is the samples of some packets of an original.
type decoded struct {
	packets string // plain name of the file that is decoded
	samples string // plain name of the file of bare samples
	parts   []decodedPart
}

// decodedPart are packets of an original, by their numbers there, and the
// sample in the file at which they begin.
type decodedPart struct {
	aac.Range
	at int64
}

// decodeRunUp is how many packets a decoder is given before those that count:
// one window reaches into the next.
const decodeRunUp = 2

// want adds packets that are to be decoded.
func (d *decoded) want(r aac.Range) {
	if r.Len() > 0 {
		d.parts = append(d.parts, decodedPart{Range: r})
	}
}

// settle puts the wanted packets in order, each once.
func (d *decoded) settle() {
	slices.SortFunc(d.parts, func(a, b decodedPart) int { return int(a.From - b.From) })
	var merged []decodedPart
	for _, p := range d.parts {
		if n := len(merged); n > 0 && p.From <= merged[n-1].To+decodeRunUp {
			merged[n-1].To = max(merged[n-1].To, p.To)
			continue
		}
		merged = append(merged, p)
	}
	d.parts = merged
}

// decodePackets makes the samples of the wanted packets of an original. If
// they do not come out one frame a packet, it is errUnlike.
func (t *soundtrack) decodePackets(ctx context.Context, o *original) (err error) {
	o.pcm.settle()
	base := strings.TrimSuffix(o.name, ".aac")
	o.pcm.packets, o.pcm.samples = base+"-some.aac", base+".f32"
	n, err := t.pick(o)
	if err != nil {
		return err
	}
	err = t.tools.Run(ctx, ffmpeg.Command{Op: "reading the sound", Args: append(editor.PCMArgs(o.pcm.packets), o.pcm.samples), Dir: t.work.dir, Nice: true})
	if _, failed := errors.AsType[*ffmpeg.Error](err); failed && !errors.Is(err, ffmpeg.ErrDiskFull) {
		return fmt.Errorf("%w: %w", errUnlike, err)
	}
	if err != nil {
		return err
	}
	info, err := os.Stat(t.work.path(o.pcm.samples))
	if err != nil {
		return err
	}
	if info.Size() != n*aac.FrameSamples*8 {
		return fmt.Errorf("%w: %d packets became %d bytes", errUnlike, n, info.Size())
	}
	return nil
}

// pick writes the wanted packets into a file and returns how many they are
// with their run-ups.
func (t *soundtrack) pick(o *original) (n int64, err error) {
	f, err := os.OpenFile(t.work.path(o.pcm.packets), os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, noRoom(err)
	}
	out := bufio.NewWriterSize(f, 1<<16)
	for i := range o.pcm.parts {
		p := &o.pcm.parts[i]
		from := max(0, p.From-decodeRunUp)
		p.at = (n + p.From - from) * aac.FrameSamples
		n += p.To - from
		err = errors.Join(err, o.stream.Copy(out, from, p.To))
	}
	return n, noRoom(errors.Join(err, out.Flush(), f.Close()))
}

// opener opens the samples of a sound that stands on the film's grid.
func (t *soundtrack) opener(h editor.Heard, p placement) mix.Opener {
	return func() (mix.Source, error) {
		s, err := mix.Raw(t.work.path(p.from.pcm.samples))()
		if err != nil {
			return nil, err
		}
		return &packetSource{Source: s, parts: p.from.pcm.parts, first: h.First - p.shift*aac.FrameSamples}, nil
	}
}

// packetSource reads samples of an original. Those of packets that were not
// decoded are silent: nobody hears them, as they are copied.
type packetSource struct {
	mix.Source
	parts []decodedPart
	first int64 // the original's sample that is the sound's first
}

// ReadSamples satisfies mix.Source.
func (s *packetSource) ReadSamples(p []float32, at int64) error {
	clear(p)
	from := s.first + at
	to := from + int64(len(p)/2)
	for _, part := range s.parts {
		a, b := max(from, part.From*aac.FrameSamples), min(to, part.To*aac.FrameSamples)
		if a >= b {
			continue
		}
		err := s.Source.ReadSamples(p[2*(a-from):2*(b-from)], part.at+a-part.From*aac.FrameSamples)
		if err != nil {
			return err
		}
	}
	return nil
}
