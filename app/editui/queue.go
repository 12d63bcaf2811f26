package editui

import (
	"path/filepath"
	"slices"
	"time"

	"parley/editor"
)

// order is a film that waits for those before it: what it is made of, as it was
// when it was asked for.
type order struct {
	project *editor.Project
	target  string
	length  float64 // seconds
}

// Order begins to make a film, or has it wait for the one that is being made.
// out is what it is made as, nil as the project says. What is returned is to be
// made now; nil where the film waits.
func (p *Presenter) Order(target string, out *editor.Output, now time.Time) (*editor.Project, error) {
	if err := p.filmable(target); err != nil {
		return nil, err
	}
	o := order{p.Project(), target, p.line().Duration().Float()}
	if out != nil {
		o.project.Output = out
	}
	if p.busy() {
		p.waiting = append(slices.Clone(p.waiting), o)
		return nil, nil
	}
	p.begin(o, now)
	return o.project, nil
}

// Next begins the film that waits for longest, if the one before it is done.
func (p *Presenter) Next(now time.Time) (project *editor.Project, target string, ok bool) {
	if p.busy() || len(p.waiting) == 0 {
		return nil, "", false
	}
	if p.film.State == Made {
		p.Tell(Text{"Film made: {{.Path}}  ({{.Facts}})", map[string]any{"Path": p.film.Path, "Facts": p.film.Facts}}, Info)
	}
	if p.film.State == Failed {
		p.Tell(p.film.Problem, Failure)
	}
	o := p.waiting[0]
	p.waiting = slices.Clone(p.waiting[1:])
	p.begin(o, now)
	return o.project, o.target, true
}

// Sooner has a film that waits made next; Without gives it up. Both know it by
// where it goes.
func (p *Presenter) Sooner(target string) {
	if i := p.place(target); i > 0 {
		o := p.waiting[i]
		p.waiting = slices.Insert(slices.Delete(slices.Clone(p.waiting), i, i+1), 0, o)
	}
}

// Without gives a film up that waits.
func (p *Presenter) Without(target string) {
	if i := p.place(target); i >= 0 {
		p.waiting = slices.Delete(slices.Clone(p.waiting), i, i+1)
	}
}

func (p *Presenter) place(target string) int {
	return slices.IndexFunc(p.waiting, func(o order) bool { return filepath.Clean(o.target) == filepath.Clean(target) })
}

// ordered tells whether a film is being made at a path, or is to be.
func (p *Presenter) ordered(target string) bool {
	return p.busy() && filepath.Clean(p.film.Path) == filepath.Clean(target) || p.place(target) >= 0
}

// begin has the film's bar show a film from its beginning.
func (p *Presenter) begin(o order, now time.Time) {
	p.film = Film{State: Making, Path: o.target, Progress: Progress{Left: -1}}
	p.filmBegan, p.filmLength = now, o.length
}

// busy says whether a film is being made.
func (p *Presenter) busy() bool { return p.film.State == Making || p.film.State == Cancelling }

// waitingFor are the films that wait, by where they go.
func (p *Presenter) waitingFor() []string {
	var paths []string
	for _, o := range p.waiting {
		paths = append(paths, o.target)
	}
	return paths
}
