package render

import (
	"context"

	"parley/editor/ffmpeg"
)

// Pause holds renders back and lets them go on. The zero Pause holds nothing
// back; it is safe for concurrent use.
type Pause = ffmpeg.Pause

// Pausable is a context whose renders p can hold back: on Linux in the middle
// of what they do, elsewhere before the next step.
func Pausable(ctx context.Context, p *Pause) context.Context { return ffmpeg.Pausable(ctx, p) }
