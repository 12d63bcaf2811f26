package editui

import (
	"context"
	"sync"
)

// workers is how many things are looked into at once.
const workers = 2

// maxWaiting bounds the pictures that wait; the oldest are dropped first,
// because what was asked for last is what is being looked at.
const maxWaiting = 64

// job is something to be done in the background. drop is called instead of run
// where it is not to be done after all.
type job struct {
	run  func(context.Context)
	drop func()
}

// pool does jobs with a few goroutines, which it owns. What the film needs
// (imports) goes before what is to be seen (pictures); of these the newest is
// made first.
type pool struct {
	ctx    context.Context
	cancel context.CancelFunc
	done   sync.WaitGroup

	mu       sync.Mutex
	wake     *sync.Cond
	imports  []job // the first is next
	pictures []job // the last is next
	closed   bool
}

func newPool() *pool {
	p := &pool{}
	p.ctx, p.cancel = context.WithCancel(context.Background())
	p.wake = sync.NewCond(&p.mu)
	for range workers {
		p.done.Go(p.work)
	}
	return p
}

// bring queues an import.
func (p *pool) bring(j job) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		j.drop()
		return
	}
	p.imports = append(p.imports, j)
	p.wake.Signal()
}

// picture queues a picture.
func (p *pool) picture(j job) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		j.drop()
		return
	}
	if len(p.pictures) == maxWaiting {
		p.pictures[0].drop()
		p.pictures = append(p.pictures[:0], p.pictures[1:]...)
	}
	p.pictures = append(p.pictures, j)
	p.wake.Signal()
}

func (p *pool) work() {
	for {
		j, ok := p.next()
		if !ok {
			return
		}
		j.run(p.ctx)
	}
}

func (p *pool) next() (job, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for !p.closed && len(p.imports)+len(p.pictures) == 0 {
		p.wake.Wait()
	}
	if p.closed {
		return job{}, false
	}
	if len(p.imports) > 0 {
		j := p.imports[0]
		p.imports = p.imports[1:]
		return j, true
	}
	last := len(p.pictures) - 1
	j := p.pictures[last]
	p.pictures = p.pictures[:last]
	return j, true
}

// close cancels what is being done, drops what waits and returns when the
// workers have ended.
func (p *pool) close() {
	p.mu.Lock()
	p.closed = true
	dropped := append(p.imports, p.pictures...)
	p.imports, p.pictures = nil, nil
	p.wake.Broadcast()
	p.mu.Unlock()
	for _, j := range dropped {
		j.drop()
	}
	p.cancel()
	p.done.Wait()
}
