package direct

import (
	"errors"
	"net"
	"net/netip"
	"sync"
	"syscall"
)

// limited bounds the connections that are open at once: in all, and from one
// place, so that nobody can take every caller's room.
type limited struct {
	net.Listener
	most, each int

	mu   sync.Mutex
	open int
	from map[netip.Prefix]int
}

func newLimited(l net.Listener, most, each int) *limited {
	return &limited{Listener: l, most: most, each: each, from: map[netip.Prefix]int{}}
}

// Accept closes connections beyond the limits at once.
func (l *limited) Accept() (net.Conn, error) {
	for {
		conn, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		place := placeOf(conn.RemoteAddr().String())
		if l.enter(place) {
			return &limitedConn{Conn: conn, leave: sync.OnceFunc(func() { l.leave(place) })}, nil
		}
		conn.Close() // one that was refused is nobody's loss
	}
}

func (l *limited) enter(place netip.Prefix) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.open >= l.most || l.from[place] >= l.each {
		return false
	}
	l.open++
	l.from[place]++
	return true
}

func (l *limited) leave(place netip.Prefix) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.open--
	if l.from[place]--; l.from[place] == 0 {
		delete(l.from, place)
	}
}

// placeOf is where a connection comes from: an address, or the /64 of IPv6 that
// one customer is given.
func placeOf(remote string) netip.Prefix {
	at, err := netip.ParseAddrPort(remote)
	if err != nil {
		return netip.Prefix{}
	}
	addr, bits := at.Addr().Unmap().WithZone(""), 32
	if addr.Is6() {
		bits = 64
		if addr.IsLinkLocalUnicast() { // everybody's on one cable
			bits = 128
		}
	}
	return netip.PrefixFrom(addr, bits).Masked()
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
