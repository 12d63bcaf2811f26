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
	pausable func(context.Context) (context.Context, Hold)

	done   sync.WaitGroup
	mu     sync.Mutex
	cancel context.CancelFunc // of the film being made
	hold   Hold               // of the film being made; nil: it cannot be held back
	held   bool
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
	f.cancel, f.hold, f.held = cancel, nil, false
	if f.pausable != nil {
		ctx, f.hold = f.pausable(ctx)
	}
	f.done.Go(func() {
		defer cancel()
		f.finished(f.renderer.Render(ctx, p, target, f.progress))
	})
}

// turn holds the film back, or lets it go on, and returns whether it is held.
func (f *filmer) turn() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.hold == nil {
		return false
	}
	if f.held = !f.held; f.held {
		f.hold.Hold()
	} else {
		f.hold.Release()
	}
	return f.held
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
