package ffmpeg

import (
	"bufio"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"parley/editor"
)

// maxTimes bounds the packet times that are kept of a stream: half an hour of
// pictures at 30 a second. Beyond it only the ends are followed.
const maxTimes = 1 << 16

// track is what the packets of one stream told. Times are in seconds.
type track struct {
	packets     int64
	first, last float64 // first and last presentation time
	end         float64 // latest end
	decoded     float64 // latest decoding time
	times       []float64
	untimed     float64 // length of packets that carry no time, added up
}

// packetFields are asked of ffprobe in this order; it answers in its own,
// which is the same.
const packetFields = "packet=stream_index,pts_time,dts_time,duration_time,flags"

// readPackets reads the rows of -show_entries packetFields -of csv=p=0 into
// tracks by stream index. Packets that are to be decoded and thrown away
// (flag D: before an edit list begins) do not count.
func readPackets(r io.Reader, into map[int]*track) error {
	rows := bufio.NewScanner(r)
	rows.Buffer(make([]byte, 0, longestReport), 1<<20)
	for rows.Scan() {
		f := strings.SplitN(rows.Text(), ",", 6)
		if len(f) < 5 || strings.Contains(f[4], "D") {
			continue
		}
		index, err := strconv.Atoi(f[0])
		if err != nil || index < 0 || index >= maxStreams {
			continue
		}
		if into[index] == nil {
			into[index] = &track{}
		}
		into[index].add(f[1], f[2], f[3])
	}
	return rows.Err()
}

func (t *track) add(pts, dts, duration string) {
	length, ok := second(duration)
	if !ok || length < 0 {
		length = 0
	}
	decode, sure := second(dts)
	at, ok := second(pts)
	if !ok {
		at, ok = decode, sure
	}
	t.packets++
	if sure {
		t.decoded = max(t.decoded, decode)
	}
	if !ok {
		t.untimed += length
		return
	}
	if len(t.times) == 0 {
		t.first, t.last, t.end = at, at, at+length
	}
	t.first, t.last, t.end = min(t.first, at), max(t.last, at), max(t.end, at+length)
	if len(t.times) < maxTimes {
		t.times = append(t.times, at)
	}
}

func second(text string) (float64, bool) {
	v, err := strconv.ParseFloat(text, 64)
	return v, err == nil && !math.IsNaN(v) && math.Abs(v) <= maxSeconds
}

// gaps are the distances of pictures in order of showing. Pictures later than
// the last decoding time are left out, for those between them may not have
// been read; so is the first distance, where a cut recording lacks the
// pictures that lean on the one before it.
func (t *track) gaps() []float64 {
	times := slices.Sorted(slices.Values(t.times))
	switch {
	case len(times) == maxTimes:
		times = times[:maxTimes-64] // more reordering than any codec has
	case t.decoded > t.first:
		end, _ := slices.BinarySearch(times, t.decoded+1e-6)
		times = times[:end]
	}
	if len(times) > 8 {
		times = times[1:]
	}
	gaps := make([]float64, 0, len(times))
	for i := 1; i < len(times); i++ {
		if d := times[i] - times[i-1]; d > 0 {
			gaps = append(gaps, d)
		}
	}
	return gaps
}

// usualGap is the median distance of pictures in seconds, 0 unknown.
func (t *track) usualGap() float64 {
	gaps := t.gaps()
	if len(gaps) == 0 {
		return 0
	}
	slices.Sort(gaps)
	return gaps[len(gaps)/2]
}

// variable says whether pictures come at unlike distances. A tick of the time
// base is rounding (30 a second is 33, 33, 34 ms in Matroska); so is 2 %.
func (t *track) variable(tick float64) bool {
	usual := t.usualGap()
	for _, gap := range t.gaps() {
		if math.Abs(gap-usual) > usual*0.02+tick*1.01 {
			return true
		}
	}
	return false
}

// rate is the average rate of the pictures seen.
func (t *track) rate() editor.Ratio {
	n := int64(len(t.times))
	if n < 2 || t.last <= t.first || n != t.packets {
		return editor.Ratio{}
	}
	return snap(float64(n-1) / (t.last - t.first))
}

// length is the end less a start. Where no packet carries a time their own
// lengths are all there is.
func (t *track) length(start float64) float64 {
	if len(t.times) == 0 {
		return t.untimed
	}
	end := t.end
	if end == t.last { // the last packet does not say how long it stands
		end += t.usualGap()
	}
	return max(end-start, 0)
}

// snap is the usual rate within a thousandth (24, 30000/1001, …), or else the
// rate itself to the thousandth.
func snap(rate float64) editor.Ratio {
	if rate <= 0 || rate > 1e6 || math.IsNaN(rate) {
		return editor.Ratio{}
	}
	best, off := editor.Ratio{}, 1e-3
	whole := math.Round(rate)
	for _, r := range []editor.Ratio{{Num: int64(whole), Den: 1}, {Num: int64(math.Round(rate*1.001)) * 1000, Den: 1001}} {
		if d := math.Abs(r.Float()-rate) / rate; r.Known() && d < off {
			best, off = r, d*0.999
		}
	}
	if best.Known() {
		return best
	}
	t := editor.Rational(max(int64(math.Round(rate*1000)), 1), 1000)
	return editor.Ratio{Num: t.Num(), Den: t.Den()}
}
