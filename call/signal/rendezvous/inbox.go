package rendezvous

import (
	"context"
	"sync"

	"parley/call"
)

// inbox holds what a guest said and nobody received yet. Putting does not wait:
// others share the connection.
type inbox struct {
	mu     sync.Mutex
	frames []call.Frame
	bytes  int
	over   error
	signal chan struct{} // has a token when there is something to look at
}

// What may wait. A call says about ten things at once, and one large.
const (
	mostFrames = 256
	mostBytes  = 1 << 20
)

func newInbox() *inbox { return &inbox{signal: make(chan struct{}, 1)} }

// put returns false where too much waits.
func (i *inbox) put(f call.Frame) bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	if len(i.frames) >= mostFrames || i.bytes+len(f.Body) > mostBytes {
		return false
	}
	if i.over == nil {
		i.frames = append(i.frames, f)
		i.bytes += len(f.Body)
		i.wake()
	}
	return true
}

// finish has next return an error, the first one that is given, after what
// waits.
func (i *inbox) finish(err error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.over == nil {
		i.over = err
	}
	i.wake()
}

func (i *inbox) wake() {
	select {
	case i.signal <- struct{}{}:
	default:
	}
}

// ended is what finish was told.
func (i *inbox) ended() error {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.over
}

// next waits for a frame.
func (i *inbox) next(ctx context.Context) (call.Frame, error) {
	for {
		if f, ok, err := i.look(); ok || err != nil {
			return f, err
		}
		select {
		case <-i.signal:
		case <-ctx.Done():
			return call.Frame{}, ctx.Err()
		}
	}
}

func (i *inbox) look() (f call.Frame, ok bool, err error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if len(i.frames) == 0 {
		if i.over != nil {
			i.wake() // for whoever asks again
		}
		return f, false, i.over
	}
	f = i.frames[0]
	i.frames[0] = call.Frame{}
	i.frames = i.frames[1:]
	i.bytes -= len(f.Body)
	return f, true, nil
}
