package render

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"parley/editor"
	"parley/editor/ffmpeg"
)

// Renderer makes films. It is safe for concurrent use.
type Renderer struct {
	tools   *ffmpeg.Tools
	effects editor.Effects
	cache   *cache
}

// New returns a Renderer that makes films with the effects given. It keeps its
// segments in the folder cacheDir, which is made when it is needed and holds
// nothing else.
func New(tools *ffmpeg.Tools, cacheDir string, effects editor.Effects) *Renderer {
	return &Renderer{tools: tools, effects: effects, cache: &cache{dir: cacheDir, limit: usualLimit}}
}

// LimitCache has limit tell how many bytes of segments are kept between
// renders, in place of CacheLimit. It is to be called before the first Render.
func (r *Renderer) LimitCache(limit func() int64) { r.cache.limit = limit }

// Film is what is to be rendered.
type Film struct {
	Timeline editor.Timeline
	Library  editor.Library
	Output   editor.Output
}

// FilmOf is the film of a project.
func FilmOf(p *editor.Project) Film {
	return Film{Timeline: p.Timeline, Library: p.Library, Output: p.Spec()}
}

// Report is what was made.
type Report struct {
	Path        string        `json:"path"`
	Output      editor.Output `json:"output"`
	Frames      int64         `json:"frames"`
	Copied      int64         `json:"copied"` // frames that are their source's, packet by packet
	Duration    editor.Time   `json:"duration"`
	Size        int64         `json:"size"`         // bytes
	Made        int           `json:"made"`         // picture segments rendered
	Reused      int           `json:"reused"`       // picture segments from the cache
	SoundCopied editor.Time   `json:"sound_copied"` // of the sound; 0 where all of it was in the cache
	Elapsed     time.Duration `json:"elapsed"`      // nanoseconds
}

// Share is the part of the film's frames that was copied, 0 to 1.
func (r Report) Share() float64 { return float64(r.Copied) / float64(max(1, r.Frames)) }

// Render makes the film and puts it at target. The target is whole or what it
// was before, whatever happens; a Report that comes with an error is of a film
// that is there, only that not all could be cleared away behind it. progress may be nil; it is called from one
// goroutine at a time, at most ten times a second and once at each new phase.
// A cancelled context ends it with the context's cause; one that is made with
// ffmpeg.Pausable can be held back.
func (r *Renderer) Render(ctx context.Context, film Film, target string, progress func(Progress)) (Report, error) {
	begun := time.Now()
	target, err := filepath.Abs(target)
	if err != nil {
		return Report{}, err
	}
	j := &job{Renderer: r, film: film, track: newTracker(progress, ffmpeg.Worked(ctx))}
	report, err := j.run(ctx, target)
	report.Elapsed = time.Since(begun)
	switch {
	case err == nil:
		return report, nil
	case report.Path != "":
		return report, fmt.Errorf("the film %s is made, but what it was made in could not be cleared away; empty the cache: %w", target, err)
	}
	if ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	return Report{}, fmt.Errorf("the film %s was not made: %w", target, err)
}

// job is one Render.
type job struct {
	*Renderer
	film    Film
	track   *tracker
	plan    *editor.Plan
	lib     editor.Library // what the plan was made from
	sources sources
	work    *workshop
}

// run goes through the phases; what it leaves behind in case of an error is
// nothing but segments in the cache.
func (j *job) run(ctx context.Context, target string) (report Report, err error) {
	j.track.phase(Preparing)
	if err := j.prepare(ctx, target); err != nil {
		return report, err
	}
	out, err := newOutfile(target)
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, out.discard()) }()
	if j.work, err = j.cache.workshop(); err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, j.work.close(), j.cache.trim()) }()
	if err := j.segments(ctx); err != nil {
		return report, err
	}
	if err := j.finish(ctx, out); err != nil {
		return report, err
	}
	return j.report(out)
}

// finish joins the segments, checks the film and gives it its name.
func (j *job) finish(ctx context.Context, out *outfile) error {
	j.track.phase(Finishing)
	if err := j.assemble(ctx, out.temp); err != nil {
		return err
	}
	j.track.phase(Checking)
	if err := j.check(ctx, out.temp); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := out.commit(); err != nil {
		return err
	}
	j.track.phase(Done)
	return nil
}

func (j *job) report(out *outfile) (Report, error) {
	size, err := out.size()
	made, reused := j.track.counts()
	copied := j.track.copiedFrames(j.plan)
	return Report{
		Path: out.target, Output: j.plan.Output, Frames: j.plan.Frames, Copied: copied,
		Duration: editor.Frames(j.plan.Frames, j.plan.Output.Rate),
		Size:     size, Made: made, Reused: reused, SoundCopied: editor.Rational(j.track.keptSound(), int64(j.plan.Output.SampleRate)),
	}, err
}
