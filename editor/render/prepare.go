package render

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"parley/editor"
	"parley/editor/ffmpeg"
)

// ErrSource is what a source that is gone or changed is reported as.
var ErrSource = errors.New("a source cannot be used")

// identity is how a file is known again.
type identity struct {
	size    int64
	changed int64 // time of the last change, Unix nanoseconds
	read    string
}

// sources are the files that a film is made from, by path.
type sources map[string]identity

// prepare looks at every file, probes again what changed since it was added to
// the project, and makes the plan. The target may be empty.
func (j *job) prepare(ctx context.Context, target string) (err error) {
	j.sources = sources{}
	lib := make(editor.Library, len(j.film.Library))
	for _, path := range j.film.Timeline.Sources() {
		s, ok := j.film.Library[path]
		if !ok {
			return fmt.Errorf("%w: nothing is known about %s; add it to the project again", ErrSource, path)
		}
		if lib[path], err = j.refresh(ctx, s); err != nil {
			return err
		}
	}
	if err := j.sources.spare(target); err != nil {
		return err
	}
	if err := j.index(ctx, lib); err != nil {
		return err
	}
	j.lib = lib
	j.plan, err = editor.NewPlan(j.film.Timeline, lib, j.film.Output, j.effects, j.open)
	return err
}

// refresh is the source with what is known of its files being true now.
func (j *job) refresh(ctx context.Context, s editor.Source) (_ editor.Source, err error) {
	if s.Captions != nil {
		return s, nil // what it says is in the project
	}
	if s.Recording == nil {
		s.Media, err = j.look(ctx, s.Path, s.Media)
		return s, err
	}
	tracks := make(map[string]*editor.Media, len(s.Tracks))
	for _, t := range s.Recording.Tracks {
		m, ok := s.Tracks[t.ID]
		if !ok {
			continue // it could not be read when the recording was added
		}
		if tracks[t.ID], err = j.look(ctx, s.Recording.TrackPath(t), m); err != nil {
			return s, err
		}
	}
	s.Tracks = tracks
	return s, nil
}

// look notes a file's identity and returns what is in it.
func (j *job) look(ctx context.Context, path string, known *editor.Media) (*editor.Media, error) {
	id, err := identify(path)
	if err != nil {
		return nil, err
	}
	if id.read, err = j.tools.Readable(ctx, path); err != nil {
		return nil, err
	}
	j.sources[path] = id
	if known != nil && known.Size == id.size && known.Path == path {
		return known, nil
	}
	return j.tools.Probe(ctx, path)
}

func identify(path string) (identity, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return identity{}, fmt.Errorf("%w: %s is not there any more; put it back or remove its clip", ErrSource, path)
	}
	if err != nil {
		return identity{}, fmt.Errorf("%w: %w", ErrSource, err)
	}
	return identity{size: info.Size(), changed: info.ModTime().UnixNano()}, nil
}

// open is the input of a file: its probed container, its readable form.
func (j *job) open(m *editor.Media) []string {
	path := m.Path
	if id, ok := j.sources[path]; ok {
		path = id.read
	}
	return append(ffmpeg.InputOptions(m), "-i", ffmpeg.InputArg(path))
}

// spare refuses a target that is one of the sources: the film would take the
// place of what it was made from.
func (s sources) spare(target string) error {
	if target == "" {
		return nil
	}
	there, err := os.Stat(target)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("the film cannot be written: %w", err)
	}
	if there.IsDir() {
		return fmt.Errorf("%s is a folder; give the film a name inside it", target)
	}
	for path := range s {
		if source, err := os.Stat(path); err == nil && os.SameFile(source, there) {
			return fmt.Errorf("%w: %s is itself in the film; choose another name", ErrSource, target)
		}
	}
	return nil
}

// same says whether a file is still what it was when the render began.
func (s sources) same(paths []string) error {
	for _, path := range paths {
		now, err := identify(path)
		if err != nil {
			return err
		}
		if was := s[path]; was.size != now.size || was.changed != now.changed {
			return fmt.Errorf("%w: %s changed while it was being read; render again", ErrSource, path)
		}
	}
	return nil
}
