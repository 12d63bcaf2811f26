package direct

import (
	"errors"
	"net"
	"sync"
	"time"
)

// split serves two protocols on one port, so that one port is enough even
// where UDP is blocked: HTTP, which begins with a letter, and a call's media
// over TCP (RFC 6544), which begins with the high byte of a small length (RFC
// 4571). It owns the goroutines that wait for a connection's first byte.
type split struct {
	net.Listener
	http, media branch
	done        chan struct{}
	wait        sync.WaitGroup

	mu     sync.Mutex
	silent map[net.Conn]bool // connections that have said nothing yet; nil: over
}

// branch is the listener of one of the protocols.
type branch struct {
	conns chan net.Conn
	split *split
	close func() error
}

func newSplit(l net.Listener) *split {
	s := &split{Listener: l, done: make(chan struct{}), silent: map[net.Conn]bool{}}
	s.http = branch{make(chan net.Conn), s, s.Close}
	s.media = branch{make(chan net.Conn), s, func() error { return nil }} // the port is not media's to close
	s.wait.Go(s.run)
	return s
}

func (s *split) run() {
	for {
		conn, err := s.Listener.Accept()
		if err != nil {
			if !errors.Is(err, net.ErrClosed) {
				s.end()
			}
			return
		}
		s.wait.Go(func() { s.sort(conn) })
	}
}

// sort hands a connection to the protocol that its first byte tells.
func (s *split) sort(conn net.Conn) {
	p := &peeked{Conn: conn}
	if !s.await(conn, true) || p.peek() != nil || !s.await(conn, false) {
		conn.Close() // it said nothing
		return
	}
	to := s.http
	if p.first[0] < ' ' {
		to = s.media
	}
	late := time.NewTimer(headerTimeout)
	defer late.Stop()
	select {
	case to.conns <- p:
	case <-s.done:
		conn.Close()
	case <-late.C: // nobody takes it
		conn.Close()
	}
}

// await notes whether a connection is waited for, to be closed at the end; it
// returns false after that.
func (s *split) await(conn net.Conn, waiting bool) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.silent == nil {
		return false
	}
	if waiting {
		s.silent[conn] = true
	} else {
		delete(s.silent, conn)
	}
	return true
}

func (s *split) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.silent == nil {
		return
	}
	close(s.done)
	for conn := range s.silent {
		conn.Close() // ends the wait for its first byte
	}
	s.silent = nil
}

// Close ends both branches and waits. Connections that were accepted live on.
func (s *split) Close() error {
	s.end()
	err := s.Listener.Close()
	s.wait.Wait()
	return err
}

// Accept satisfies net.Listener.
func (b branch) Accept() (net.Conn, error) {
	select {
	case conn := <-b.conns:
		return conn, nil
	case <-b.split.done:
		return nil, net.ErrClosed
	}
}

// Close satisfies net.Listener.
func (b branch) Close() error { return b.close() }

// Addr satisfies net.Listener.
func (b branch) Addr() net.Addr { return b.split.Listener.Addr() }

// peeked is a connection whose first byte was read beforehand.
type peeked struct {
	net.Conn
	first [1]byte
	left  int // of first, not given out yet
}

func (p *peeked) peek() (err error) {
	if err = p.SetReadDeadline(time.Now().Add(headerTimeout)); err != nil {
		return err
	}
	if p.left, err = p.Conn.Read(p.first[:]); err != nil {
		return err
	}
	return p.SetReadDeadline(time.Time{})
}

func (p *peeked) Read(b []byte) (int, error) {
	if p.left > 0 && len(b) > 0 {
		p.left = 0
		b[0] = p.first[0]
		return 1, nil
	}
	return p.Conn.Read(b)
}
