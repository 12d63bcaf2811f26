package callui

import "sync"

// inbox is an unbounded list of work for one goroutine: those who post must
// never block, and what is posted are a person's clicks and a call's events.
type inbox struct {
	mu   sync.Mutex
	work []func()
	wake chan struct{}
}

func newInbox() *inbox { return &inbox{wake: make(chan struct{}, 1)} }

func (b *inbox) post(f func()) {
	b.mu.Lock()
	b.work = append(b.work, f)
	b.mu.Unlock()
	select {
	case b.wake <- struct{}{}:
	default:
	}
}

// run does what is posted, in order.
func (b *inbox) run() {
	b.mu.Lock()
	work := b.work
	b.work = nil
	b.mu.Unlock()
	for _, f := range work {
		f()
	}
}
