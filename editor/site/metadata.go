package site

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"parley/editor"
)

// Format is what metadata.json calls itself.
const (
	Format  = "parley-site"
	Version = 1
)

// Metadata is the content of metadata.json.
type Metadata struct {
	Format    string     `json:"format"` // "parley-site"
	Version   int        `json:"version"`
	Title     string     `json:"title"`
	Duration  float64    `json:"duration"` // seconds
	Width     int        `json:"width"`
	Height    int        `json:"height"`
	FrameRate float64    `json:"frame_rate"`
	Created   time.Time  `json:"created"`            // of the folder
	Recorded  *time.Time `json:"recorded,omitempty"` // of the first call in it
	Who       []string   `json:"who,omitempty"`      // who speaks in its calls
	Chapters  []Chapter  `json:"chapters,omitempty"`
	Subtitles string     `json:"subtitles,omitempty"` // name of a file
	Files     []File     `json:"files"`               // all others
}

// Chapter is a named moment of the film.
type Chapter struct {
	At    float64 `json:"at"` // seconds
	Title string  `json:"title"`
}

// File is one file of the folder.
type File struct {
	Name   string   `json:"name"`
	Type   string   `json:"type"` // MIME
	Size   int64    `json:"size"` // bytes
	SHA256 string   `json:"sha256"`
	Codecs []string `json:"codecs,omitempty"` // as ffmpeg names them
}

// types are the files that a folder can have, in the order in which they are
// listed.
var types = []struct{ name, mime string }{
	{MP4Name, "video/mp4"}, {WebMName, "video/webm"}, {PosterName, "image/jpeg"}, {SubtitlesName, "text/vtt"}, {ChaptersName, "text/vtt"},
}

// describe writes metadata.json.
func (b *builder) describe(ctx context.Context) error {
	b.meta.Format, b.meta.Version, b.meta.Title = Format, Version, b.film.Title
	b.meta.Created = b.Now().UTC().Truncate(time.Second)
	b.people()
	for _, t := range types {
		file, err := describe(filepath.Join(b.dir, t.name), t.mime)
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		if err := b.probe(ctx, &file); err != nil {
			return err
		}
		b.meta.Files = append(b.meta.Files, file)
	}
	data, err := json.MarshalIndent(b.meta, "", "  ")
	if err != nil {
		return err
	}
	return b.write(MetadataName, string(data)+"\n")
}

// probe adds what is in a film's file.
func (b *builder) probe(ctx context.Context, file *File) error {
	if file.Name != MP4Name && file.Name != WebMName {
		return nil
	}
	m, err := b.Prober.Probe(ctx, filepath.Join(b.dir, file.Name))
	if err != nil {
		return err
	}
	for _, s := range m.Streams {
		if s.Kind == editor.VideoStream || s.Kind == editor.AudioStream {
			file.Codecs = append(file.Codecs, s.Codec)
		}
	}
	if v, ok := m.Video(); ok && file.Name == MP4Name {
		b.meta.Width, b.meta.Height, b.meta.FrameRate = v.Width, v.Height, v.FrameRate.Float()
		b.meta.Duration = m.Duration.Float()
	}
	return nil
}

// people are those who speak in the film's calls.
func (b *builder) people() {
	for _, path := range b.film.Timeline.Sources() {
		r := b.film.Library[path].Recording
		if r == nil {
			continue
		}
		for _, name := range []string{r.Me, r.Them} {
			if name != "" && !slices.Contains(b.meta.Who, name) {
				b.meta.Who = append(b.meta.Who, name)
			}
		}
		if begun := r.Started.UTC(); !r.Started.IsZero() && (b.meta.Recorded == nil || begun.Before(*b.meta.Recorded)) {
			b.meta.Recorded = &begun
		}
	}
}

// describe measures a file.
func describe(path, mime string) (file File, err error) {
	f, err := os.Open(path)
	if err != nil {
		return file, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	sum := sha256.New()
	size, err := io.Copy(sum, f)
	return File{Name: filepath.Base(path), Type: mime, Size: size, SHA256: hex.EncodeToString(sum.Sum(nil))}, err
}
