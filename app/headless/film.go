package headless

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"parley/app/wire"
	"parley/editor"
	"parley/editor/exchange"
	"parley/editor/store"
)

// openFilm loads a project, or makes one of plain files. Subtitles and a cut
// list belong to the file before them.
func openFilm(ctx context.Context, kit *wire.Editor, args []string) (*editor.Project, error) {
	if len(args) == 1 && strings.EqualFold(filepath.Ext(args[0]), store.Extension) {
		return store.Load(args[0])
	}
	p := &editor.Project{Library: editor.Library{}}
	for _, path := range args {
		add := func() error { return store.Add(ctx, kit.Tools, p, path) }
		if f, ok := exchange.ByPath(path); ok && f.Read != nil {
			add = func() error { return cutLast(p, path) }
		}
		if err := add(); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// cutLast has the film show of its last clip only the parts that a list names.
func cutLast(p *editor.Project, path string) error {
	n := p.Timeline.Len()
	if n == 0 {
		return fmt.Errorf("%s is a cut list; name the file before it that it was made for", path)
	}
	last := p.Timeline.Clip(n - 1)
	data, err := store.ReadBounded(path, exchange.MaxList)
	if err != nil {
		return err
	}
	source := p.Library[last.Source]
	cuts, err := exchange.Read(path, data, exchange.Reading{Source: source, Rate: p.Spec().Rate})
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	clips, err := exchange.Clips(cuts, source)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	for i := range clips {
		clips[i].Captions = last.Captions
	}
	line, err := p.Timeline.Remove(last.ID)
	if err != nil {
		return err
	}
	p.Timeline, _, err = line.InsertAll(n-1, clips)
	return err
}
