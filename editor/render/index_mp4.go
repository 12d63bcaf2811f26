package render

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"

	"parley/editor"
)

// errUnusual is that a file is not as cameras and encoders usually write MP4.
// It is then listed by ffmpeg, which knows everything and reads all of it.
var errUnusual = errors.New("an mp4 file of an unusual kind")

// mp4Index lists the packets of an H.264 stream of an MP4 from the file's own
// tables, in milliseconds, as ffmpeg.Index lists them. What it does not know
// for certain is errUnusual.
func mp4Index(name string, stream int) (x *editor.Index, err error) {
	err = topBoxes(name, func(r io.ReaderAt, top []mp4Box) error {
		tables, err := openTables(r, top, stream)
		if err != nil {
			return err
		}
		t := &mp4Track{}
		if err := t.read(tables); err != nil {
			return err
		}
		packets, err := t.packets()
		if err != nil {
			return err
		}
		if err := t.enter(r, packets); err != nil {
			return err
		}
		x, err = editor.NewIndex(editor.Rational(1, t.scale), packets)
		return err
	})
	return x, err
}

// mp4Track is what an MP4's index tells of one of its tracks.
type mp4Track struct {
	scale  int64 // ticks a second
	shift  int64 // ticks by which an edit list has it begin early
	sets   sets
	sizes  []uint32
	times  []int64 // when each sample is shown, in ticks
	sync   []int   // the samples that decoding can begin at, it says
	places []int64 // where the sync samples are in the file
}

// maxMoov bounds an index, in bytes.
const maxMoov = 256 << 20

// openTables reads an index into memory.
func openTables(file io.ReaderAt, top []mp4Box, stream int) (*mp4Tables, error) {
	moovs, err := path(file, top, "moov")
	if err != nil || len(moovs) != 1 || moovs[0].size > maxMoov {
		return nil, errUnusual
	}
	moov := io.NewSectionReader(file, moovs[0].at, moovs[0].size)
	r, err := buffered(moov)
	if err != nil {
		return nil, err
	}
	inside, err := boxes(r, 0, moovs[0].size)
	if err != nil {
		return nil, err
	}
	var traks []mp4Box
	for _, b := range inside {
		switch b.kind {
		case "mvex":
			return nil, fmt.Errorf("%w: it is in fragments", errUnusual)
		case "trak":
			traks = append(traks, b)
		}
	}
	if stream < 0 || stream >= len(traks) {
		return nil, fmt.Errorf("%w: it has no track %d", errUnusual, stream)
	}
	return &mp4Tables{r: r, inside: inside, trak: traks[stream : stream+1]}, nil
}

// read takes the tables over.
func (t *mp4Track) read(tables *mp4Tables) error {
	way, err := headerBoxes(tables.r, []mp4Box{{kind: "moov", at: tables.trak[0].at - 8, size: tables.trak[0].size + 8}})
	if err != nil {
		return fmt.Errorf("%w: %w", errUnusual, err)
	}
	if t.sets, err = parseSets(tables.content(way[len(way)-1])); err != nil {
		return err
	}
	t.scale = tables.timescale("trak", "mdia", "mdhd")
	t.sizes = tables.sizes()
	_, t.times = tables.times(len(t.sizes))
	t.sync = tables.sync(len(t.sizes))
	t.places = tables.places(t.sizes, t.sync)
	if tables.err != nil {
		return tables.err
	}
	t.shift, err = tables.shift(t.times, t.scale)
	return err
}

// packets are the samples in the order of decoding; entries are not marked.
func (t *mp4Track) packets() ([]editor.Packet, error) {
	all := make([]editor.Packet, len(t.sizes))
	for i, size := range t.sizes {
		if size == 0 || size > 1<<30 {
			return nil, fmt.Errorf("%w: sample %d has %d bytes", errUnusual, i, size)
		}
		all[i] = editor.Packet{At: t.times[i] - t.shift, Size: int32(size)}
	}
	return all, nil
}

// Types of NAL units (Rec. ITU-T H.264, table 7-1).
const (
	nalIDR = 5
	nalSPS = 7
	nalPPS = 8
)

// enter marks the sync samples that are IDR pictures: what carries a recovery
// point and no IDR leans on what was before it.
func (t *mp4Track) enter(file io.ReaderAt, packets []editor.Packet) error {
	for i, n := range t.sync {
		idr, err := t.look(file, t.places[i], int64(t.sizes[n]))
		if err != nil {
			return err
		}
		packets[n].Entry = idr
	}
	return nil
}

// look goes through the NAL units of a sample.
func (t *mp4Track) look(file io.ReaderAt, at, size int64) (idr bool, err error) {
	field := int64(t.sets.length) + 1
	var head [5]byte
	for end := at + size; at+field < end; {
		if _, err := file.ReadAt(head[:field+1], at); err != nil {
			return false, fmt.Errorf("%w: %w", errUnusual, err)
		}
		var length int64
		for _, b := range head[:field] {
			length = length<<8 | int64(b)
		}
		at += field
		if length <= 0 || at+length > end {
			return false, fmt.Errorf("%w: a NAL unit of %d bytes", errUnusual, length)
		}
		switch head[field] & 0x1f {
		case nalIDR:
			idr = true
		case nalSPS, nalPPS:
			if err := t.known(file, at, length); err != nil {
				return false, err
			}
		}
		at += length
	}
	return idr, nil
}

// known refuses a parameter set that is not in the header, too.
func (t *mp4Track) known(file io.ReaderAt, at, length int64) error {
	set := make([]byte, min(length, 1<<16))
	if _, err := file.ReadAt(set, at); err != nil {
		return fmt.Errorf("%w: %w", errUnusual, err)
	}
	for _, own := range slices.Concat(t.sets.sps, t.sets.pps) {
		if slices.Equal(own, set) {
			return nil
		}
	}
	return fmt.Errorf("%w: it changes its parameter sets", errUnusual)
}

// be32 is a big-endian number of 32 bits.
func be32(b []byte) int64 { return int64(binary.BigEndian.Uint32(b)) }
