package direct

import (
	"errors"
	"net"
	"sync"
	"syscall"
)

// limited bounds the connections that are open at once.
type limited struct {
	net.Listener
	places chan struct{}
}

func newLimited(l net.Listener, n int) *limited {
	return &limited{Listener: l, places: make(chan struct{}, n)}
}

// Accept closes connections beyond the limit at once.
func (l *limited) Accept() (net.Conn, error) {
	for {
		conn, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		select {
		case l.places <- struct{}{}:
			return &limitedConn{Conn: conn, leave: sync.OnceFunc(func() { <-l.places })}, nil
		default:
			conn.Close() // one that was refused is nobody's loss
		}
	}
}

type limitedConn struct {
	net.Conn
	leave func()
}

func (c *limitedConn) Close() error {
	defer c.leave()
	return c.Conn.Close()
}

func portTaken(err error) bool { return errors.Is(err, syscall.EADDRINUSE) }
