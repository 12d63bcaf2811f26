package editor

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

// relativePaths turns the paths of a project to and from those in its file,
// which are relative to the file, so that a folder with a project and its
// sources can be moved.
type relativePaths struct{ dir string }

// bytesPrefix marks a name that is no UTF-8, which JSON cannot hold.
const bytesPrefix = "base64:"

func (r relativePaths) relative(path string) string {
	rel, err := filepath.Rel(r.dir, path)
	if err != nil {
		rel = path // on another volume
	}
	return keepBytes(filepath.ToSlash(rel))
}

// keepBytes has a name that is no UTF-8 survive JSON.
func keepBytes(path string) string {
	if !utf8.ValidString(path) || strings.HasPrefix(path, bytesPrefix) {
		return bytesPrefix + base64.RawURLEncoding.EncodeToString([]byte(path))
	}
	return path
}

func (r relativePaths) absolute(path string) string {
	if coded, ok := strings.CutPrefix(path, bytesPrefix); ok {
		if name, err := base64.RawURLEncoding.DecodeString(coded); err == nil {
			path = string(name)
		}
	}
	path = filepath.FromSlash(path)
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(r.dir, path)
}

func (r relativePaths) clip(c *Clip, turn func(string) string) {
	if c.Source != "" {
		c.Source = turn(c.Source)
	}
	if c.Captions != "" {
		c.Captions = turn(c.Captions)
	}
}

func (r relativePaths) music(m *Music, turn func(string) string) {
	if m.Source != "" {
		m.Source = turn(m.Source)
	}
}

// source is a copy of s with its paths turned; the original keeps its own.
func (r relativePaths) source(s Source, turn func(string) string) Source {
	if s.Path != "" {
		s.Path = turn(s.Path)
	}
	s.Media = turnMedia(s.Media, turn)
	tracks := s.Tracks
	s.Tracks = nil
	for id, m := range tracks {
		if s.Tracks == nil {
			s.Tracks = make(map[string]*Media, len(tracks))
		}
		s.Tracks[id] = turnMedia(m, turn)
	}
	if s.Recording != nil {
		recording := *s.Recording
		recording.Dir = s.Path
		s.Recording = &recording
	}
	return s
}

func turnMedia(m *Media, turn func(string) string) *Media {
	if m == nil {
		return nil
	}
	turned := *m
	if turned.Path != "" {
		turned.Path = turn(turned.Path)
	}
	return &turned
}

func indent(data []byte) ([]byte, error) {
	var out bytes.Buffer
	if err := json.Indent(&out, data, "", "  "); err != nil {
		return nil, err
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}
