package render

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"slices"

	"parley/editor"
)

// mp4Tables reads the tables of a track (ISO/IEC 14496-12, 8.6 and 8.7) out of
// an index that is in memory. The first thing that is wrong stays in err, and
// what is read from then on means nothing.
type mp4Tables struct {
	r      io.ReaderAt
	inside []mp4Box // of the whole index
	trak   []mp4Box // the track alone
	err    error
}

// buffered is a part of a file in memory.
func buffered(from *io.SectionReader) (io.ReaderAt, error) {
	data := make([]byte, from.Size())
	if _, err := from.ReadAt(data, 0); err != nil {
		return nil, fmt.Errorf("%w: it ends in the middle", errBoxes)
	}
	return bytes.NewReader(data), nil
}

func (t *mp4Tables) fail(what string) {
	if t.err == nil {
		t.err = fmt.Errorf("%w: %s", errUnusual, what)
	}
}

// content is what is in a box.
func (t *mp4Tables) content(b mp4Box) []byte {
	data := make([]byte, b.size)
	if _, err := t.r.ReadAt(data, b.at); err != nil {
		t.fail("it ends in the middle")
	}
	return data
}

// box is the content of a box that is there at most once, nil where it is not.
func (t *mp4Tables) box(way ...string) []byte {
	in := t.inside
	if way[0] == "trak" {
		in = t.trak
	}
	found, err := path(t.r, in, way...)
	if err != nil || len(found) > 1 {
		t.fail(way[len(way)-1])
	}
	if t.err != nil || len(found) == 0 {
		return nil
	}
	return t.content(found[0])
}

// table is a table of the track: its version, and its entries of so many bytes.
func (t *mp4Tables) table(kind string, size int) (version byte, entries []byte, there bool) {
	data := t.box("trak", "mdia", "minf", "stbl", kind)
	if data == nil {
		return 0, nil, false
	}
	if len(data) < 8 || be32(data[4:]) > int64(len(data)-8)/int64(size) {
		t.fail(kind)
		return 0, nil, false
	}
	return data[0], data[8 : 8+int(be32(data[4:]))*size], true
}

// timescale is the ticks a second that a header tells.
func (t *mp4Tables) timescale(way ...string) int64 {
	data := t.box(way...)
	at := 12
	if len(data) > 0 && data[0] == 1 {
		at = 20
	}
	if len(data) < at+4 {
		t.fail(way[len(way)-1])
		return 0
	}
	return be32(data[at:])
}

func (t *mp4Tables) sizes() []uint32 {
	data := t.box("trak", "mdia", "minf", "stbl", "stsz")
	if len(data) < 12 {
		t.fail("stsz")
		return nil
	}
	sizes, err := parseSizes(data)
	if err != nil || len(sizes) == 0 {
		t.fail("stsz")
	}
	return sizes
}

// times are when n samples are decoded and shown.
func (t *mp4Tables) times(n int) (decoded, shown []int64) {
	_, steps, _ := t.table("stts", 8)
	version, offsets, moved := t.table("ctts", 8)
	decoded = make([]int64, n)
	var at int64
	if !t.each(steps, n, func(i int, step uint32) {
		decoded[i] = at
		at += int64(step)
	}) {
		t.fail("stts")
	}
	shown = slices.Clone(decoded)
	if moved && !t.each(offsets, n, func(i int, by uint32) {
		if version == 0 {
			shown[i] += int64(by)
		} else {
			shown[i] += int64(int32(by))
		}
	}) {
		t.fail("ctts")
	}
	return decoded, shown
}

// each goes through a table of counted values, which has to be of n samples.
func (t *mp4Tables) each(table []byte, n int, use func(i int, value uint32)) bool {
	i := 0
	for ; len(table) >= 8; table = table[8:] {
		count, value := be32(table), binary.BigEndian.Uint32(table[4:])
		if count > int64(n-i) {
			return false
		}
		for range count {
			use(i, value)
			i++
		}
	}
	return i == n
}

