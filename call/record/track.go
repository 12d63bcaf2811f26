package record

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"time"
)

// IDs of the tracks; another of the same kind has a number behind it.
const (
	meVideoID    = "me-video"
	meAudioID    = "me-audio"
	meScreenID   = "me-screen"
	themVideoID  = "them-video"
	themAudioID  = "them-audio"
	themScreenID = "them-screen"
)

// flushAge is how old an open cluster may grow, by the clock on the wall,
// before it is written although nothing follows it.
const flushAge = 375 * time.Millisecond

// track is one track on its way to the disk: a Matroska file and its timing
// file, made when the first block comes. One goroutine uses it. After an error
// it is failed, has said so, and ignores what follows.
type track struct {
	host    *host
	entry   Track
	mkv     *mkvWriter
	out     file
	timing  timing
	lastMS  int64
	open    time.Time // when the open cluster got its first block; zero: none is open
	markers int       // of the host's, noted so far
	failed  bool
}

func newTrack(h *host, id, who, kind, codec string) *track {
	return &track{host: h, entry: Track{
		ID: id, Who: who, Kind: kind, Codec: codec, File: id + ".mkv", Timing: id + ".jsonl",
	}}
}

// begin makes the files. at is when the first block begins.
func (t *track) begin(at time.Duration, header mkvTrack) {
	if t.failed || t.mkv != nil {
		return
	}
	t.entry.Offset, t.lastMS = at, -1
	t.fail(t.makeFiles(header))
}

func (t *track) makeFiles(header mkvTrack) (err error) {
	if t.out, err = t.host.create(filepath.Join(t.host.dir, t.entry.File)); err != nil {
		return err
	}
	if t.timing.f, err = t.host.create(filepath.Join(t.host.dir, t.entry.Timing)); err != nil {
		return err
	}
	header.Name = t.entry.ID
	if t.mkv, err = newMKV(t.out, t.host.manifest.Started, header); err != nil {
		return err
	}
	return t.host.began(t.entry)
}

func (t *track) begun() bool { return t.mkv != nil }

// write adds a block that begins at the elapsed time at; data is copied. Time
// stamps rise by a millisecond at least.
func (t *track) write(at time.Duration, key bool, data []byte) {
	if t.failed || t.mkv == nil {
		return
	}
	ms := max(at.Round(time.Millisecond).Milliseconds(), t.lastMS+1)
	t.lastMS = ms
	clusters := t.mkv.size
	err := t.mkv.block(ms, key, data)
	if t.open.IsZero() || t.mkv.size != clusters {
		t.open = t.host.now()
	}
	if err == nil && t.mkv.size != clusters {
		err = t.timing.flush()
	}
	t.fail(err)
}

// note adds a line to the timing file.
func (t *track) note(line any) {
	if !t.failed {
		t.fail(t.timing.note(line))
	}
}

// tick is called several times a second: it flushes what has waited too long
// and takes over new markers.
func (t *track) tick() {
	if t.failed {
		return
	}
	t.takeMarkers()
	switch {
	case t.mkv == nil:
	case t.open.IsZero():
		t.fail(t.timing.flush())
	case t.host.now().Sub(t.open) >= flushAge:
		t.flush()
	}
}

func (t *track) flush() {
	t.open = time.Time{}
	err := t.mkv.flush()
	if err == nil {
		err = t.timing.flush()
	}
	t.fail(err)
}

func (t *track) takeMarkers() {
	for _, m := range t.host.markersFrom(t.markers) {
		t.note(m)
		t.markers++
	}
}

// fail stops the track where err is not nil: its files are closed as they are,
// whole up to the last cluster.
func (t *track) fail(err error) {
	if err == nil || t.failed {
		return
	}
	t.failed = true
	t.host.fail(t.entry, err)
	if t.mkv != nil {
		t.entry.Duration = t.mkv.duration()
	}
	t.close()
}

// end completes the files and the track's entry in the manifest. It may be
// called again, and for a track that never began.
func (t *track) end() {
	if t.mkv == nil {
		return
	}
	if !t.failed {
		t.takeMarkers()
		t.flush()
	}
	if !t.failed {
		t.fail(t.mkv.finish())
	}
	t.entry.Duration = t.mkv.duration()
	t.close()
	t.mkv = nil
	sum, err := hashFile(filepath.Join(t.host.dir, t.entry.File))
	t.fail(err)
	t.entry.SHA256 = sum
	t.fail(t.host.ended(t.entry))
}

func (t *track) close() {
	for _, f := range []*file{&t.out, &t.timing.f} {
		if *f == nil {
			continue
		}
		err := (*f).Close()
		*f = nil
		t.fail(err)
	}
}

func hashFile(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
