package ffmpeg

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"sync"

	"parley/editor"
)

// Bounds of the measuring, in seconds. A shorter file is read whole; of a
// longer one the beginning shows the rate and the end the length.
const (
	wholeBelow = 60
	headLength = 10
	tailLength = 5
)

// tolerance is how far a header may be off before it counts as wrong.
const tolerance = 0.1

// headerless are containers whose duration ffprobe can only guess from the
// bit rate.
var headerless = map[string]bool{
	"aac": true, "mp3": true, "ac3": true, "eac3": true, "dts": true, "amr": true,
	"h264": true, "hevc": true, "m4v": true, "mpegvideo": true, "mjpeg": true,
	"ivf": true, "obu": true, "vc1": true, "mpeg": true,
}

// scan is what the packets of a file told.
type scan struct {
	head, tail map[int]*track // the same map where the file was read whole
	whole      bool
}

// measure reads packets. A file that is damaged in the middle is measured as
// far as it can be read.
func (t *Tools) measure(ctx context.Context, src source, m *editor.Media) (scan, error) {
	total := m.Duration.Float()
	if total <= wholeBelow || headerless[m.Format] {
		return t.scanWhole(ctx, src)
	}
	s := scan{head: map[int]*track{}, tail: map[int]*track{}}
	from := strconv.FormatFloat(m.Start.Float()+total-tailLength, 'f', 3, 64)
	var errs [2]error
	var both sync.WaitGroup
	both.Go(func() { errs[0] = t.packets(ctx, src, s.head, "-read_intervals", fmt.Sprintf("%%+%d", headLength)) })
	both.Go(func() { errs[1] = t.packets(ctx, src, s.tail, "-read_intervals", from+"%") })
	both.Wait()
	if err := errors.Join(errs[:]...); err != nil {
		return s, err
	}
	if !s.complete(m) {
		return t.scanWhole(ctx, src)
	}
	return s, nil
}

func (t *Tools) scanWhole(ctx context.Context, src source) (scan, error) {
	all := map[int]*track{}
	err := t.packets(ctx, src, all)
	return scan{head: all, tail: all, whole: true}, err
}

// packets reads packet times; only a cancelled context is an error, for what
// a damaged file still tells is what there is.
func (t *Tools) packets(ctx context.Context, src source, into map[int]*track, options ...string) error {
	options = append(options, "-show_entries", packetFields, "-of", "csv=p=0")
	err := t.ffprobe(ctx, src, options, func(r io.Reader) error { return readPackets(r, into) })
	if ctx.Err() != nil {
		return err
	}
	if _, damaged := errors.AsType[*Error](err); damaged {
		return nil
	}
	return err
}

// complete says whether the end of every stream is known: seen, or told by
// the header to lie before the part that was read.
func (s scan) complete(m *editor.Media) bool {
	from := m.Start.Float() + m.Duration.Float() - tailLength
	for _, st := range m.Streams {
		if !timed(st) || s.tail[st.Index] != nil {
			continue
		}
		if st.Duration.Num() == 0 || st.Start.Float()+st.Duration.Float() > from+tolerance {
			return false
		}
	}
	return len(s.tail) > 0
}

// unknown says whether packets came of a stream that the header did not name.
func (s scan) unknown(m *editor.Media) bool {
	for _, tracks := range []map[int]*track{s.head, s.tail} {
		for index := range tracks {
			if index >= len(m.Streams) {
				return true
			}
		}
	}
	return false
}

// timed says whether a stream is part of a film.
func timed(s editor.Stream) bool {
	return (s.Kind == editor.VideoStream || s.Kind == editor.AudioStream) && !s.Cover
}

// apply corrects what the header says by what the packets told.
func (s scan) apply(m *editor.Media) {
	wrong := m.Duration.Num() == 0
	for i := range m.Streams {
		if st := &m.Streams[i]; timed(*st) {
			s.applyStart(st)
			s.applyDuration(st)
			s.applyRate(st)
			wrong = wrong || st.Measured
		}
	}
	if wrong {
		span(m)
	}
}

// applyStart corrects a stream that begins later than its file says.
func (s scan) applyStart(st *editor.Stream) {
	if h := s.head[st.Index]; h != nil && len(h.times) > 0 && math.Abs(h.first-st.Start.Float()) > tolerance {
		st.Start = editor.Seconds(h.first)
	}
}

func (s scan) applyDuration(st *editor.Stream) {
	t := s.tail[st.Index]
	if t == nil {
		return
	}
	if s.whole && st.Kind == editor.VideoStream {
		st.Frames = t.packets
	}
	length := t.length(st.Start.Float())
	if len(t.times) == 0 && length == 0 && st.FrameRate.Known() { // a bare H.264 stream
		length = float64(t.packets) / st.FrameRate.Float()
	}
	if length > 0 && (st.Duration.Num() == 0 || math.Abs(length-st.Duration.Float()) > tolerance+2*t.usualGap()) {
		st.Duration, st.Measured = editor.Seconds(length), true
	}
}

func (s scan) applyRate(st *editor.Stream) {
	h := s.head[st.Index]
	if st.Kind != editor.VideoStream || h == nil {
		return
	}
	tick := st.TimeBase.Float()
	st.VariableRate = h.variable(tick) || s.tail[st.Index] != nil && s.tail[st.Index].variable(tick)
	if rate := h.rate(); rate.Known() && (!st.AverageRate.Known() || st.VariableRate && (s.whole || st.Frames == 0) && unlike(rate, st.AverageRate)) {
		st.AverageRate = rate
	}
	if usual := h.usualGap(); usual > 0 && (!st.FrameRate.Known() || st.FrameRate.Float() > fastest) {
		st.FrameRate = snap(1 / usual)
	}
}

// unlike says whether two rates differ by more than one in a hundred.
func unlike(a, b editor.Ratio) bool { return math.Abs(a.Float()-b.Float()) > b.Float()/100 }

// fastest is the highest rate that is believed. ffprobe answers 1000 or 90000
// for a variable rate: the ticks of the time base.
const fastest = 300

// span sets the length of a file from its streams.
func span(m *editor.Media) {
	var first, end editor.Time
	some := false
	for _, st := range m.Streams {
		if !timed(st) {
			continue
		}
		if !some {
			first, some = st.Start, true
		}
		first, end = first.Min(st.Start), end.Max(st.Start.Add(st.Duration))
	}
	m.Start, m.Duration = first, end.Sub(first).Max(editor.Time{})
}

// probeDepth are the options for a file whose header does not tell its
// streams: read much further before giving up.
func probeDepth(deep bool) []string {
	if !deep {
		return nil
	}
	return strings.Fields("-probesize 256M -analyzeduration 300M -max_probe_packets 200000")
}
