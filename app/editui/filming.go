package editui

import (
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"parley/editor"
)

// errNoFilm are the reasons not to begin a film.
var (
	errEmptyFilm = errors.New("there is nothing in the film yet; drop pictures and clips here first")
	errBusyFilm  = errors.New("a film is being made already; wait for it or cancel it first")
	errImporting = errors.New("files are still being looked into; try again in a moment")
)

// Film begins to make a film, and returns what to make it from.
func (p *Presenter) Film(target string, now time.Time) (*editor.Project, error) {
	if err := p.filmable(); err != nil {
		return nil, err
	}
	for _, source := range p.Sources() {
		if filepath.Clean(source) == filepath.Clean(target) {
			return nil, fmt.Errorf("%s is one of the film's own clips; choose another name", target)
		}
	}
	p.film = Film{State: Making, Path: target, Progress: Progress{Left: -1}}
	p.filmBegan, p.filmLength = now, p.line().Duration().Float()
	return p.Project(), nil
}

// filmable says why a film cannot be made now.
func (p *Presenter) filmable() error {
	switch {
	case p.film.State == Making || p.film.State == Cancelling:
		return errBusyFilm
	case p.importing() > 0:
		return errImporting
	case p.line().Len() == 0:
		return errEmptyFilm
	}
	for _, path := range p.Sources() {
		if p.missing[path] {
			return fmt.Errorf("%s is missing; find it, put it back where it was (%s), or take it out of the film", p.nameOf(path), path)
		}
		if _, known := p.library[path]; !known {
			return errImporting
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
