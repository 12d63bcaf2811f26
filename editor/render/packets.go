package render

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"parley/editor"
	"parley/editor/ffmpeg"
)

// maxListing bounds the list of a film's packets, in bytes.
const maxListing = 1 << 30

// checkPackets looks at every packet of the film: there is one for each frame,
// every gap between frames is exactly one frame, and the order in which they
// are decoded never goes back.
func checkPackets(ctx context.Context, tools *ffmpeg.Tools, path string, plan *editor.Plan) error {
	times, err := tabledTimes(path, 0)
	if err != nil { // another container
		times, err = listedTimes(ctx, tools, path)
	}
	if err != nil {
		return err
	}
	return times.check(plan.Shown(), plan.Rate())
}

// listedTimes has ffmpeg read the film.
func listedTimes(ctx context.Context, tools *ffmpeg.Tools, path string) (packetTimes, error) {
	listing, err := tools.Output(ctx, ffmpeg.Command{
		Op:   "reading the film",
		Args: []string{"-copyts", "-i", ffmpeg.InputArg(path), "-map", "0:v", "-c", "copy", "-f", "framecrc", "pipe:1"},
	}, maxListing)
	if err != nil {
		return packetTimes{}, err
	}
	return parsePackets(listing)
}

// tabledTimes are those that an MP4's own tables tell, which players go by.
func tabledTimes(name string, stream int) (times packetTimes, err error) {
	err = topBoxes(name, func(r io.ReaderAt, top []mp4Box) error {
		t, err := openTables(r, top, stream)
		if err != nil {
			return err
		}
		scale := t.timescale("trak", "mdia", "mdhd")
		times.dts, times.pts = t.times(len(t.sizes()))
		if t.err != nil {
			return t.err
		}
		shift, err := t.shift(times.pts, scale)
		if err != nil {
			return err
		}
		times.base = editor.Ratio{Num: 1, Den: scale}
		for i := range times.pts {
			times.pts[i] -= shift
			times.dts[i] -= shift
		}
		return nil
	})
	return times, err
}

// packetTimes are the time stamps of a stream's packets in the order of
// decoding.
type packetTimes struct {
	base     editor.Ratio // seconds a tick
	pts, dts []int64      // ticks
}

// parsePackets reads ffmpeg's framecrc listing of one stream: "#tb 0: 1/15360"
// and then "0, dts, pts, duration, size, sum" for each packet.
func parsePackets(listing []byte) (packetTimes, error) {
	var t packetTimes
	lines := bufio.NewScanner(bytes.NewReader(listing))
	for lines.Scan() {
		line := lines.Text()
		if base, ok := strings.CutPrefix(line, "#tb 0: "); ok {
			num, den, _ := strings.Cut(base, "/")
			t.base = editor.Ratio{Num: number(num), Den: number(den)}
		}
		if fields := strings.Split(line, ","); line[:min(1, len(line))] != "#" && len(fields) >= 6 {
			t.dts = append(t.dts, number(fields[1]))
			t.pts = append(t.pts, number(fields[2]))
		}
	}
	if err := lines.Err(); err != nil {
		return t, err
	}
	if !t.base.Known() {
		return t, errors.New("the list of its packets cannot be read")
	}
	return t, nil
}

// number is -1<<62 for what is none, which fails every check.
func number(text string) int64 {
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 62)
	if err != nil {
		return -1 << 62
	}
	return n
}

// check holds the times against those of so many frames at a rate. A time
// stamp may be off by what its unit cannot tell, which is less than one tick.
func (t packetTimes) check(frames int64, rate editor.Ratio) error {
	if n := int64(len(t.pts)); n != frames {
		return fmt.Errorf("it has %d frames instead of %d", n, frames)
	}
	for i, dts := range t.dts {
		if dts > t.pts[i] || i > 0 && dts <= t.dts[i-1] {
			return fmt.Errorf("packet %d is to be decoded out of order", i)
		}
	}
	if slices.Contains(t.pts, number("")) {
		return errors.New("frame 0 or a later one has no time")
	}
	tick := t.at(1)
	shown := slices.Sorted(slices.Values(t.pts))
	for i, pts := range shown {
		at, want := t.at(pts), editor.Frames(int64(i), rate)
		if at.Sub(want).Cmp(tick) >= 0 || want.Sub(at).Cmp(tick) >= 0 {
			return fmt.Errorf("frame %d is shown at %s s instead of %s s", i, at, want)
		}
	}
	return nil
}

// at is a time stamp in seconds.
func (t packetTimes) at(ticks int64) editor.Time {
	return editor.Frames(ticks, editor.Ratio{Num: t.base.Den, Den: t.base.Num})
}
