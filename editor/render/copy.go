package render

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"sync"

	"parley/editor"
)

// index lists the packets of the sources of which parts may be copied. A
// source that cannot be listed is encoded, which needs no list and says what
// is wrong with it if anything is.
func (j *job) index(ctx context.Context, lib editor.Library) error {
	if !j.film.Output.Copies() {
		return nil
	}
	var mu sync.Mutex
	var group sync.WaitGroup
	slots := make(chan struct{}, 2)
	found := map[string]*editor.Index{}
	for path, s := range lib {
		v, ok := s.Picture()
		if s.Recording != nil || !ok || !v.Copyable(j.film.Output) {
			continue
		}
		group.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			if x, err := j.list(ctx, s.Media, v); err == nil {
				mu.Lock()
				defer mu.Unlock()
				found[path] = x
			}
		})
	}
	group.Wait()
	for path, x := range found {
		s := lib[path]
		s.Packets = x
		lib[path] = s
	}
	return context.Cause(ctx)
}

// list lists the packets of a file. Those of a usual MP4 are in its index, the
// others have to be read.
func (j *job) list(ctx context.Context, m *editor.Media, v *editor.Stream) (*editor.Index, error) {
	if x, err := mp4Index(m.Path, v.Index); err == nil {
		return x, nil
	}
	return j.tools.Index(ctx, m, v)
}

// copy makes a segment by copying, or encodes it where not exactly the packets
// come out that were asked for: some files cannot be entered where they should.
func (j *job) copy(ctx context.Context, s editor.Step) error {
	err := j.step(ctx, s)
	if err == nil {
		err = checkCopied(j.work.path(s.Name), s.Packets)
	}
	if err == nil {
		j.track.copied(s)
		return nil
	}
	if ctx.Err() != nil || errors.Is(err, ErrSource) {
		return err
	}
	return j.picture(ctx, *s.Instead)
}

// checkCopied compares a segment with the packets that it was to be made of.
func checkCopied(name string, want []editor.Packet) error {
	sizes, err := sampleSizes(name)
	if err != nil {
		return err
	}
	if len(sizes) != len(want) {
		return fmt.Errorf("%d packets came out instead of %d", len(sizes), len(want))
	}
	for i, p := range want {
		if !sameSize(int64(sizes[i]), int64(p.Size)) {
			return fmt.Errorf("packet %d has %d bytes instead of %d", i, sizes[i], p.Size)
		}
	}
	return nil
}

// sameSize allows for what changes when a packet comes from a container where
// parts are told apart by start codes and not by their length.
func sameSize(got, want int64) bool {
	off := got - want
	return max(off, -off) <= 64+want/16
}

// sampleSizes are the sizes of the packets of a segment, which has one track.
func sampleSizes(name string) (sizes []uint32, err error) {
	err = topBoxes(name, func(r io.ReaderAt, top []mp4Box) error {
		tables, err := path(r, top, "moov", "trak", "mdia", "minf", "stbl", "stsz")
		if err != nil {
			return err
		}
		if len(tables) != 1 || tables[0].size < 12 || tables[0].size > maxTable {
			return fmt.Errorf("%w: no table of sizes", errBoxes)
		}
		table := make([]byte, tables[0].size)
		if _, err := r.ReadAt(table, tables[0].at); err != nil {
			return fmt.Errorf("%w: it ends in the middle", errBoxes)
		}
		sizes, err = parseSizes(table)
		return err
	})
	return sizes, err
}

// maxTable bounds a table of sizes, in bytes.
const maxTable = 12 + 4*editor.MaxPackets

// parseSizes reads a stsz box (ISO/IEC 14496-12, 8.7.3.2).
func parseSizes(table []byte) ([]uint32, error) {
	all, n := binary.BigEndian.Uint32(table[4:]), binary.BigEndian.Uint32(table[8:])
	if n > editor.MaxPackets || all == 0 && int(n) > (len(table)-12)/4 {
		return nil, fmt.Errorf("%w: a table of %d sizes", errBoxes, n)
	}
	sizes := make([]uint32, n)
	for i := range sizes {
		if sizes[i] = all; all == 0 {
			sizes[i] = binary.BigEndian.Uint32(table[12+4*i:])
		}
	}
	return sizes, nil
}
