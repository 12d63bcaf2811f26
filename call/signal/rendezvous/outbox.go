package rendezvous

import (
	"context"
	"errors"
	"sync"

	"parley/call"
)

// mostWaiting bounds what waits to be said: a server that asks on and takes no
// answer would have it grow without end.
const mostWaiting = 1024

// errTakesNothing ends a connection on which that many wait.
var errTakesNothing = errors.New("the rendezvous asks, and takes no answer")

// outbox holds what is to be said over a connection that several share. A
// write that is given up would end it for all, so whoever speaks waits beside.
type outbox struct {
	mu     sync.Mutex
	items  []item
	over   error
	signal chan struct{} // has a token while items is not empty
}

// item is a frame on its way, and who waits for it.
type item struct {
	frame call.Frame
	done  chan error // nil: nobody
}

func (i item) result(err error) {
	if i.done != nil {
		i.done <- err
	}
}

func newOutbox() *outbox { return &outbox{signal: make(chan struct{}, 1)} }

// put says a frame in its turn.
func (o *outbox) put(f call.Frame) { o.add(item{frame: f}) }

// send says a frame and waits until it is written.
func (o *outbox) send(ctx context.Context, f call.Frame) error {
	i := item{f, make(chan error, 1)}
	o.add(i)
	select {
	case err := <-i.done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (o *outbox) add(i item) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.over != nil {
		i.result(o.over)
		return
	}
	if len(o.items) >= mostWaiting {
		o.over = errTakesNothing
		i.result(o.over)
	} else {
		o.items = append(o.items, i)
	}
	select {
	case o.signal <- struct{}{}:
	default:
	}
}

// take empties the outbox; its error is why nothing more comes.
func (o *outbox) take() ([]item, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	items := o.items
	o.items = nil
	return items, o.over
}

// flush waits until all that was put is written, or the connection is over.
func (o *outbox) flush(ctx context.Context) {
	i := item{done: make(chan error, 1)}
	o.add(i)
	select {
	case <-i.done:
	case <-ctx.Done():
	}
}

// shut fails what waits, and all that comes.
func (o *outbox) shut(err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.over = err
	for _, i := range o.items {
		i.result(err)
	}
	o.items = nil
}
