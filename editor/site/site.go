package site

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"parley/editor"
)

// ErrSite is what a folder is refused with that cannot be made, or that is
// not whole.
var ErrSite = errors.New("this media folder is not right")

// Names of the files in the folder.
const (
	MP4Name       = "film.mp4"
	WebMName      = "film.webm"
	PosterName    = "poster.jpg"
	SubtitlesName = "subtitles.vtt"
	ChaptersName  = "chapters.vtt"
	MetadataName  = "metadata.json"
	PageName      = "index.html"
)

// Film is what the folder shows.
type Film struct {
	Title    string
	Timeline editor.Timeline
	Library  editor.Library
	Output   editor.Output // of the MP4; the others follow it
}

// Renderer makes the film's files. The target is whole or untouched.
type Renderer interface {
	Render(ctx context.Context, film Film, target string, progress func(fraction float64)) error
}

// Maker makes folders.
type Maker struct {
	Renderer Renderer
	Prober   editor.Prober
	Now      func() time.Time
}

// Build makes the folder dir, or makes it anew where it was made so before; a
// folder with anything else in it is refused. All of it is made beside dir and
// checked before anything in dir is touched. progress may be nil; it is told the file that is being made and
// how much of everything is done, 0 to 1.
func (m Maker) Build(ctx context.Context, film Film, dir string, progress func(file string, fraction float64)) (err error) {
	dir, err = filepath.Abs(dir)
	if err != nil {
		return err
	}
	if err := replaceable(dir); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return fmt.Errorf("%w: %w; choose another folder", ErrSite, err)
	}
	work, err := os.MkdirTemp(filepath.Dir(dir), "."+filepath.Base(dir)+".*")
	if err != nil {
		return fmt.Errorf("%w: %w; choose another folder", ErrSite, err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	b := builder{Maker: m, film: film, dir: work, progress: progress}
	if err := b.build(ctx); err != nil {
		return err
	}
	if err := Check(work); err != nil {
		return err
	}
	return swap(work, dir)
}

// builder is one Build.
type builder struct {
	Maker
	film     Film
	dir      string
	progress func(string, float64)
	meta     Metadata
}

func (b *builder) build(ctx context.Context) error {
	if err := os.Chmod(b.dir, 0o755); err != nil { // a server has to read it
		return err
	}
	if err := b.films(ctx); err != nil {
		return err
	}
	if err := b.texts(); err != nil {
		return err
	}
	if err := b.describe(ctx); err != nil {
		return err
	}
	return b.page()
}

// films renders the film in each format.
func (b *builder) films(ctx context.Context) error {
	webm, _ := editor.PresetNamed("webm")
	poster, _ := editor.PresetNamed("poster")
	still := poster.Output(b.film.Output)
	still.Moment = b.film.Timeline.Duration().Div(editor.Ratio{Num: 3, Den: 1})
	for _, f := range []struct {
		name     string
		output   editor.Output
		from, to float64 // of the whole work
	}{
		{MP4Name, b.film.Output, 0, 0.3},
		{WebMName, webm.Output(b.film.Output), 0.3, 0.95},
		{PosterName, still, 0.95, 1},
	} {
		film := b.film
		film.Output = f.output
		err := b.Renderer.Render(ctx, film, filepath.Join(b.dir, f.name), func(done float64) {
			if b.progress != nil {
				b.progress(f.name, f.from+done*(f.to-f.from))
			}
		})
		if err != nil {
			return err
		}
		if err := os.Chmod(filepath.Join(b.dir, f.name), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// texts writes the subtitles and the chapters, where there are any.
func (b *builder) texts() error {
	if cues := b.film.Timeline.Cues(b.film.Library); len(cues) > 0 {
		if err := b.write(SubtitlesName, editor.WebVTT(cues)); err != nil {
			return err
		}
		b.meta.Subtitles = SubtitlesName
	}
	end := b.film.Timeline.Duration()
	var cues []editor.Cue
	chapters := b.film.Timeline.Chapters()
	for i, c := range chapters {
		b.meta.Chapters = append(b.meta.Chapters, Chapter{c.At.Float(), c.Title(i)})
		to := end
		if i+1 < len(chapters) {
			to = chapters[i+1].At
		}
		cues = append(cues, editor.Cue{From: c.At, To: to, Text: c.Title(i)})
	}
	if len(cues) == 0 {
		return nil
	}
	return b.write(ChaptersName, editor.WebVTT(cues))
}

func (b *builder) write(name, text string) error {
	return os.WriteFile(filepath.Join(b.dir, name), []byte(text), 0o644)
}
