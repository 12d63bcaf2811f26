package record

import (
	"fmt"
	"time"

	"parley/call"
)

// Options say where and how recordings are made.
type Options struct {
	// Root is the folder that gets a folder for each recording. It is made
	// where it is missing.
	Root string
	// Video encodes my own picture as a master; nil keeps no picture of mine.
	Video call.VideoCodec
	// BitRate is the master's rate in bit/s for a picture size in pixels; nil
	// is 0.22 bits a pixel at 30 pictures a second, 1 to 20 Mbit/s.
	BitRate func(width, height int) int
	// Failed is called once for each track that stops, with a sentence for the
	// user, from a goroutine of the recording; it must not block nor close the
	// recording. It may be nil: Close returns the same errors.
	Failed func(error)
	// Now is the clock, with a monotonic reading; nil is time.Now.
	Now func() time.Time
}

// Store makes recordings.
type Store struct {
	opt    Options
	create func(path string) (file, error)
}

// New returns a Store. Its Open is a call.OpenRecorder.
func New(opt Options) *Store {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.BitRate == nil {
		opt.BitRate = masterRate
	}
	return &Store{opt: opt, create: createFile}
}

// Open makes the folder and begins; the recorder is a *Recording. Elapsed time
// counts from info.Started, or from now where that is zero. An error is a
// sentence that names the folder.
func (s *Store) Open(info call.RecordingInfo) (call.Recorder, error) {
	if info.Started.IsZero() {
		info.Started = s.opt.Now()
	}
	dir, err := makeFolder(s.opt.Root, info.Started, info.Them)
	if err != nil {
		return nil, err
	}
	h := &host{
		dir: dir, start: info.Started, now: s.opt.Now, create: s.create, failed: s.opt.Failed,
		manifest: Manifest{
			Format: Format, Version: Version, Session: shown(info.Session), Me: shown(info.Me), Them: shown(info.Them),
			Started: info.Started.Round(0), Tracks: []Track{},
		},
	}
	h.mu.Lock()
	err = h.save()
	h.mu.Unlock()
	if err != nil {
		return nil, fmt.Errorf("cannot begin a recording: %w; choose another folder for recordings", err)
	}
	return newRecording(h, s.opt), nil
}
