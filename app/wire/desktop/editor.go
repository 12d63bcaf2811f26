package desktop

import (
	"context"
	"image"
	"sync"

	"parley/app/editui"
	"parley/app/settings"
	"parley/app/wire"
	"parley/editor"
	"parley/editor/render"
	"parley/editor/store"
)

// lazyEditor fits the editor's tools to what the Edit tab asks for.
type lazyEditor struct {
	get func() (*wire.Editor, error)
}

func newLazyEditor(folders settings.Folders, effects editor.Effects) *lazyEditor {
	var mu sync.Mutex
	var kit *wire.Editor
	return &lazyEditor{get: func() (*wire.Editor, error) {
		mu.Lock()
		defer mu.Unlock()
		if kit != nil {
			return kit, nil
		}
		// Not kept when it fails: ffmpeg may be installed while the window is open.
		found, err := wire.NewEditor(context.Background(), folders, effects)
		if err == nil {
			kit = found
		}
		return found, err
	}}
}

// Import satisfies editui.Importer.
func (l *lazyEditor) Import(ctx context.Context, path string) (editor.Source, error) {
	kit, err := l.get()
	if err != nil {
		return editor.Source{}, err
	}
	return store.Import(ctx, kit.Tools, path)
}

// Thumbnail satisfies editui.Thumbnailer.
func (l *lazyEditor) Thumbnail(ctx context.Context, path string, at editor.Time, maxW, maxH int) (*image.RGBA, error) {
	kit, err := l.get()
	if err != nil {
		return nil, err
	}
	return kit.Tools.Thumbnail(ctx, path, at, maxW, maxH)
}

// able is what this ffmpeg can do. Where there is none, that is told elsewhere.
// Encoders that cannot be tried are not offered.
func (l *lazyEditor) able(ctx context.Context) editui.Abilities {
	kit, err := l.get()
	if err != nil {
		return editui.Abilities{}
	}
	a := editui.Abilities{Steady: kit.Tools.HasFilters(ctx, "steady a shaky picture", "vidstabdetect", "vidstabtransform")}
	if work, err := kit.Tools.Hardware(ctx); err == nil {
		a.Hardware = work
	}
	return a
}

// Forecast satisfies editui.Forecaster.
func (l *lazyEditor) Forecast(ctx context.Context, p *editor.Project, try bool) (editui.Forecast, error) {
	kit, err := l.get()
	if err != nil {
		return editui.Forecast{}, err
	}
	ask := kit.Renderer.Forecast
	if try {
		ask = kit.Renderer.Sample
	}
	f, err := ask(ctx, render.FilmOf(p))
	copied := float64(f.Copied) / float64(max(1, f.Frames))
	return editui.Forecast{Size: f.Size, Time: f.Time, Copied: copied, Tried: f.Sampled}, err
}

// Levels satisfies editor.Listener.
func (l *lazyEditor) Levels(ctx context.Context, m *editor.Media, stream int, from, to, step editor.Time) ([]float64, error) {
	kit, err := l.get()
	if err != nil {
		return nil, err
	}
	return kit.Tools.Levels(ctx, m, stream, from, to, step)
}

// Frozen satisfies editor.Watcher.
func (l *lazyEditor) Frozen(ctx context.Context, m *editor.Media, stream int, from, to, least editor.Time) ([]editor.Stretch, error) {
	kit, err := l.get()
	if err != nil {
		return nil, err
	}
	return kit.Tools.Frozen(ctx, m, stream, from, to, least)
}

// Render satisfies editui.Renderer.
func (l *lazyEditor) Render(ctx context.Context, p *editor.Project, target string, report func(editui.Progress)) (editui.Report, error) {
	kit, err := l.get()
	if err != nil {
		return editui.Report{}, err
	}
	made, err := kit.Renderer.Render(ctx, render.FilmOf(p), target, func(r render.Progress) {
		report(editui.Progress{Phase: phases[r.Phase], Fraction: r.Fraction, Left: r.Left, Copied: r.Copied})
	})
	return editui.Report{Output: made.Output, Duration: made.Duration, Size: made.Size, Copied: made.Share()}, err
}

var phases = map[render.Phase]editui.Phase{
	render.Preparing: editui.Preparing, render.Rendering: editui.Rendering,
	render.Finishing: editui.Finishing, render.Checking: editui.Checking, render.Done: editui.Checking,
}
