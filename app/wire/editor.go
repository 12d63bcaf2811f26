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
	return &Editor{Tools: tools, Renderer: render.New(tools, filepath.Join(folders.Cache, "segments"), effects)}, nil
}
