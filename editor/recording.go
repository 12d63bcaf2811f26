package editor

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"
)

// RecordingFile is the name of the manifest inside a recording's folder.
const RecordingFile = "recording.json"

const (
	recordingFormat  = "parley-recording"
	recordingVersion = 1
	maxTracks        = 64
)

// ErrRecording is what a folder that is no usable recording is refused with.
var ErrRecording = errors.New("not a recording")

// Recording is the manifest of a recorded call. Every track is a file of its
// own and all of them share one clock, which is 0 at the recording's start:
// tracks are in sync when they are placed by the time stamps in their files.
type Recording struct {
	Format  string    `json:"format"` // "parley-recording"
	Version int       `json:"version"`
	Session string    `json:"session"`
	Me      string    `json:"me"`
	Them    string    `json:"them"`
	Started time.Time `json:"started"`
	Ended   time.Time `json:"ended,omitzero"` // absent where the recorder was killed
	Tracks  []Track   `json:"tracks"`

	Dir   string `json:"-"` // absolute path of the folder
	Extra Extra  `json:"-"`
}

// Party is a side of a call.
type Party string

// The sides of a call.
const (
	Me   Party = "me"
	Them Party = "them"
)

// Track is one file of a recording.
type Track struct {
	ID         string     `json:"id"`
	Who        Party      `json:"who"`
	Kind       StreamKind `json:"kind"`             // VideoStream or AudioStream
	File       string     `json:"file"`             // plain name inside the folder
	Timing     string     `json:"timing,omitempty"` // plain name inside the folder
	Codec      string     `json:"codec"`
	OffsetNS   int64      `json:"offset_ns"`   // time stamp of the first block, at least 0
	DurationNS int64      `json:"duration_ns"` // from the first block on; 0 where the recorder was killed
	SHA256     string     `json:"sha256"`

	Extra Extra `json:"-"`
}

// ParseRecording reads the manifest of the recording in the folder dir, an
// absolute path. The manifest may come from the other side of a call: a track
// whose file is not plainly inside the folder is refused, as ErrRecording.
func ParseRecording(data []byte, dir string) (*Recording, error) {
	r := &Recording{Dir: dir}
	if err := json.Unmarshal(data, r); err != nil {
		return nil, fmt.Errorf("%w: %s in %s cannot be read: %w", ErrRecording, RecordingFile, dir, err)
	}
	if err := r.check(); err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrRecording, dir, err)
	}
	return r, nil
}

// TrackPath is the absolute path of a track's file.
func (r *Recording) TrackPath(t Track) string { return filepath.Join(r.Dir, t.File) }

// Label names the recording for people.
func (r *Recording) Label() string {
	names := strings.TrimSpace(r.Me + " and " + r.Them)
	if r.Me == "" || r.Them == "" {
		names = "Call"
	}
	if r.Started.IsZero() {
		return names
	}
	return names + ", " + r.Started.Local().Format("2 Jan 2006 15:04")
}

// Length is the end of the track that ends last. What the manifest does not
// say, because its writer was killed, is taken from the probed tracks.
func (r *Recording) Length(tracks map[string]*Media) Time {
	var end Time
	for _, t := range r.Tracks {
		offset := Rational(t.OffsetNS, int64(time.Second))
		end = end.Max(offset.Add(Rational(t.DurationNS, int64(time.Second))))
		if m := tracks[t.ID]; m != nil && t.DurationNS == 0 {
			end = end.Max(m.Start.Add(m.Duration))
		}
	}
	return end
}

// Of returns the tracks of a kind in the manifest's order.
func (r *Recording) Of(kind StreamKind) []Track {
	var found []Track
	for _, t := range r.Tracks {
		if t.Kind == kind {
			found = append(found, t)
		}
	}
	return found
}

func (r *Recording) check() error {
	switch {
	case r.Format != recordingFormat:
		return fmt.Errorf("its %s is of another program", RecordingFile)
	case r.Version > recordingVersion:
		return fmt.Errorf("it was made by a newer Parley (version %d of the format); update this one", r.Version)
	case r.Version < 1:
		return fmt.Errorf("version %d of the format does not exist", r.Version)
	case len(r.Tracks) > maxTracks:
		return fmt.Errorf("it lists %d tracks", len(r.Tracks))
	}
	seen := map[string]bool{}
	for _, t := range r.Tracks {
		if seen[t.ID] {
			return fmt.Errorf("two tracks have the id %q", t.ID)
		}
		seen[t.ID] = true
		if err := t.check(); err != nil {
			return err
		}
	}
	return nil
}

func (t Track) check() error {
	longest := int64(maxTime.Num()) * int64(time.Second) / 2
	switch {
	case t.ID == "":
		return errors.New("a track has no id")
	case !plainName(t.File):
		return fmt.Errorf("track %q names the file %q, which is not plainly inside the folder", t.ID, t.File)
	case t.Timing != "" && !plainName(t.Timing):
		return fmt.Errorf("track %q names the timing file %q, which is not plainly inside the folder", t.ID, t.Timing)
	case t.Kind != VideoStream && t.Kind != AudioStream:
		return fmt.Errorf("track %q is of the unknown kind %q", t.ID, t.Kind)
	case t.Who != Me && t.Who != Them:
		return fmt.Errorf("track %q belongs to %q, who is neither side", t.ID, t.Who)
	case t.OffsetNS < 0 || t.OffsetNS > longest || t.DurationNS < 0 || t.DurationNS > longest:
		return fmt.Errorf("track %q has impossible times", t.ID)
	}
	return nil
}

// plainName says whether a name from a stranger is that of a file directly in
// a folder, on any system.
func plainName(name string) bool {
	return name != "" && name != "." && name != ".." && !strings.ContainsAny(name, "/\\:\x00") && filepath.IsLocal(name)
}
