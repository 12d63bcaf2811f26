package render

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
)

// errBoxes is what a file that is no whole MP4 is answered with.
var errBoxes = errors.New("not a whole mp4 file")

// mp4Box is a box of an MP4 file (ISO/IEC 14496-12, 4.2): where its content
// lies.
type mp4Box struct {
	kind     string
	at, size int64 // of the content
}

// maxBoxes bounds how many boxes are looked at in one place.
const maxBoxes = 10000

// boxes are those directly within a part of a file.
func boxes(r io.ReaderAt, at, size int64) ([]mp4Box, error) {
	var found []mp4Box
	for end := at + size; at < end; {
		b, next, err := readBox(r, at, end)
		if err != nil {
			return nil, err
		}
		if found = append(found, b); len(found) > maxBoxes {
			return nil, fmt.Errorf("%w: too many boxes", errBoxes)
		}
		at = next
	}
	return found, nil
}

// readBox reads the head of a box, and where the next one begins.
func readBox(r io.ReaderAt, at, end int64) (b mp4Box, next int64, err error) {
	var head [16]byte
	if _, err := r.ReadAt(head[:8], at); err != nil || end-at < 8 {
		return b, 0, fmt.Errorf("%w: it ends in the middle", errBoxes)
	}
	b.kind, b.at = string(head[4:8]), at+8
	size := int64(binary.BigEndian.Uint32(head[:4]))
	switch size {
	case 0: // up to the end
		size = end - at
	case 1: // the size is too large for 32 bits, and follows
		if _, err := r.ReadAt(head[8:], at+8); err != nil {
			return b, 0, fmt.Errorf("%w: it ends in the middle", errBoxes)
		}
		size, b.at = int64(binary.BigEndian.Uint64(head[8:])), at+16
	}
	if size < b.at-at || size > end-at {
		return b, 0, fmt.Errorf("%w: box %q has an impossible size", errBoxes, b.kind)
	}
	b.size = at + size - b.at
	return b, at + size, nil
}

// path goes down into boxes by their kinds and returns all that it ends at.
func path(r io.ReaderAt, in []mp4Box, kinds ...string) ([]mp4Box, error) {
	for i, kind := range kinds {
		var next []mp4Box
		for _, b := range in {
			if b.kind != kind {
				continue
			}
			if i == len(kinds)-1 {
				next = append(next, b)
				continue
			}
			inside, err := boxes(r, b.at, b.size)
			if err != nil {
				return nil, err
			}
			next = append(next, inside...)
		}
		in = next
	}
	return in, nil
}

// topBoxes opens a file and hands its outermost boxes on.
func topBoxes(name string, use func(io.ReaderAt, []mp4Box) error) (err error) {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	top, _, err := outermost(f)
	if err != nil {
		return err
	}
	return use(f, top)
}

// outermost are the outermost boxes of a file, and its size.
func outermost(f *os.File) ([]mp4Box, int64, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, 0, err
	}
	top, err := boxes(f, 0, info.Size())
	return top, info.Size(), err
}

// countFrames checks that a segment, which has one track, holds n samples.
func countFrames(name string, n int64) error {
	return topBoxes(name, func(r io.ReaderAt, top []mp4Box) error {
		tables, err := path(r, top, "moov", "trak", "mdia", "minf", "stbl", "stsz")
		if err != nil {
			return err
		}
		if len(tables) != 1 {
			return fmt.Errorf("%w: %d tracks instead of one", errBoxes, len(tables))
		}
		var count [4]byte
		if _, err := r.ReadAt(count[:], tables[0].at+8); err != nil {
			return fmt.Errorf("%w: it ends in the middle", errBoxes)
		}
		if got := int64(binary.BigEndian.Uint32(count[:])); got != n {
			return fmt.Errorf("%d frames came out instead of %d", got, n)
		}
		return nil
	})
}

// frontIndex checks that the index lies before the media, so that a player
// can begin before it has the whole file.
func frontIndex(name string) error {
	return topBoxes(name, func(_ io.ReaderAt, top []mp4Box) error {
		seen := false
		for _, b := range top {
			seen = seen || b.kind == "moov"
			if b.kind == "mdat" && !seen {
				return errors.New("its index (moov) is not at the front")
			}
		}
		if !seen {
			return fmt.Errorf("%w: it has no index (moov)", errBoxes)
		}
		return nil
	})
}