// sync are the samples at which decoding can begin.
func (t *mp4Tables) sync(n int) []int {
	_, table, there := t.table("stss", 4)
	if !there {
		t.fail("stss") // every sample is one, which no H.264 of cameras is
		return nil
	}
	var all []int
	for ; len(table) >= 4; table = table[4:] {
		i := int(be32(table)) - 1
		if i < 0 || i >= n || len(all) > 0 && i <= all[len(all)-1] {
			t.fail("stss")
			return nil
		}
		all = append(all, i)
	}
	return all
}

// mp4Edit is an entry of an edit list.
type mp4Edit struct{ length, media, rate int64 }

func (t *mp4Tables) edits() []mp4Edit {
	data := t.box("trak", "edts", "elst")
	if data == nil {
		return nil
	}
	size := 12
	if len(data) > 0 && data[0] == 1 {
		size = 20
	}
	if len(data) < 8 || be32(data[4:]) > int64(len(data)-8)/int64(size) {
		t.fail("elst")
		return nil
	}
	var all []mp4Edit
	for i := range int(be32(data[4:])) {
		e := data[8+i*size:]
		if size == 12 {
			all = append(all, mp4Edit{be32(e), int64(int32(be32(e[4:]))), be32(e[8:])})
		} else {
			all = append(all, mp4Edit{be64(e), be64(e[8:]), be32(e[16:])})
		}
	}
	return all
}

// shift is by how many ticks an edit list has a track begin early. One that
// does more than have the first sample be shown at once is errUnusual.
func (t *mp4Tables) shift(shown []int64, scale int64) (int64, error) {
	edits, first, last := t.edits(), slices.Min(shown), slices.Max(shown)
	switch {
	case t.err != nil:
		return 0, t.err
	case first < 0 || scale <= 0:
		return 0, fmt.Errorf("%w: it begins before its beginning", errUnusual)
	case len(edits) == 0:
		return 0, nil
	}
	movie := t.timescale("mvhd")
	e := edits[0]
	if len(edits) > 1 || e.media != first || e.rate != 1<<16 || movie <= 0 ||
		editor.Rational(e.length+1, movie).Cmp(editor.Rational(last-first+1, scale)) < 0 {
		return 0, fmt.Errorf("%w: its edit list is more than a beginning", errUnusual)
	}
	return first, t.err
}

func be64(b []byte) int64 { return int64(binary.BigEndian.Uint64(b)) & (1<<62 - 1) }

// chunks are where the chunks of samples begin.
func (t *mp4Tables) chunks() []int64 {
	size := 4
	_, table, there := t.table("stco", size)
	if !there && t.err == nil {
		size = 8
		_, table, there = t.table("co64", size)
	}
	if !there {
		t.fail("stco")
	}
	var all []int64
	for ; len(table) >= size; table = table[size:] {
		if size == 4 {
			all = append(all, be32(table))
		} else {
			all = append(all, be64(table))
		}
	}
	return all
}

// places are where some samples, in order, are in the file.
func (t *mp4Tables) places(sizes []uint32, wanted []int) []int64 {
	_, runs, _ := t.table("stsc", 12)
	chunks := t.chunks()
	var all []int64
	sample := 0
	for ; len(runs) >= 12 && t.err == nil; runs = runs[12:] {
		first, last := be32(runs)-1, int64(len(chunks))
		if len(runs) >= 24 {
			last = be32(runs[12:]) - 1
		}
		if first < 0 || last > int64(len(chunks)) || first >= last || be32(runs[8:]) != 1 {
			t.fail("stsc")
			return nil
		}
		for _, at := range chunks[first:last] {
			for range be32(runs[4:]) {
				if sample >= len(sizes) {
					break
				}
				if len(all) < len(wanted) && wanted[len(all)] == sample {
					all = append(all, at)
				}
				at += int64(sizes[sample])
				sample++
			}
		}
	}
	if len(all) != len(wanted) || sample != len(sizes) {
		t.fail("stsc")
	}
	return all
}
