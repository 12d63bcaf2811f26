package editui

import (
	"context"
	"path/filepath"
	"strings"
	"sync"

	"fyne.io/fyne/v2/lang"

	"parley/editor"
)

// Exporter hands films to other programs, and takes cut lists from them.
type Exporter interface {
	// Ways are the ways in which a film can be handed on, in the order in which
	// they are offered.
	Ways() []ExportWay
	// Export writes the film; name is for people. lost is what of it cannot be
	// told so, in English. The target is whole or untouched. progress, 0 to 1, is
	// called from any goroutine until Export returns, and does not block.
	Export(ctx context.Context, p *editor.Project, way, name, target string, progress func(float64)) (lost []string, err error)
	// IsList tells whether a path is that of a cut list, and Cuts makes its
	// parts clips of a source; rate is what the film counts frames at.
	IsList(path string) bool
	Cuts(path string, s editor.Source, rate editor.Ratio) ([]editor.Clip, error)
}

// ExportWay is a way in which a film can be handed on.
type ExportWay struct {
	Name      string
	Title     string // for people, to be translated
	Extension string // with its point; "" where a folder is made
}

// exports are what is being handed on, each in a goroutine of its own: a folder
// for a media site takes as long as two films. All but those goroutines
// themselves is used on Fyne's goroutine only.
type exports struct {
	cancel map[int]context.CancelFunc // by the presenter's number
	all    sync.WaitGroup
}

// export hands the film on in the background.
func (t *Tab) export(way ExportWay, target string) {
	file, project, id := filepath.Base(target), t.presenter.Project(), 0
	name := strings.TrimSuffix(file, way.Extension)
	t.act(func(p *Presenter) { id = p.Exporting(file) })
	ctx, cancel := context.WithCancel(context.Background())
	t.exports.begin(id, cancel, func() {
		progress := &latest[float64]{hop: t.hop, take: func(done float64) {
			t.act(func(p *Presenter) { p.ExportProgress(id, done) })
		}}
		lost, err := t.deps.Exporter.Export(ctx, project, way.Name, name, target, progress.put)
		t.hop(func() {
			for i := range lost {
				lost[i] = lang.L(lost[i])
			}
			t.exports.stop(id)
			t.act(func(p *Presenter) { p.Exported(id, strings.Join(lost, ", "), err) })
		})
	})
}

func (e *exports) begin(id int, cancel context.CancelFunc, run func()) {
	if e.cancel == nil {
		e.cancel = map[int]context.CancelFunc{}
	}
	e.cancel[id] = cancel
	e.all.Go(run)
}

// stop gives one up, and tells whether there was one.
func (e *exports) stop(id int) bool {
	cancel, ok := e.cancel[id]
	if ok {
		cancel()
		delete(e.cancel, id)
	}
	return ok
}

// close gives all up and waits for their end.
func (e *exports) close() {
	for id := range e.cancel {
		e.stop(id)
	}
	e.all.Wait()
}

// dismiss takes a notice away; what it tells of is given up, if that goes on,
// and the notice goes with it.
func (t *Tab) dismiss(id int) {
	if !t.exports.stop(id) {
		t.act(func(p *Presenter) { p.Dismiss(id) })
	}
}

// cutBy has the chosen clip show only what a cut list names of its source.
func (t *Tab) cutBy(path string) {
	c, source, ok := t.presenter.cuttable()
	if !ok {
		t.act(func(p *Presenter) {
			p.Tell(sayOf("{{.File}} is a cut list; choose the clip first that it was made for.", "File", filepath.Base(path)), Failure)
		})
		return
	}
	rate, hop := t.presenter.Project().Spec().Rate, t.here()
	t.pool.bring(job{
		drop: func() {},
		run: func(context.Context) {
			clips, err := t.deps.Exporter.Cuts(path, source, rate)
			hop(func() { t.act(func(p *Presenter) { p.CutBy(c.ID, path, clips, err) }) })
		},
	})
}

// lists parts cut lists from other paths.
func (t *Tab) lists(paths []string) (lists, rest []string) {
	for _, path := range paths {
		if t.deps.Exporter != nil && t.deps.Exporter.IsList(path) {
			lists = append(lists, path)
		} else {
			rest = append(rest, path)
		}
	}
	return lists, rest
}
