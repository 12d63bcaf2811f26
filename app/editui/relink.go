package editui

import (
	"context"
	"path/filepath"

	"parley/editor"
)

// Missing are the sources that cannot be found, as far as they are known.
func (p *Presenter) Missing() []editor.Source {
	var all []editor.Source
	for _, path := range p.Sources() {
		if !p.missing[path] {
			continue
		}
		s := p.library[path]
		s.Path = path
		all = append(all, s)
	}
	return all
}

// lost are the paths of Missing.
func (p *Presenter) lost() []string {
	if len(p.missing) == 0 {
		return nil
	}
	var paths []string
	for _, s := range p.Missing() {
		paths = append(paths, s.Path)
	}
	return paths
}

// Relink takes sources that were found again, by the paths at which they are
// missing, as one step.
func (p *Presenter) Relink(found map[string]editor.Source) {
	line, changed := p.line(), false
	for path, s := range found {
		next, err := relinked(line, path, s)
		if err != nil {
			p.Tell(sayErrorOf(err, path, s.Path), Failure)
			continue
		}
		line, changed = next, true
		p.know(s)
	}
	if changed {
		p.do("Find missing files", line, nil)
	}
}

// relinked is a film with another source in the place of one.
func relinked(line editor.Timeline, path string, s editor.Source) (editor.Timeline, error) {
	var clips, captioned []editor.ClipID
	for _, c := range line.All() {
		if c.Source == path {
			clips = append(clips, c.ID)
		}
		if c.Captions == path {
			captioned = append(captioned, c.ID)
		}
	}
	line, err := line.Each(clips, func(c *editor.Clip) {
		c.Source = s.Path
		if c.Kind == editor.StillClip || c.Available == s.Length() {
			return
		}
		c.Available = s.Length()
		c.Out, c.In = c.Out.Min(c.Available), c.In.Min(c.Available)
	})
	if err != nil {
		return line, err
	}
	if line, err = line.Each(captioned, func(c *editor.Clip) { c.Captions = s.Path }); err != nil {
		return line, err
	}
	for _, m := range line.Music() {
		if m.Source != path {
			continue
		}
		m.Source, m.Available = s.Path, s.Length()
		m.Out = m.Out.Min(m.Available)
		if line, err = line.WithMusic(m); err != nil {
			return line, err
		}
	}
	return line, nil
}

// errNotFound is what a folder without what is missing is answered with.
var errNotFound = refuse(say("none of the missing files is in this folder; choose another"))

// findIn looks for what is missing below a folder, in the background.
func (t *Tab) findIn(folder string) {
	missing := t.presenter.Missing()
	t.seek(func(ctx context.Context) (map[string]string, error) {
		found, err := t.deps.Importer.Find(ctx, folder, missing)
		if err == nil && len(found) == 0 {
			err = errNotFound
		}
		return found, err
	})
}

// findAs takes a file for one that is missing, and looks beside it for the
// others.
func (t *Tab) findAs(path, file string) {
	var others []editor.Source
	for _, s := range t.presenter.Missing() {
		if s.Path != path {
			others = append(others, s)
		}
	}
	t.seek(func(ctx context.Context) (map[string]string, error) {
		found := map[string]string{}
		if len(others) > 0 {
			beside, err := t.deps.Importer.Find(ctx, filepath.Dir(file), others)
			if err != nil {
				return nil, err
			}
			found = beside
		}
		found[path] = file
		return found, nil
	})
}

// seek has files looked for and looked into, and puts them in the place of
// those that are missing.
func (t *Tab) seek(find func(context.Context) (map[string]string, error)) {
	t.act(func(p *Presenter) { p.folders++ })
	hop := t.here()
	t.pool.bring(job{
		run: func(ctx context.Context) {
			places, err := find(ctx)
			found := map[string]editor.Source{}
			var errs []error
			for path, file := range places {
				s, err := t.deps.Importer.Import(ctx, file)
				if err != nil {
					errs = append(errs, err)
					continue
				}
				found[path] = s
			}
			hop(func() { t.act(func(p *Presenter) { p.sought(found, append(errs, err)) }) })
		},
		drop: func() {},
	})
}

func (p *Presenter) sought(found map[string]editor.Source, errs []error) {
	p.folders--
	for _, err := range errs {
		if err != nil {
			p.Tell(sayError(err), Failure)
		}
	}
	p.Relink(found)
}
