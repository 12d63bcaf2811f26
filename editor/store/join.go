package store

import (
	"context"
	"fmt"

	"parley/editor"
)

// Join makes a film of files and recordings' folders in the order given:
// stills for editor.DefaultStill each, everything else from start to end.
// Subtitles belong to the clip before them.
func Join(ctx context.Context, prober editor.Prober, paths ...string) (*editor.Project, error) {
	p := &editor.Project{Library: editor.Library{}}
	for _, path := range paths {
		if err := Add(ctx, prober, p, path); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// Add puts a file or folder at the end of a film, as Join does.
func Add(ctx context.Context, prober editor.Prober, p *editor.Project, path string) error {
	if err := add(ctx, prober, p, path); err != nil {
		return fmt.Errorf("%s cannot be in the film: %w", path, err)
	}
	return nil
}

func add(ctx context.Context, prober editor.Prober, p *editor.Project, path string) error {
	s, err := Import(ctx, prober, path)
	if err != nil {
		return err
	}
	p.Library[s.Path] = s
	if n := p.Timeline.Len(); s.Captions != nil && n > 0 {
		c := p.Timeline.Clip(n - 1)
		c.Captions = s.Path
		p.Timeline, err = p.Timeline.Replace(c.ID, c)
		return err
	}
	c, err := editor.NewClip(p.Timeline.NextID(), s)
	if err != nil {
		return err
	}
	p.Timeline, err = p.Timeline.Append(c)
	return err
}
