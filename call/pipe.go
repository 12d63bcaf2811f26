package call

import (
	"context"
	"net/netip"
	"sync"
)

// Pipe returns the two ends of a link inside this process, for a call to
// oneself.
func Pipe() (Link, Link) {
	ab, ba := make(chan Message, 64), make(chan Message, 64)
	closed := &pipeState{done: make(chan struct{})}
	return &pipeEnd{out: ab, in: ba, state: closed}, &pipeEnd{out: ba, in: ab, state: closed}
}

type pipeEnd struct {
	out   chan<- Message
	in    <-chan Message
	state *pipeState
}

func (p *pipeEnd) Send(ctx context.Context, m Message) error {
	if err := m.check(); err != nil {
		return err
	}
	select {
	case <-p.state.done:
		return ErrLinkClosed
	default:
	}
	select {
	case p.out <- m:
		return nil
	case <-p.state.done:
		return ErrLinkClosed
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (p *pipeEnd) Receive(ctx context.Context) (Message, error) {
	select { // what was sent before the close still arrives
	case m := <-p.in:
		return m, nil
	default:
	}
	select {
	case m := <-p.in:
		return m, nil
	case <-p.state.done:
		select { // both were ready: the message comes first
		case m := <-p.in:
			return m, nil
		default:
		}
		return Message{}, ErrLinkClosed
	case <-ctx.Done():
		return Message{}, ctx.Err()
	}
}

func (p *pipeEnd) Remote() netip.AddrPort { return netip.AddrPort{} }
func (p *pipeEnd) From() string           { return "this machine" }
func (p *pipeEnd) Back(int) string        { return "" }
func (p *pipeEnd) Servers() []Server      { return nil }
func (p *pipeEnd) Close() error           { p.state.close(); return nil }

type pipeState struct {
	once sync.Once
	done chan struct{}
}

func (s *pipeState) close() { s.once.Do(func() { close(s.done) }) }
