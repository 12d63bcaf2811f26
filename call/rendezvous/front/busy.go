package front

import (
	"net"
	"net/http"
	"sync"
)

// busy knows the connections that have asked something, or are about to. A
// http.Server that shuts down drops requests that it has just read: so it is
// left to answer all of them before it is told to.
type busy struct {
	mu    sync.Mutex
	conns map[net.Conn]bool
	quiet chan struct{} // closed when none is left; nil: nobody waits
}

// state is a server's ConnState.
func (b *busy) state(c net.Conn, s http.ConnState) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if s == http.StateNew || s == http.StateActive {
		b.conns[c] = true
		return
	}
	delete(b.conns, c)
	b.look()
}

func (b *busy) look() {
	if len(b.conns) == 0 && b.quiet != nil {
		close(b.quiet)
		b.quiet = nil
	}
}

// wait returns a channel that is closed when all have their answer. It is asked
// once, when no connection comes in any more.
func (b *busy) wait() <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	quiet := make(chan struct{})
	b.quiet = quiet
	b.look()
	return quiet
}
