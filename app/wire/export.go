package wire

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"parley/editor"
	"parley/editor/exchange"
	"parley/editor/render"
	"parley/editor/site"
	"parley/editor/store"
)

// exported is a film as it is handed to others; source is the file whose parts
// a cut list tells, "" the one that most of the film is taken from.
func (e *Editor) exported(p *editor.Project, name, source string) exchange.Film {
	return exchange.Film{Name: name, Timeline: p.Timeline, Library: p.Library, Output: p.Spec(), Effects: e.effects, Source: source}
}

// Export writes a film in a format that other programs read, and says what of
// it that cannot tell. The file is whole or what it was before.
func (e *Editor) Export(p *editor.Project, name, source string, format exchange.Format, path string) ([]exchange.Loss, error) {
	if format.Write == nil {
		return nil, fmt.Errorf("%w: %s can only be read", exchange.ErrFilm, format.Title)
	}
	var data bytes.Buffer
	lost, err := format.Write(&data, e.exported(p, name, source))
	if err != nil {
		return nil, err
	}
	return lost, store.Write(path, data.Bytes())
}

// Site makes the folder dir of a film for a media site, see editor/site.
func (e *Editor) Site(ctx context.Context, p *editor.Project, title, dir string, progress func(file string, fraction float64)) error {
	m := site.Maker{Renderer: siteRenderer{e.Renderer}, Prober: e.Tools, Now: time.Now}
	return m.Build(ctx, site.Film{Title: title, Timeline: p.Timeline, Library: p.Library, Output: p.Spec()}, dir, progress)
}

// siteRenderer satisfies site.Renderer.
type siteRenderer struct{ *render.Renderer }

func (r siteRenderer) Render(ctx context.Context, f site.Film, target string, progress func(float64)) error {
	film := render.Film{Timeline: f.Timeline, Library: f.Library, Output: f.Output}
	_, err := r.Renderer.Render(ctx, film, target, func(p render.Progress) { progress(p.Fraction) })
	return err
}
