package editui

import (
	"context"
	"errors"
	"image"
	"io/fs"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"parley/editor"
)

// fakeImporter knows files by their ending.
type fakeImporter struct {
	before  func(ctx context.Context, path string) error // nil: nothing
	folders map[string][]string                          // what is in folders
	files   map[string]bool                              // what can be found
}

func (f fakeImporter) Import(ctx context.Context, path string) (editor.Source, error) {
	if f.before != nil {
		if err := f.before(ctx, path); err != nil {
			return editor.Source{}, err
		}
	}
	switch filepath.Ext(path) {
	case ".jpg":
		return stillSource(path), nil
	case ".mp4":
		return clipSource(path, 10), nil
	case "":
		return callSource(path), nil
	case ".srt":
		return editor.Source{Path: path, Captions: &editor.Captions{Cues: []editor.Cue{{To: editor.Rational(1, 1), Text: "a"}}}}, nil
	}
	return editor.Source{}, errors.New(filepath.Base(path) + " is text; choose a picture or a clip")
}

func stillSource(path string) editor.Source {
	return editor.Source{Path: path, Media: &editor.Media{Path: path, Still: true, Streams: []editor.Stream{
		{Kind: editor.VideoStream, Codec: "mjpeg", Width: 4000, Height: 3000, FullRange: true},
	}}}
}

func clipSource(path string, seconds int64) editor.Source {
	length := editor.Rational(seconds, 1)
	return editor.Source{Path: path, Media: &editor.Media{
		Path: path, Duration: length, Start: editor.Rational(3, 2), Streams: []editor.Stream{
			{
				Kind: editor.VideoStream, Codec: "h264", Profile: "High", Width: 1280, Height: 720, Rotation: 90,
				Start: editor.Rational(3, 2), Duration: length,
				FrameRate: editor.Ratio{Num: 30000, Den: 1001}, AverageRate: editor.Ratio{Num: 24, Den: 1}, VariableRate: true,
			},
			{Kind: editor.AudioStream, Codec: "aac", SampleRate: 44100, Channels: 2, Layout: "stereo"},
		},
	}}
}

// callSource is a recorded call; their picture begins after a second.
func callSource(dir string) editor.Source {
	picture := func() *editor.Media {
		return &editor.Media{Streams: []editor.Stream{{Kind: editor.VideoStream, Codec: "vp8", Width: 640, Height: 360}}}
	}
	r := &editor.Recording{Format: "parley-recording", Version: 1, Me: "Ann", Them: "Ben", Dir: dir, Tracks: []editor.Track{
		{ID: "a", Who: editor.Them, Kind: editor.VideoStream, File: "theirs.mkv", OffsetNS: 1e9, DurationNS: 9e9},
		{ID: "b", Who: editor.Me, Kind: editor.VideoStream, File: "mine.mkv", DurationNS: 8e9},
	}}
	return editor.Source{Path: dir, Recording: r, Tracks: map[string]*editor.Media{"a": picture(), "b": picture()}}
}

func (f fakeImporter) Look(_ context.Context, path string) ([]string, error) {
	if f.folders[path] != nil {
		return f.folders[path], nil
	}
	return []string{path}, nil
}

func (f fakeImporter) Find(_ context.Context, folder string, missing []editor.Source) (map[string]string, error) {
	found := map[string]string{}
	for _, s := range missing {
		if there := filepath.Join(folder, filepath.Base(s.Path)); f.files[there] {
			found[s.Path] = there
		}
	}
	return found, nil
}

// fakeThumbnailer makes pictures of one pixel.
type fakeThumbnailer func(ctx context.Context, path string, at editor.Time) (*image.RGBA, error)

func (f fakeThumbnailer) Thumbnail(ctx context.Context, path string, at editor.Time, _, _ int) (*image.RGBA, error) {
	if f == nil {
		return image.NewRGBA(image.Rect(0, 0, 16, 9)), nil
	}
	return f(ctx, path, at)
}

// fakeStore keeps projects in memory.
type fakeStore struct {
	mu    sync.Mutex
	files map[string]*editor.Project
	pasts map[string]editor.Past
	load  error
	save  error
	saves int
	slow  chan struct{} // until it is closed, nothing is saved; nil: the disk is quick
}

func (f *fakeStore) Open(path string) (*editor.Project, editor.Past, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.load != nil {
		return nil, editor.Past{}, f.load
	}
	if p, ok := f.files[path]; ok {
		return p, f.pasts[path], nil
	}
	return nil, editor.Past{}, fs.ErrNotExist
}

func (f *fakeStore) Save(path string, p *editor.Project, past editor.Past) error {
	if f.slow != nil {
		<-f.slow
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.saves++
	if f.save != nil {
		return f.save
	}
	if f.files == nil {
		f.files, f.pasts = map[string]*editor.Project{}, map[string]editor.Past{}
	}
	f.files[path], f.pasts[path] = p, past
	return nil
}

func (f *fakeStore) at(path string) *editor.Project {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.files[path]
}

func (f *fakeStore) forget(path string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.files, path)
}

func (f *fakeStore) saved() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.saves
}

type fakeRenderer func(ctx context.Context, p *editor.Project, target string, progress func(Progress)) (Report, error)

func (f fakeRenderer) Render(ctx context.Context, p *editor.Project, target string, progress func(Progress)) (Report, error) {
	return f(ctx, p, target, progress)
}

// brought is a presenter with the files in the film.
func brought(t *testing.T, paths ...string) *Presenter {
	t.Helper()
	p := NewPresenter(nil, editor.Past{})
	for _, ticket := range p.Bring(Place{}, paths) {
		s, err := fakeImporter{}.Import(t.Context(), ticket.Path)
		p.Brought(ticket, s, err)
	}
	return p
}

// shape is a film in short: "a.jpg 5 *b.mp4 10", the selected clip starred.
func shape(p *Presenter) string {
	var parts []string
	m := p.Model()
	for i, c := range m.Clips {
		name := filepath.Base(c.Source)
		if i == m.Selected {
			name = "*" + name
		}
		if c.Missing {
			name += "?"
		}
		parts = append(parts, name+" "+c.Length().String())
	}
	return strings.Join(parts, " ")
}

// said are the notices, in English.
func said(p *Presenter) []string {
	var lines []string
	for _, n := range p.Model().Notices {
		lines = append(lines, n.Text.String())
	}
	return lines
}
