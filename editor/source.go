package editor

import (
	"context"
	"path/filepath"
)

// Prober finds out what is in a file.
type Prober interface {
	Probe(ctx context.Context, path string) (*Media, error)
}

// Source is what a clip is taken from, with what is known about it: a file,
// or the folder of a recorded call.
type Source struct {
	Path      string            `json:"path"` // absolute
	Media     *Media            `json:"media,omitempty"`
	Recording *Recording        `json:"recording,omitempty"` // where the source is a recording
	Tracks    map[string]*Media `json:"tracks,omitempty"`    // of a recording, by the track's id
	Captions  *Captions         `json:"captions,omitempty"`  // where the source is a subtitle file

	// Packets are those of a file's picture, where parts of it may be copied.
	// They are looked up anew for each render.
	Packets *Index `json:"-"`

	Extra Extra `json:"-"`
}

// Library is the sources of a film by path.
type Library map[string]Source

// Animated says whether the source is a picture that moves: a GIF or a WebP.
func (s Source) Animated() bool { return s.Media != nil && s.Media.Animated }

// Kind is the kind of clip that the source makes.
func (s Source) Kind() ClipKind {
	switch {
	case s.Recording != nil:
		return RecordingClip
	case s.Media != nil && s.Media.Still:
		return StillClip
	}
	return MovingClip
}

// Label is a name for people: the file's, or who was in the call.
func (s Source) Label() string {
	if s.Recording != nil {
		return s.Recording.Label()
	}
	return filepath.Base(s.Path)
}

// Length is how much a clip can show; zero for a still and where it is not
// known.
func (s Source) Length() Time {
	if s.Recording != nil {
		return s.Recording.Length(s.Tracks)
	}
	if s.Media == nil {
		return Time{}
	}
	return s.Media.Length()
}

// Picture returns the stream whose picture the source shows first: that of a
// file, or of a recording's first video track.
func (s Source) Picture() (*Stream, bool) {
	if s.Recording == nil {
		if s.Media == nil {
			return nil, false
		}
		return s.Media.Video()
	}
	for _, t := range s.Recording.Tracks {
		if m := s.Tracks[t.ID]; m != nil && t.Kind == VideoStream {
			return m.Video()
		}
	}
	return nil, false
}
