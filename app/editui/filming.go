package editui

import (
	"path/filepath"
	"time"
)

// errNoFilm are the reasons not to begin a film.
var (
	errEmptyFilm = refuse(say("there is nothing in the film yet; drop pictures and clips here first"))
	errBusyFilm  = refuse(say("this film is being made already; choose another name, or wait for it"))
	errImporting = refuse(say("files are still being looked into; try again in a moment"))
)

// filmable says why a film cannot be made at a place now; the place may be
// empty while it is not known yet.
func (p *Presenter) filmable(target string) error {
	switch {
	case p.ordered(target):
		return errBusyFilm
	case p.importing() > 0:
		return errImporting
	case p.line().Len() == 0:
		return errEmptyFilm
	}
	for _, path := range p.Sources() {
		if p.missing[path] {
			return refuse(Text{"{{.Name}} is missing; find it, put it back where it was ({{.Path}}), or take it out of the film", map[string]any{"Name": p.nameOf(path), "Path": path}})
		}
		if _, known := p.library[path]; !known {
			return errImporting
		}
		if filepath.Clean(path) == filepath.Clean(target) {
			return refuse(sayOf("{{.File}} is one of the film's own clips; choose another name", "File", target))
		}
	}
	return nil
}

// nameOf is what people know a source by.
func (p *Presenter) nameOf(path string) string {
	for _, c := range p.line().All() {
		if c.Source == path && c.Label != "" {
			return c.Label
		}
	}
	return filepath.Base(path)
}

// FilmProgress takes how far the film is. It never goes back.
func (p *Presenter) FilmProgress(g Progress, now time.Time) {
	if p.film.State != Making {
		return
	}
	g.Fraction = min(1, max(g.Fraction, p.film.Progress.Fraction))
	g.Phase = max(g.Phase, p.film.Progress.Phase)
	p.film.Progress = g
	if took := now.Sub(p.filmBegan).Seconds(); took >= 1 && g.Phase >= Rendering {
		p.film.Speed = g.Fraction * p.filmLength / took
	}
}

// FilmHeld tells that the film that is being made stands still, or goes on.
func (p *Presenter) FilmHeld(held bool) {
	if p.film.State == Making {
		p.film.Held = held
	}
}

// FilmCancelling tells that the person gave the film up.
func (p *Presenter) FilmCancelling() {
	if p.film.State == Making {
		p.film.State = Cancelling
	}
}

// FilmDone takes the end of the render.
func (p *Presenter) FilmDone(r Report, err error) {
	switch {
	case p.film.State == Cancelling && err != nil:
		p.film = Film{}
		p.Tell(say("The film was cancelled; no file was written."), Info)
	case err != nil:
		p.film = Film{State: Failed, Path: p.film.Path, Problem: sayErrorOf(err, append(p.Sources(), p.film.Path)...)}
	default:
		p.film = Film{State: Made, Path: p.film.Path, Facts: filmFacts(r)}
	}
}

// FilmSeen takes the film's bar away.
func (p *Presenter) FilmSeen() {
	if p.film.State == Made || p.film.State == Failed {
		p.film = Film{}
	}
}
