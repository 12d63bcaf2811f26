package rendezvous

import (
	"context"
	"errors"
	"sync"

	"parley/call"
)

// network is where rooms connect to in a test: each connection is a pair of
// channels, and the test is the server.
type network struct {
	mu      sync.Mutex
	down    bool
	wires   []*fakeWire
	refused int
}

var errDown = errors.New("the network is down")

func (n *network) open(ctx context.Context, _ string, _ request) (wire, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.down {
		n.refused++
		return nil, errDown
	}
	w := &fakeWire{said: make(chan call.Frame, 64), hears: make(chan call.Frame, 64), cut: make(chan struct{})}
	n.wires = append(n.wires, w)
	return w, nil
}

func (n *network) set(down bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.down = down
}

func (n *network) tried() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.refused
}

// last is the newest connection.
func (n *network) last() *fakeWire {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.wires[len(n.wires)-1]
}

func (n *network) count() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return len(n.wires)
}

type fakeWire struct {
	said  chan call.Frame // by the room
	hears chan call.Frame
	cut   chan struct{}
	once  sync.Once

	mu    sync.Mutex
	mute  bool // answers no ping
	pings int
}

func (w *fakeWire) Read(ctx context.Context) (call.Frame, error) {
	select {
	case f := <-w.hears:
		return f, nil
	case <-w.cut:
		return call.Frame{}, errDown
	case <-ctx.Done():
		return call.Frame{}, ctx.Err()
	}
}

func (w *fakeWire) Write(_ context.Context, f call.Frame) error {
	if _, err := f.Encode(); err != nil {
		return err
	}
	select {
	case <-w.cut:
		return errDown
	case w.said <- f:
		return nil
	}
}

func (w *fakeWire) Ping(ctx context.Context) error {
	w.mu.Lock()
	mute := w.mute
	w.pings++
	w.mu.Unlock()
	if !mute {
		return nil
	}
	<-ctx.Done()
	return ctx.Err()
}

func (w *fakeWire) pinged() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.pings
}

func (w *fakeWire) silence() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.mute = true
}

func (w *fakeWire) Close() error {
	w.once.Do(func() { close(w.cut) })
	return nil
}

// heard is all that the room said over the wire so far.
func (w *fakeWire) heard() (all []call.Frame) {
	for {
		select {
		case f := <-w.said:
			all = append(all, f)
		default:
			return all
		}
	}
}
