package editui

import (
	"context"
	"sync"
	"time"

	"parley/editor"
)

// Forecaster tells what a render would be, before it is begun.
type Forecaster interface {
	// Forecast is what is known without encoding anything; with try a few short
	// parts are encoded to know it better, which takes some seconds.
	Forecast(ctx context.Context, p *editor.Project, try bool) (Forecast, error)
}

// Forecast is what a render would be.
type Forecast struct {
	Size   int64         // bytes
	Time   time.Duration // that it takes
	Copied float64       // part of the pictures that need not be encoded, 0 to 1
	Tried  bool          // parts were encoded to know this
}

// typing is how long a person may write a size before it is thought about.
const typing = 300 * time.Millisecond

// foresight asks what a film would be that a person is thinking of, one at a
// time, in goroutines that it owns.
type foresight struct {
	from Forecaster
	hop  func(func())

	mu     sync.Mutex
	asked  int // counts the questions: an answer to an old one is not taken
	cancel context.CancelFunc
	closed bool
	done   sync.WaitGroup
}

// ask gives up what was asked before, and has take told, on Fyne's goroutine,
// what there is to know: first what is known at once and then, with try, what
// comes out of trying.
func (f *foresight) ask(p *editor.Project, try bool, take func(Forecast, error)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.forgetLocked()
	if f.closed || f.from == nil {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	f.cancel = cancel
	number := f.asked
	tell := func(g Forecast, err error) {
		f.hop(func() {
			f.mu.Lock()
			current := number == f.asked
			f.mu.Unlock()
			if current {
				take(g, err)
			}
		})
	}
	f.done.Go(func() {
		defer cancel()
		f.look(ctx, p, try, tell)
	})
}

func (f *foresight) look(ctx context.Context, p *editor.Project, try bool, tell func(Forecast, error)) {
	select {
	case <-time.After(typing):
	case <-ctx.Done():
		return
	}
	g, err := f.from.Forecast(ctx, p, false)
	tell(g, err)
	if err != nil || !try || ctx.Err() != nil {
		return
	}
	if g, err = f.from.Forecast(ctx, p, true); err == nil { // else the guess stands
		tell(g, nil)
	}
}

// forget gives up what was asked.
func (f *foresight) forget() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.forgetLocked()
}

func (f *foresight) forgetLocked() {
	f.asked++
	if f.cancel != nil {
		f.cancel()
		f.cancel = nil
	}
}

// close gives up what was asked and waits for its end.
func (f *foresight) close() {
	f.mu.Lock()
	f.closed = true
	f.forgetLocked()
	f.mu.Unlock()
	f.done.Wait()
}
