package render

import (
	"context"
	"runtime"
	"sync"
)

// workers is how many things are done at once: two programs keep the machine
// busy, and leave it usable.
var workers = min(2, runtime.NumCPU())

// queue is a channel from which each of the things can be taken once.
func queue[T any](things []T) <-chan T {
	q := make(chan T, len(things))
	for _, thing := range things {
		q <- thing
	}
	close(q)
	return q
}

// sideBySide does what comes from a channel, until it is closed, some things
// at a time. The first failure ends the rest, and is returned; so is the cause
// of a context that has ended. The channel may then not be empty.
func sideBySide[T any](ctx context.Context, things <-chan T, do func(context.Context, T) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for {
				select {
				case <-ctx.Done():
					return
				case thing, more := <-things:
					if !more || ctx.Err() != nil {
						return
					}
					if err := do(ctx, thing); err != nil {
						cancel(err)
					}
				}
			}
		})
	}
	group.Wait()
	return context.Cause(ctx)
}
