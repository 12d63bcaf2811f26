package editui

import (
	"context"
	"sync"
)

// workers is how many things are looked into at once.
const workers = 2

// maxWaiting bounds the pictures and sounds that wait, each; the oldest are
// dropped first, because what was asked for last is what is being looked at.
const maxWaiting = 64

// job is something to be done in the background. drop is called instead of run
// where it is not to be done after all.
type job struct {
	run    func(context.Context)
	drop   func()
	wished bool // an import that a person can give up
}

// pool does jobs with a few goroutines, which it owns. What the film needs
// (imports) goes before what is to be seen: pictures, then sounds, of which
// only one is listened to at a time because that may take long. Of what is to
// be seen the newest is made first.
type pool struct {
	ctx    context.Context
	cancel context.CancelFunc
	done   sync.WaitGroup

	mu        sync.Mutex
	wake      *sync.Cond
	imports   []job // the first is next
	pictures  []job // the last is next
	sounds    []job // the last is next
	making    int   // pictures and sounds that are being made
	listening bool  // to a sound
	closed    bool
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
func (p *pool) picture(j job) { p.wish(&p.pictures, j) }

// sound queues a sound.
func (p *pool) sound(j job) { p.wish(&p.sounds, j) }

func (p *pool) wish(queue *[]job, j job) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		j.drop()
		return
	}
	if len(*queue) == maxWaiting {
		(*queue)[0].drop()
		*queue = append((*queue)[:0], (*queue)[1:]...)
	}
	*queue = append(*queue, j)
	p.wake.Signal()
}

// left is how many pictures and sounds are still to be made.
func (p *pool) left() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.pictures) + len(p.sounds) + p.making
}

func (p *pool) work() {
	for {
		j, after, ok := p.next()
		if !ok {
			return
		}
		j.run(p.ctx)
		p.mu.Lock()
		after()
		p.mu.Unlock()
	}
}

// next waits for a job; after is to be called, with mu held, when it is done.
func (p *pool) next() (j job, after func(), ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for !p.closed && len(p.imports)+len(p.pictures) == 0 && (p.listening || len(p.sounds) == 0) {
		p.wake.Wait()
	}
	switch {
	case p.closed:
		return job{}, nil, false
	case len(p.imports) > 0:
		j, p.imports = p.imports[0], p.imports[1:]
		return j, func() {}, true
	case len(p.pictures) > 0:
		p.making++
		return pop(&p.pictures), func() { p.making-- }, true
	}
	p.making++
	p.listening = true
	return pop(&p.sounds), func() {
		p.making--
		p.listening = false
		p.wake.Signal()
	}, true
}

// pop takes the newest job.
func pop(queue *[]job) job {
	last := len(*queue) - 1
	j := (*queue)[last]
	*queue = (*queue)[:last]
	return j
}

// giveUp drops the imports that wait and were wished for.
func (p *pool) giveUp() {
	p.mu.Lock()
	var rest, dropped []job
	for _, j := range p.imports {
		if j.wished {
			dropped = append(dropped, j)
		} else {
			rest = append(rest, j)
		}
	}
	p.imports = rest
	p.mu.Unlock()
	for _, j := range dropped {
		j.drop()
	}
}

// close cancels what is being done, drops what waits and returns when the
// workers have ended.
func (p *pool) close() {
	p.mu.Lock()
	p.closed = true
	dropped := append(append(p.imports, p.pictures...), p.sounds...)
	p.imports, p.pictures, p.sounds = nil, nil, nil
	p.wake.Broadcast()
	p.mu.Unlock()
	for _, j := range dropped {
		j.drop()
	}
	p.cancel()
	p.done.Wait()
}
