package record

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// ManifestName is the file that makes a folder a recording.
const ManifestName = "recording.json"

// Format and Version are what this package writes into a manifest.
const (
	Format  = "parley-recording"
	Version = 1
)

// Manifest says what is in a recording. It is rewritten whenever a track
// begins or ends.
type Manifest struct {
	Format  string    `json:"format"`
	Version int       `json:"version"`
	Session string    `json:"session"`
	Me      string    `json:"me"`
	Them    string    `json:"them"`
	Started time.Time `json:"started"`
	// Ended is zero while the recording runs, and for good after a crash.
	Ended  time.Time `json:"ended,omitzero"`
	Clock  []Anchor  `json:"clock"`
	Tracks []Track   `json:"tracks"`
	// Chat is the file with what was written in the call, a JSON object a line
	// (call.ChatLine); "" where nothing was.
	Chat string `json:"chat,omitempty"`
}

// Anchor ties the wall clock to the recording's own clock, for the one can be
// set or slewed while the other runs evenly.
type Anchor struct {
	Wall    time.Time     `json:"wall"`
	Elapsed time.Duration `json:"elapsed_ns"`
}

// Whose a track is.
const (
	Me   = "me"
	Them = "them"
)

// The kinds of track.
const (
	Video = "video"
	Audio = "audio"
)

// The codecs of tracks, by their RTP names; PCM is 16 bit, 48 kHz, one channel.
const (
	H264 = "H264"
	VP8  = "VP8"
	PCM  = "PCM"
	Opus = "opus"
)

// Track is one track of a recording.
type Track struct {
	ID     string `json:"id"`
	Who    string `json:"who"`    // Me or Them
	Kind   string `json:"kind"`   // Video or Audio
	File   string `json:"file"`   // the Matroska file, beside the manifest
	Timing string `json:"timing"` // the JSON lines, beside it
	Codec  string `json:"codec"`
	// Offset is when the first block begins, from the recording's start. The
	// file says the same, rounded to its millisecond.
	Offset time.Duration `json:"offset_ns"`
	// Duration is the time from the first block to the end of the last.
	// It is written when the track ends; Load measures it where it is missing.
	Duration time.Duration `json:"duration_ns"`
	// SHA256 is the hash of the whole file in hexadecimal digits, or empty
	// after a crash.
	SHA256 string `json:"sha256"`
}

// save writes the manifest whole: to a temporary file, then renamed.
func (m Manifest) save(dir string) error {
	data, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return fmt.Errorf("writing the recording's manifest: %w", err)
	}
	path := filepath.Join(dir, ManifestName)
	if err := writeSynced(path+".tmp", append(data, '\n')); err != nil {
		return fmt.Errorf("writing %s: %w", path, cause(err))
	}
	if err := os.Rename(path+".tmp", path); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return nil
}

func writeSynced(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	return err
}
