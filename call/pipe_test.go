package call_test

import (
	"context"
	"sync"
	"testing"

	"parley/call"
	"parley/call/signal/signaltest"
)

// pipes makes a way to reach the other side of pipes.
type pipes struct {
	links chan call.Link
	done  chan struct{}
	once  sync.Once
}

func (p *pipes) Dial(ctx context.Context, address string) (call.Link, error) {
	if address != "here" {
		return nil, call.ErrBadAddress
	}
	near, far := call.Pipe()
	select {
	case p.links <- far:
		return near, nil
	case <-p.done:
		return nil, call.ErrLinkClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (p *pipes) Accept(ctx context.Context) (call.Link, error) {
	select {
	case link := <-p.links:
		return link, nil
	case <-p.done:
		return nil, call.ErrLinkClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (p *pipes) Close() error { p.once.Do(func() { close(p.done) }); return nil }

func TestPipe(t *testing.T) {
	signaltest.Run(t, func(t *testing.T) signaltest.Method {
		p := &pipes{links: make(chan call.Link), done: make(chan struct{})}
		t.Cleanup(func() { p.Close() })
		return signaltest.Method{Dialer: p, Listener: p, Address: "here", Bad: "there"}
	})
}
