package editui

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"parley/editor"
)

// lookAfterSources looks in the background whether the sources of a project
// that was opened are where they were, and probes what is new or changed.
func (t *Tab) lookAfterSources() {
	t.looked = map[string]bool{}
	hop := t.here()
	for _, path := range t.presenter.Sources() {
		t.looked[path] = true
		known, _ := t.presenter.Source(path)
		t.pool.bring(job{
			run:  func(ctx context.Context) { t.lookAfter(ctx, path, known, hop) },
			drop: func() {},
		})
	}
}

// lookAfterNew looks into sources of which nothing is known: clips that were
// pasted, or that came back with an edit that was undone after a restart.
func (t *Tab) lookAfterNew() {
	for _, path := range t.presenter.Unknown() {
		if !t.looked[path] {
			t.looked[path] = true
			hop := t.here()
			t.pool.bring(job{
				run:  func(ctx context.Context) { t.lookAfter(ctx, path, editor.Source{}, hop) },
				drop: func() {},
			})
		}
	}
}

func (t *Tab) lookAfter(ctx context.Context, path string, known editor.Source, hop func(func())) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		hop(func() { t.act(func(p *Presenter) { p.Found(path, false) }) })
		return
	}
	if err == nil && unchanged(info, known) {
		return
	}
	s, err := t.deps.Importer.Import(ctx, path)
	if ctx.Err() != nil {
		return
	}
	hop(func() {
		t.forget(path)
		t.act(func(p *Presenter) {
			if err != nil {
				p.Found(path, false)
				p.Tell(sayErrorOf(err, path), Failure)
				return
			}
			p.Probed(s)
		})
	})
}

// unchanged tells whether a source is what it was when it was probed, as far
// as its size tells.
func unchanged(info fs.FileInfo, known editor.Source) bool {
	if known.Recording != nil {
		return info.IsDir() && len(known.Tracks) > 0
	}
	return known.Media != nil && info.Size() == known.Media.Size
}
