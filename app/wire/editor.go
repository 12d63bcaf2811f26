package wire

import (
	"context"
	"path/filepath"

	"parley/app/settings"
	"parley/editor"
	"parley/editor/ffmpeg"
	"parley/editor/render"
)

// Editor is everything that makes films.
type Editor struct {
	Tools    *ffmpeg.Tools
	Renderer *render.Renderer

	effects editor.Effects
}

// NewEditor looks for ffmpeg. Its error names the package that is missing.
// effects are what Effects has found.
func NewEditor(ctx context.Context, folders settings.Folders, effects editor.Effects) (*Editor, error) {
	tools, err := ffmpeg.Find(ctx)
	if err != nil {
		return nil, err
	}
	tools.Cache = filepath.Join(folders.Cache, "pictures")
	tools.Trials = filepath.Join(folders.Cache, "encoders.json")
	renderer := render.New(tools, NewCache(folders).segments, effects)
	renderer.LimitCache(func() int64 { return cacheLimit(folders) })
	return &Editor{Tools: tools, Renderer: renderer, effects: effects}, nil
}

// cacheLimit is what the settings say now; those that cannot be read are
// complained of elsewhere, and here are the usual ones.
func cacheLimit(folders settings.Folders) int64 {
	store, err := settings.Open(folders.Settings())
	if err != nil {
		return settings.Settings{}.CacheLimit()
	}
	return store.Get().CacheLimit()
}
