package editui

import (
	"context"
	"sync"

	"parley/editor"
)

// filmer makes one film at a time, in a goroutine that it owns.
type filmer struct {
	renderer Renderer
	progress func(Progress)      // called from any goroutine; never blocks
	finished func(Report, error) // called from the goroutine

	done   sync.WaitGroup
	mu     sync.Mutex
	cancel context.CancelFunc // of the film being made
	closed bool
}

// begin makes a film; nothing happens after close.
func (f *filmer) begin(p *editor.Project, target string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	f.cancel = cancel
	f.done.Go(func() {
		defer cancel()
		f.finished(f.renderer.Render(ctx, p, target, f.progress))
	})
}

// stop gives the film up; finished tells when it has stopped.
func (f *filmer) stop() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.cancel != nil {
		f.cancel()
	}
}

// close gives the film up and waits for its end.
func (f *filmer) close() {
	f.mu.Lock()
	f.closed = true
	f.mu.Unlock()
	f.stop()
	f.done.Wait()
}
