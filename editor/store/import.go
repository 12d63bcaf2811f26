package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"parley/editor"
)

// maxManifest is the largest recording.json that is read, in bytes.
const maxManifest = 4 << 20

// Import finds out what a path is: a file, subtitles, or the folder of a
// recording (its recording.json will do too). What comes back has an absolute
// path and, unless it is subtitles, can be made a clip with editor.NewClip.
func Import(ctx context.Context, prober editor.Prober, path string) (editor.Source, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return editor.Source{}, err
	}
	if filepath.Base(path) == editor.RecordingFile {
		path = filepath.Dir(path)
	}
	info, err := os.Stat(path)
	if err != nil {
		return editor.Source{}, fmt.Errorf("this source cannot be opened: %w", err)
	}
	if info.IsDir() {
		return importRecording(ctx, prober, path)
	}
	if editor.IsCaptions(path) {
		return importCaptions(path)
	}
	m, err := prober.Probe(ctx, path)
	if err != nil {
		return editor.Source{}, err
	}
	return editor.Source{Path: path, Media: m}, nil
}

// ReadRecording reads the manifest of the recording in a folder.
func ReadRecording(dir string) (*editor.Recording, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	data, err := ReadBounded(filepath.Join(dir, editor.RecordingFile), maxManifest)
	if err != nil {
		return nil, fmt.Errorf("%w: %s is a folder without a readable %s: %w", editor.ErrRecording, dir, editor.RecordingFile, err)
	}
	return editor.ParseRecording(data, dir)
}

// importRecording probes every track. A track without a readable file, such
// as one that was never begun, is left out as long as another remains.
func importRecording(ctx context.Context, prober editor.Prober, dir string) (editor.Source, error) {
	r, err := ReadRecording(dir)
	if err != nil {
		return editor.Source{}, err
	}
	s := editor.Source{Path: dir, Recording: r, Tracks: map[string]*editor.Media{}}
	var failed error
	for _, t := range r.Tracks {
		m, err := probeTrack(ctx, prober, r.TrackPath(t))
		if ctx.Err() != nil {
			return editor.Source{}, ctx.Err()
		}
		if err != nil {
			failed = errors.Join(failed, err)
			continue
		}
		s.Tracks[t.ID] = m
	}
	if len(s.Tracks) == 0 {
		return editor.Source{}, errors.Join(fmt.Errorf("%w: none of the tracks in %s can be read", editor.ErrRecording, dir), failed)
	}
	return s, nil
}

// probeTrack refuses what is no plain file: a link in a folder from a
// stranger could lead anywhere, and a pipe would never end.
func probeTrack(ctx context.Context, prober editor.Prober, path string) (*editor.Media, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%w: %s is no plain file", editor.ErrRecording, path)
	}
	return prober.Probe(ctx, path)
}

// ReadBounded reads a file that strangers may have made: one that is larger than
// limit, in bytes, is refused.
func ReadBounded(path string, limit int64) (data []byte, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	data, err = io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(data)) > limit {
		return nil, fmt.Errorf("%s is larger than %d bytes, which is too large to be right", path, limit)
	}
	return data, err
}
