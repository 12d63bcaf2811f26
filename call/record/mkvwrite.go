package record

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/at-wat/ebml-go"
)

// file is what a track file is written to; *os.File is one.
type file interface {
	io.Writer
	io.WriterAt
	io.Closer
	Truncate(size int64) error
}

// Limits of a cluster and distance of the cues of a sound track.
const (
	maxCluster = 500 // ms from its first block to the end of its last
	maxStep    = 100 // ms that a block is believed to last
	cueStep    = 2000
)

// mkvWriter writes one track as Matroska. A cluster is gathered in memory and
// reaches the file whole, with its size known, by one write: what the file
// holds is readable at any moment.
//
// ebml-go's own block writer opens clusters of unknown size, writes each block
// by itself and counts time from the first block, and its marshaller allocates
// for each block; so it writes the header and the end, and clusters are laid
// out here.
type mkvWriter struct {
	f     file
	at    mkvLayout
	size  int64  // bytes of whole elements written
	open  []byte // the open cluster, or empty
	seek  bool   // it begins with a key frame
	key   bool   // the last block was one
	start int64  // ms, of the cluster's first block
	prev  int64  // ms, of the last block
	step  int64  // ms between the last two blocks
	first int64  // ms, of the file's first block
	any   bool
	cues  []mkvCue
	buf   bytes.Buffer
}

// newMKV writes the header.
func newMKV(f file, started time.Time, entry mkvTrack) (*mkvWriter, error) {
	header, at, err := mkvHeader(started, entry)
	if err != nil {
		return nil, err
	}
	w := &mkvWriter{f: f, at: at}
	return w, w.append(header)
}

// block adds a block that begins at ms, which must be later than the last.
// data is copied.
func (w *mkvWriter) block(ms int64, key bool, data []byte) error {
	if w.any {
		w.step = min(ms-w.prev, maxStep)
	}
	if w.full(ms, key) {
		if err := w.flush(); err != nil {
			return err
		}
	}
	if len(w.open) == 0 {
		w.begin(ms, key)
	}
	if !w.any {
		w.any, w.first = true, ms
	}
	w.prev, w.key = ms, key
	return w.add(uint16(ms-w.start), key, data)
}

// full says whether the open cluster must end before a block at ms. A key
// frame among others opens a cluster of its own, to be sought to.
func (w *mkvWriter) full(ms int64, key bool) bool {
	if len(w.open) == 0 {
		return false
	}
	return ms+w.step-w.start > maxCluster || key && !w.key
}

// Sizes of what is laid out by hand.
const (
	sizeAt    = 4         // in a cluster, behind its ID
	blockHead = 4         // track, time, flags
	maxSize   = 1<<28 - 2 // that fits an EBML size of 4 bytes
	size4     = 1 << 28   // marks one
)

// begin opens a cluster; its size is filled in by flush.
func (w *mkvWriter) begin(ms int64, key bool) {
	w.start, w.seek = ms, key
	w.open = binary.BigEndian.AppendUint32(w.open, idCluster)
	w.open = append(w.open, 0, 0, 0, 0, idTimestamp, 0x80|8)
	w.open = binary.BigEndian.AppendUint64(w.open, uint64(ms))
}

// add appends a SimpleBlock (RFC 9559 section 10.2) of track 1, not laced.
func (w *mkvWriter) add(offset uint16, key bool, data []byte) error {
	if len(w.open)+len(data) > maxSize/2 {
		return fmt.Errorf("a block of %d bytes is too large", len(data))
	}
	flags := byte(0)
	if key {
		flags = 0x80
	}
	w.open = append(w.open, idSimpleBlock)
	w.open = binary.BigEndian.AppendUint32(w.open, size4|uint32(blockHead+len(data)))
	w.open = append(w.open, 0x81, byte(offset>>8), byte(offset), flags)
	w.open = append(w.open, data...)
	return nil
}

