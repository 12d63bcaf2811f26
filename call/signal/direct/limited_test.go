package direct

import (
	"errors"
	"net"
	"testing"
)

// arrivals is a listener to which connections come from places.
type arrivals struct {
	net.Listener
	from []string
}

type arrival struct {
	net.Conn
	from   string
	closed bool
}

func (a *arrivals) Accept() (net.Conn, error) {
	if len(a.from) == 0 {
		return nil, errors.ErrUnsupported
	}
	c := &arrival{from: a.from[0]}
	a.from = a.from[1:]
	return c, nil
}

func (a *arrival) RemoteAddr() net.Addr { return place(a.from) }
func (a *arrival) Close() error         { a.closed = true; return nil }

type place string

func (place) Network() string  { return "tcp" }
func (p place) String() string { return string(p) }

func TestOnePlaceCannotTakeAllRoom(t *testing.T) {
	from := []string{
		"10.0.0.1:1", "10.0.0.1:2", "10.0.0.1:3", "[2001:db8::1]:1", "[2001:db8::2]:1", "[2001:db8::3]:1",
		"[fe80::1%eth0]:1", "[fe80::2%eth0]:1", "[::ffff:10.0.0.1]:4", "10.0.0.2:1", "10.0.0.3:1",
	}
	l := newLimited(&arrivals{from: from}, 7, 2)
	want := []string{"10.0.0.1:1", "10.0.0.1:2", "[2001:db8::1]:1", "[2001:db8::2]:1", "[fe80::1%eth0]:1", "[fe80::2%eth0]:1", "10.0.0.2:1"}
	var all []net.Conn
	for {
		conn, err := l.Accept()
		if err != nil {
			break
		}
		all = append(all, conn)
	}
	for i, conn := range all {
		if i >= len(want) || conn.RemoteAddr().String() != want[i] {
			t.Errorf("%d: %s was let in", i, conn.RemoteAddr())
		}
		conn.Close()
		conn.Close() // leaves once
	}
	if len(all) != len(want) || l.open != 0 || len(l.from) != 0 {
		t.Errorf("%d were let in, %d are left, from %v", len(all), l.open, l.from)
	}
}
