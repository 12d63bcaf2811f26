package record

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Errors of Load, wrapped with the folder.
var (
	ErrNotRecording = errors.New("not a recording")
	ErrNewer        = errors.New("recording of a newer Parley")
)

// Bounds of what Load believes; a folder may come from somewhere else.
const (
	maxManifest = 1 << 20 // bytes
	maxTracks   = 64
	maxElapsed  = 366 * 24 * time.Hour
)

// Load reads a recording's manifest, of a finished recording, a running one or
// one that ended in a crash (Ended is zero in both). Where a track has no
// duration yet it is measured from the file, and a track whose file is missing
// or holds nothing is left out. File names in it are plain names in dir. It
// returns ErrNotRecording or ErrNewer, wrapped, for what it does not read.
func Load(dir string) (Manifest, error) {
	f, err := os.Open(filepath.Join(dir, ManifestName))
	if err != nil {
		return Manifest{}, fmt.Errorf("%s has no readable %s: %w", dir, ManifestName, errors.Join(ErrNotRecording, cause(err)))
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxManifest+1))
	if err != nil {
		return Manifest{}, fmt.Errorf("reading the recording %s: %w", dir, cause(err))
	}
	m, err := parseManifest(data)
	if err != nil {
		return Manifest{}, fmt.Errorf("the recording %s cannot be read: %w", dir, err)
	}
	m.Tracks = mend(dir, m.Tracks)
	return m, nil
}

// parseManifest is Load without the files; it takes any bytes.
func parseManifest(data []byte) (Manifest, error) {
	if len(data) > maxManifest {
		return Manifest{}, fmt.Errorf("%w: the manifest is over %d bytes", ErrNotRecording, maxManifest)
	}
	var head struct {
		Format  string `json:"format"`
		Version int    `json:"version"`
	}
	if err := json.Unmarshal(data, &head); err != nil || head.Format != Format || head.Version < 1 {
		return Manifest{}, fmt.Errorf("%w: its manifest is not one of Parley's", ErrNotRecording)
	}
	if head.Version > Version {
		return Manifest{}, fmt.Errorf("%w (version %d); update Parley to open it", ErrNewer, head.Version)
	}
	var m Manifest
	if err := json.Unmarshal(data, &m); err != nil {
		return Manifest{}, fmt.Errorf("%w: %w", ErrNotRecording, err)
	}
	return m, m.check()
}

func (m Manifest) check() error {
	if len(m.Tracks) > maxTracks {
		return fmt.Errorf("%w: it lists %d tracks", ErrNotRecording, len(m.Tracks))
	}
	if m.Chat != "" && !plainName(m.Chat) {
		return fmt.Errorf("%w: its chat is a file outside the folder", ErrNotRecording)
	}
	seen := map[string]bool{}
	for _, t := range m.Tracks {
		if err := t.check(); err != nil {
			return err
		}
		if seen[t.ID] {
			return fmt.Errorf("%w: it lists track %q twice", ErrNotRecording, t.ID)
		}
		seen[t.ID] = true
	}
	return nil
}

func (t Track) check() error {
	switch {
	case !plainName(t.File) || !plainName(t.Timing):
		return fmt.Errorf("%w: track %q names a file outside the folder", ErrNotRecording, t.ID)
	case t.Who != Me && t.Who != Them, t.Kind != Video && t.Kind != Audio:
		return fmt.Errorf("%w: track %q is neither mine nor theirs, sound nor picture", ErrNotRecording, t.ID)
	case t.Offset < 0 || t.Offset > maxElapsed || t.Duration < 0 || t.Duration > maxElapsed:
		return fmt.Errorf("%w: track %q lies outside of time", ErrNotRecording, t.ID)
	}
	return nil
}

// plainName says whether name is a file's name alone, and no hidden one.
func plainName(name string) bool {
	return name != "" && name[0] != '.' && len(name) <= 255 && !strings.ContainsAny(name, "/\\:\x00")
}

// mend measures the tracks that have no duration yet, and leaves out those
// without media.
func mend(dir string, tracks []Track) []Track {
	kept := make([]Track, 0, len(tracks))
	for _, t := range tracks {
		info, err := os.Lstat(filepath.Join(dir, t.File))
		if err != nil || !info.Mode().IsRegular() {
			continue
		}
		if t.Duration == 0 {
			span, err := measure(filepath.Join(dir, t.File))
			if err != nil {
				continue
			}
			t.Duration = span
		}
		kept = append(kept, t)
	}
	return kept
}