// flush writes the cluster that is open, if any.
func (w *mkvWriter) flush() error {
	if len(w.open) == 0 {
		return nil
	}
	binary.BigEndian.PutUint32(w.open[sizeAt:], size4|uint32(len(w.open)-sizeAt-4))
	w.cue()
	err := w.append(w.open)
	w.open = w.open[:0]
	return err
}

// cue remembers the cluster as a place to seek to, when it begins with a key
// frame and the last such place is far enough.
func (w *mkvWriter) cue() {
	near := len(w.cues) > 0 && w.start-int64(w.cues[len(w.cues)-1].CueTime) < cueStep
	if near || !w.seek {
		return
	}
	c := mkvCue{CueTime: uint64(w.start)}
	c.CueTrackPositions.CueTrack = 1
	c.CueTrackPositions.CueClusterPosition = uint64(w.size - w.at.segmentData)
	w.cues = append(w.cues, c)
}

// append writes whole elements at the end. What a failed write has left is cut
// off again, so that the file stays readable up to there.
func (w *mkvWriter) append(b []byte) error {
	n, err := w.f.Write(b)
	if err == nil && n < len(b) {
		err = io.ErrShortWrite
	}
	if err != nil {
		return errors.Join(err, w.f.Truncate(w.size))
	}
	w.size += int64(len(b))
	return nil
}

// duration is the time from the first block to the end of the last.
func (w *mkvWriter) duration() time.Duration {
	return time.Duration(w.prev+w.step-w.first) * time.Millisecond
}

// finish writes the last cluster and the cues, and fills in the header. The
// file is readable in between and without.
func (w *mkvWriter) finish() error {
	if err := w.flush(); err != nil {
		return err
	}
	cuesAt := w.size
	var cues mkvCues
	cues.Cues.CuePoint = w.cues
	if len(w.cues) > 0 {
		w.buf.Reset()
		if err := ebml.Marshal(&cues, &w.buf); err != nil {
			return fmt.Errorf("writing cues: %w", err)
		}
		if err := w.append(w.buf.Bytes()); err != nil {
			return err
		}
		if err := w.patchSeekHead(cuesAt); err != nil {
			return err
		}
	}
	length := float64(w.duration()) / float64(time.Millisecond)
	if err := w.patch(w.at.duration, &mkvDuration{length}, durationRoom); err != nil {
		return err
	}
	var size [8]byte
	binary.BigEndian.PutUint64(size[:], 1<<56|uint64(w.size-w.at.segmentData))
	_, err := w.f.WriteAt(size[:], w.at.segmentSize)
	return err
}

func (w *mkvWriter) patchSeekHead(cuesAt int64) error {
	var s mkvSeekHead
	for _, e := range []struct {
		id string
		at int64
	}{{"\x15\x49\xA9\x66", w.at.info}, {"\x16\x54\xAE\x6B", w.at.tracks}, {"\x1C\x53\xBB\x6B", cuesAt}} {
		s.SeekHead.Seek = append(s.SeekHead.Seek, mkvSeek{[]byte(e.id), uint64(e.at - w.at.segmentData)})
	}
	return w.patch(w.at.seekHead, &s, seekRoom)
}

// patch puts an element into the room left for it, and Void behind it.
func (w *mkvWriter) patch(at int64, element any, room int) error {
	w.buf.Reset()
	if err := ebml.Marshal(element, &w.buf); err != nil {
		return fmt.Errorf("finishing a Matroska header: %w", err)
	}
	if rest := room - w.buf.Len(); rest >= 2 {
		if err := ebml.Marshal(&mkvVoid{make([]byte, rest-2)}, &w.buf); err != nil {
			return fmt.Errorf("finishing a Matroska header: %w", err)
		}
	}
	if w.buf.Len() != room {
		return fmt.Errorf("a Matroska header needs %d bytes and has %d", w.buf.Len(), room)
	}
	_, err := w.f.WriteAt(w.buf.Bytes(), at)
	return err
}
