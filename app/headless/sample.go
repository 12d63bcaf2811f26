package headless

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"parley/call"
)

// sampleEvery is the least time between two pictures kept.
const sampleEvery = 500 * time.Millisecond

// sampler keeps what a person would have seen, for a bench to judge: a line in
// DIR/shown.jsonl for every picture shown, and twice a second the picture
// itself, as planar 4:2:0. A nil sampler does nothing. One goroutine uses it
// until Close.
type sampler struct {
	dir  string
	file *os.File
	json *json.Encoder
	kept time.Time
	err  error // the first; nothing is written after it
}

// shownLine is one line of shown.jsonl; times in microseconds since 1970.
type shownLine struct {
	At     int64  `json:"at_us"`
	Frame  int64  `json:"frame"`   // by its mark, -1 without one
	Drawn  int64  `json:"mark_us"` // by its mark
	Width  int    `json:"w"`
	Height int    `json:"h"`
	File   string `json:"file,omitempty"`
}

// openSampler returns nil for no folder.
func openSampler(dir string) (*sampler, error) {
	if dir == "" {
		return nil, nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("the folder for samples cannot be made: %w", err)
	}
	file, err := os.OpenFile(filepath.Join(dir, "shown.jsonl"), os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("the samples cannot be written: %w", err)
	}
	return &sampler{dir: dir, file: file, json: json.NewEncoder(file)}, nil
}

// shown notes a picture that is being shown now, and keeps it when it is time
// and the picture can be told by its mark.
func (s *sampler) shown(pic *call.Picture) {
	if s == nil || s.err != nil {
		return
	}
	now := time.Now()
	l := shownLine{At: now.UnixMicro(), Frame: -1, Width: pic.Width(), Height: pic.Height()}
	if mark, ok := call.ReadMark(pic); ok {
		l.Frame, l.Drawn = int64(mark.Frame), mark.At.UnixMicro()
		if now.Sub(s.kept) >= sampleEvery {
			s.kept = now
			l.File = fmt.Sprintf("%d.yuv", l.Frame)
			s.err = s.keep(l.File, pic)
		}
	}
	if s.err == nil {
		s.err = s.json.Encode(l)
	}
}

// keep writes the three planes without their padding.
func (s *sampler) keep(name string, pic *call.Picture) error {
	var tight call.Picture
	tight.CopyFrom(pic)
	all := make([]byte, 0, len(tight.Y)+len(tight.Cb)+len(tight.Cr))
	all = append(append(append(all, tight.Y...), tight.Cb...), tight.Cr...)
	return os.WriteFile(filepath.Join(s.dir, name), all, 0o600)
}

// Close says whether all was written.
func (s *sampler) Close() error {
	if s == nil {
		return nil
	}
	if err := errors.Join(s.err, s.file.Close()); err != nil {
		return fmt.Errorf("the samples were not all written: %w", err)
	}
	return nil
}
