package ffmpeg

import (
	"context"
	"sync"
	"time"
)

// Pause holds back the processes that are started under its context, and lets
// them go on. On Linux what runs is stopped where it is; elsewhere what runs
// goes on to its end and nothing new is started. The zero Pause holds nothing
// back; it is safe for concurrent use.
type Pause struct {
	mu     sync.Mutex
	held   bool
	gone   chan struct{} // closed when what is held may go on
	groups map[int]bool  // process groups that run
	since  time.Time     // when it was held back, while it is
	total  time.Duration // that it was held back before
}

type pauseKey struct{}

// Pausable is a context whose processes p can hold back.
func Pausable(ctx context.Context, p *Pause) context.Context {
	return context.WithValue(ctx, pauseKey{}, p)
}

// Unpaused waits while the context is held back, and returns the cause of the
// context's end if that comes first. Long work that is no process of ours
// calls it now and then.
func Unpaused(ctx context.Context) error {
	p, ok := ctx.Value(pauseKey{}).(*Pause)
	if !ok {
		return context.Cause(ctx)
	}
	return p.wait(ctx)
}

// Hold holds everything back, until Release.
func (p *Pause) Hold() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.held {
		return
	}
	p.held, p.gone, p.since = true, make(chan struct{}), time.Now()
	for group := range p.groups {
		stopGroup(group)
	}
}

// Release lets everything go on.
func (p *Pause) Release() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.held {
		return
	}
	p.held = false
	p.total += time.Since(p.since)
	close(p.gone)
	for group := range p.groups {
		continueGroup(group)
	}
}

// Held says whether things are held back.
func (p *Pause) Held() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.held
}

// Worked is a clock that stands still while the context is held back.
func Worked(ctx context.Context) func() time.Time {
	p, ok := ctx.Value(pauseKey{}).(*Pause)
	if !ok {
		return time.Now
	}
	return p.now
}

func (p *Pause) now() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.held {
		return p.since.Add(-p.total)
	}
	return time.Now().Add(-p.total)
}

func (p *Pause) wait(ctx context.Context) error {
	for {
		p.mu.Lock()
		held, gone := p.held, p.gone
		p.mu.Unlock()
		if !held || ctx.Err() != nil {
			return context.Cause(ctx)
		}
		select {
		case <-gone:
		case <-ctx.Done():
		}
	}
}

// enter takes charge of a process group that was just started.
func (p *Pause) enter(group int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.groups == nil {
		p.groups = map[int]bool{}
	}
	p.groups[group] = true
	if p.held {
		stopGroup(group)
	}
}

func (p *Pause) leave(group int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.groups, group)
}

// hold has the context's Pause, if there is one, take charge of a process
// group; the function that it returns ends that.
func hold(ctx context.Context, group int) (release func()) {
	p, ok := ctx.Value(pauseKey{}).(*Pause)
	if !ok {
		return func() {}
	}
	p.enter(group)
	return func() { p.leave(group) }
}
