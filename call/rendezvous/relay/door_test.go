package relay

import (
	"errors"
	"net"
	"net/netip"
	"syscall"
	"testing"
	"testing/synctest"
)

// faulty is a listener that cannot take some connections.
type faulty struct {
	net.Listener
	faults int
	conns  chan net.Conn
	closed chan struct{}
}

func (f *faulty) Accept() (net.Conn, error) {
	if f.faults > 0 {
		f.faults--
		return nil, syscall.EMFILE
	}
	select {
	case c := <-f.conns:
		return c, nil
	case <-f.closed:
		return nil, net.ErrClosed
	}
}

func (f *faulty) Close() error { close(f.closed); return nil }

// A connection that cannot be taken is no reason to take none any more.
func TestTheDoorStaysOpen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &faulty{faults: 3, conns: make(chan net.Conn, 1), closed: make(chan struct{})}
		d := newDoor(f, nil, quiet)
		ours, theirs := net.Pipe()
		defer theirs.Close()
		f.conns <- ours
		conn, err := d.Accept()
		if err != nil {
			t.Fatal(err)
		}
		f.faults = 1 << 30
		ended := make(chan error)
		go func() {
			_, err := d.Accept()
			ended <- err
		}()
		synctest.Wait()
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		if err := <-ended; !errors.Is(err, net.ErrClosed) {
			t.Errorf("a closed door says %v", err)
		}
		d.wait()
		if _, err := conn.Write([]byte("x")); err == nil {
			t.Error("who was there still is")
		}
	})
}

func TestWhoIsOneCustomer(t *testing.T) {
	for text, want := range map[string]string{
		"192.0.2.7": "192.0.2.7", "::ffff:192.0.2.7": "192.0.2.7", "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::", "fe80::1%eth0": "fe80::",
	} {
		if got := customer(netip.MustParseAddr(text)); got != netip.MustParseAddr(want) {
			t.Errorf("%s counts as %s, want %s", text, got, want)
		}
	}
}
