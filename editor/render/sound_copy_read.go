package render

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"

	"parley/editor"
	"parley/editor/ffmpeg"
	"parley/editor/render/aac"
)

// original is a stretch of a file's sound whose packets were read.
type original struct {
	name   string // of the file of packets in the workshop
	media  *editor.Media
	index  int         // of the stream
	from   editor.Time // time stamps in the file
	to     editor.Time
	stream *aac.Stream
	starts []int64 // of each packet, in samples of the file's clock
	pcm    decoded
}

// nearby is how far apart two clips of a file may lie for the packets between
// them to be read along.
var nearby = editor.Rational(30, 1)

// originals are what has to be read for the sounds that are parts of files, in
// the order of files and times.
func originals(sounds []editor.Heard) []*original {
	var all []*original
	for _, h := range sounds {
		if o := h.Original; o != nil {
			all = append(all, &original{media: o.Media, index: o.Stream, from: o.At, to: o.End})
		}
	}
	slices.SortStableFunc(all, func(a, b *original) int {
		switch {
		case a.media.Path != b.media.Path:
			if a.media.Path < b.media.Path {
				return -1
			}
			return 1
		case a.index != b.index:
			return a.index - b.index
		}
		return a.from.Cmp(b.from)
	})
	var merged []*original
	for _, o := range all {
		if n := len(merged); n > 0 && merged[n-1].near(o) {
			merged[n-1].to = merged[n-1].to.Max(o.to)
			continue
		}
		o.name = fmt.Sprintf("o%05d.aac", len(merged))
		merged = append(merged, o)
	}
	return merged
}

func (o *original) near(next *original) bool {
	return o.media.Path == next.media.Path && o.index == next.index && next.from.Cmp(o.to.Add(nearby)) <= 0
}

// holds says whether the packets of a sound are among those that were read.
func (o *original) holds(h *editor.Original) bool {
	return o.media.Path == h.Media.Path && o.index == h.Stream && o.from.Cmp(h.At) <= 0 && o.to.Cmp(h.End) >= 0
}

// errUnlike is that the packets of a file cannot be among the film's.
var errUnlike = errors.New("its sound cannot be copied")

// read copies the packets into the workshop. What is no plain AAC of the
// film's kind, whatever the file says, is errUnlike.
func (t *soundtrack) read(ctx context.Context, o *original) error {
	args := editor.PacketArgs(o.media, o.index, o.from, o.to, t.open, o.name)
	listing, err := t.tools.Output(ctx, ffmpeg.Command{Op: "reading the sound", Args: append([]string{"-y"}, args...), Dir: t.work.dir, Nice: true}, maxListing)
	if _, failed := errors.AsType[*ffmpeg.Error](err); failed && !errors.Is(err, ffmpeg.ErrDiskFull) {
		return fmt.Errorf("%w: %w", errUnlike, err)
	}
	if err != nil {
		return err
	}
	times, err := parsePackets(listing)
	if err != nil {
		return fmt.Errorf("%w: %w", errUnlike, err)
	}
	if o.stream, err = t.stream(o.name); err != nil {
		return errors.Join(errUnlike, err)
	}
	return o.match(times, t.plan.Output)
}

// match takes over the time stamps.
func (o *original) match(times packetTimes, out editor.Output) error {
	want := aac.Config{Rate: out.SampleRate, Channels: 2}
	switch {
	case o.stream.Config != want:
		return fmt.Errorf("%w: it is %+v", errUnlike, o.stream.Config)
	case int64(len(times.pts)) != o.stream.Len():
		return fmt.Errorf("%w: %d packets were listed and %d read", errUnlike, len(times.pts), o.stream.Len())
	case out.SoundBits > 0 && o.stream.BitRate() > out.SoundBits*3/2:
		return fmt.Errorf("%w: %d bit/s are more than the film is to have", errUnlike, o.stream.BitRate())
	}
	o.starts = make([]int64, len(times.pts))
	for i, pts := range times.pts {
		o.starts[i] = times.at(pts).SamplesRound(out.SampleRate)
	}
	return nil
}

// place finds where on the film's grid the packets of a sound stand.
func (o *original) place(h editor.Heard, rate int) (placement, bool) {
	from, to := h.Original.At.SamplesRound(rate), h.Original.End.SamplesRound(rate)
	first := max(0, indexFrom(o.starts, from)-2)
	last := min(len(o.starts), indexFrom(o.starts, to)+2)
	if first >= last {
		return placement{}, false
	}
	begin, ok := aac.Fit(o.starts[first:last])
	if !ok {
		return placement{}, false
	}
	p := aac.Place(begin-int64(first)*aac.FrameSamples, from, h.First)
	return placement{
		from: o, shift: p.Shift, late: p.Late,
		have: aac.Range{From: int64(first) + p.Shift, To: int64(last) + p.Shift},
	}, true
}

// indexFrom is the first of the starts that is not before a sample. The starts
// of a damaged file may be in any order; then Fit finds them wanting.
func indexFrom(starts []int64, sample int64) int {
	i, _ := slices.BinarySearch(starts, sample)
	return i
}

// removeOriginals frees the room that the packets took.
func (t *soundtrack) removeOriginals() (err error) {
	for _, o := range t.originals {
		for _, name := range []string{o.name, o.pcm.packets, o.pcm.samples} {
			if name != "" {
				err = errors.Join(err, removeIfThere(t.work.path(name)))
			}
		}
	}
	return err
}

// stream opens a file of packets.
func (t *soundtrack) stream(name string) (*aac.Stream, error) {
	f, err := os.Open(t.work.path(name))
	if err != nil {
		return nil, err
	}
	t.opening.Lock()
	t.files = append(t.files, f)
	t.opening.Unlock()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	return aac.ReadStream(f, info.Size())
}
