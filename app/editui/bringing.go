package editui

import (
	"context"
	"path/filepath"
	"strings"
	"sync"

	"parley/editor"
)

// arrivals carries what paths were found to be to Fyne's goroutine, as many
// at once as there are by then: hundreds of files are no hundreds of redraws.
type arrivals struct {
	hop  func(func())
	take func([]Arrival)

	mu      sync.Mutex
	waiting []Arrival
	on      bool // a hop is on its way
}

func (a *arrivals) put(x Arrival) {
	a.mu.Lock()
	a.waiting = append(a.waiting, x)
	ask := !a.on
	a.on = true
	a.mu.Unlock()
	if ask {
		a.hop(a.deliver)
	}
}

func (a *arrivals) deliver() {
	a.mu.Lock()
	all := a.waiting
	a.waiting, a.on = nil, false
	a.mu.Unlock()
	a.take(all)
}

// bring looks into paths in the background and puts them into the film; of
// folders, what is in them.
func (t *Tab) bring(place Place, paths []string) {
	if project, ok := projectAmong(paths); ok {
		t.openProject(project)
		return
	}
	lists, paths := t.lists(paths)
	for _, path := range lists {
		t.cutBy(path)
	}
	if len(paths) == 0 {
		return
	}
	t.act(func(p *Presenter) { p.folders++ })
	hop := t.here()
	t.pool.bring(job{
		run: func(ctx context.Context) {
			files, errs := t.expand(ctx, paths)
			hop(func() {
				t.act(func(p *Presenter) {
					p.folders--
					for _, err := range errs {
						p.Tell(sayErrorOf(err, paths...), Failure)
					}
					t.lookInto(p.Bring(place, files))
				})
			})
		},
		drop: func() {},
	})
}

// expand lists the files that paths stand for.
func (t *Tab) expand(ctx context.Context, paths []string) (files []string, errs []error) {
	for _, path := range paths {
		inside, err := t.deps.Importer.Look(ctx, path)
		if err != nil {
			errs = append(errs, err)
		}
		files = append(files, inside...)
	}
	return files, errs
}

func (t *Tab) lookInto(tickets []Ticket) {
	for _, ticket := range tickets {
		t.pool.bring(job{
			run: func(ctx context.Context) {
				s, err := t.deps.Importer.Import(ctx, ticket.Path)
				t.arrivals.put(Arrival{ticket, s, err})
			},
			drop:   func() { t.arrivals.put(Arrival{ticket, editor.Source{}, errGivenUp}) },
			wished: true,
		})
	}
}

// projectAmong is the first project among paths.
func projectAmong(paths []string) (string, bool) {
	for _, path := range paths {
		if isProject(path) {
			return path, true
		}
	}
	return "", false
}

func isProject(path string) bool { return strings.EqualFold(filepath.Ext(path), projectExtension) }

// projectExtension is that of a project file.
const projectExtension = ".parley"
