package record

import (
	"encoding/binary"
	"errors"
	"io"
	"math/bits"
	"os"
	"time"
)

// The elements of Matroska that a reader needs (RFC 9559).
const (
	idSegment     = 0x18538067
	idCluster     = 0x1F43B675
	idTimestamp   = 0xE7
	idSimpleBlock = 0xA3
)

var errNoMedia = errors.New("no media in the file")

// measure returns the time from a track file's first block to the end of its
// last one, in whole milliseconds. It reads the headers of clusters and the
// first and last cluster alone, so it is quick for hours too. The end of a
// file cut off in the middle of a cluster counts as far as it is there.
func measure(path string) (time.Duration, error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return measureIn(f, info.Size())
}

func measureIn(r io.ReaderAt, size int64) (time.Duration, error) {
	var first, last, before []int64 // block times of the outermost clusters
	eachCluster(r, size, func(body, end int64) {
		if first == nil {
			first = blockTimes(r, body, end)
			return
		}
		before, last = []int64{body, end}, nil
	})
	if before != nil {
		last = blockTimes(r, before[0], before[1])
	}
	if len(first) == 0 {
		return 0, errNoMedia
	}
	all := append(first[:len(first):len(first)], last...)
	end := all[len(all)-1]
	step := int64(0)
	if len(all) > 1 {
		step = min(max(end-all[len(all)-2], 0), 100)
	}
	span := end - all[0] + step
	if span < 0 || span > int64(maxElapsed/time.Millisecond) {
		return 0, errNoMedia
	}
	return time.Duration(span) * time.Millisecond, nil
}

// eachCluster calls f with the bounds of each cluster's content.
func eachCluster(r io.ReaderAt, size int64, f func(body, end int64)) {
	eachElement(r, 0, size, func(id uint32, body, end int64) bool {
		if id != idSegment {
			return true
		}
		eachElement(r, body, end, func(id uint32, body, end int64) bool {
			if id == idCluster {
				f(body, end)
			}
			return true
		})
		return false
	})
}

// blockTimes lists the times, in ms, of the blocks of the cluster whose
// content lies between body and end.
func blockTimes(r io.ReaderAt, body, end int64) []int64 {
	var base int64
	var times []int64
	eachElement(r, body, end, func(id uint32, body, end int64) bool {
		var b [8]byte
		switch id {
		case idTimestamp:
			n := min(end-body, 8)
			if _, err := r.ReadAt(b[8-n:], body); err != nil {
				return false
			}
			base = int64(binary.BigEndian.Uint64(b[:]) & (1<<48 - 1))
		case idSimpleBlock:
			// Track number (one byte in our files), then a signed 16-bit time.
			if _, err := r.ReadAt(b[:4], body); err != nil || b[0]&0x80 == 0 {
				return false
			}
			times = append(times, base+int64(int16(binary.BigEndian.Uint16(b[1:]))))
		}
		return true
	})
	return times
}

// eachElement calls f for each EBML element (RFC 8794) between from and to
// until it returns false or the bytes make no sense. end is at most to, also
// where an element claims more or has an unknown size.
func eachElement(r io.ReaderAt, from, to int64, f func(id uint32, body, end int64) bool) {
	for from < to {
		var b [12]byte
		n, err := r.ReadAt(b[:min(12, to-from)], from)
		if n < 2 || (err != nil && !errors.Is(err, io.EOF)) {
			return
		}
		idLen := bits.LeadingZeros8(b[0]) + 1
		if idLen > 4 || idLen >= n {
			return
		}
		sizeLen := bits.LeadingZeros8(b[idLen]) + 1
		if sizeLen > 8 || idLen+sizeLen > n {
			return
		}
		body := from + int64(idLen+sizeLen)
		end := to
		if s, known := dataSize(b[idLen : idLen+sizeLen]); known && s < to-body {
			end = body + s
		}
		if !f(uint32(bigEndian(b[:idLen])), body, end) {
			return
		}
		from = end
	}
}

// dataSize reads an element's size; all ones means unknown.
func dataSize(b []byte) (size int64, known bool) {
	mask := uint64(1)<<(7*len(b)) - 1
	v := bigEndian(b) & mask
	return int64(v), v != mask
}

func bigEndian(b []byte) uint64 {
	var v uint64
	for _, c := range b {
		v = v<<8 | uint64(c)
	}
	return v
}
