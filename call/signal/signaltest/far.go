package signaltest

import (
	"context"
	"errors"
	"io"
	"net"
	"net/netip"
	"sync"
	"syscall"
	"time"
)

// Far is a TCP network in memory on which every byte takes its time to the
// other side. In a synctest bubble nothing else takes any, so that whatever is
// set up over it takes a number of round trips.
type Far struct {
	OneWay time.Duration

	mu        sync.Mutex
	listeners map[string]*farListener
}

// Listen takes the connections to an address.
func (f *Far) Listen(address string) net.Listener {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.listeners == nil {
		f.listeners = map[string]*farListener{}
	}
	l := &farListener{address: address, conns: make(chan net.Conn), done: make(chan struct{})}
	f.listeners[address] = l
	return l
}

// Dial connects to an address, which takes a round trip.
func (f *Far) Dial(ctx context.Context, _, address string) (net.Conn, error) {
	trip := time.NewTimer(2 * f.OneWay)
	defer trip.Stop()
	select {
	case <-trip.C:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	f.mu.Lock()
	l := f.listeners[address]
	f.mu.Unlock()
	if l == nil {
		return nil, syscall.ECONNREFUSED
	}
	near, far := f.join()
	select {
	case l.conns <- far:
		return near, nil
	case <-l.done:
		return nil, errors.Join(syscall.ECONNREFUSED, near.Close(), far.Close())
	case <-ctx.Done():
		return nil, errors.Join(ctx.Err(), near.Close(), far.Close())
	}
}

// join makes both ends of a connection. What carries between them ends with
// either.
func (f *Far) join() (near, far net.Conn) {
	a, fromA := net.Pipe()
	b, fromB := net.Pipe()
	go carry(fromA, fromB, f.OneWay)
	go carry(fromB, fromA, f.OneWay)
	return farConn{a, addressOf(1)}, farConn{b, addressOf(2)}
}

func addressOf(host byte) net.Addr {
	return net.TCPAddrFromAddrPort(netip.AddrPortFrom(netip.AddrFrom4([4]byte{192, 0, 2, host}), 4000))
}

// parcel is what was written at once, with the time that it is due.
type parcel struct {
	bytes []byte
	due   time.Time
}

// carry takes what one end writes to the other, late.
func carry(from, to net.Conn, oneWay time.Duration) {
	under := make(chan parcel, 4096)
	go func() {
		defer to.Close()
		for p := range under {
			time.Sleep(time.Until(p.due))
			if len(p.bytes) == 0 { // the end
				break
			}
			if _, err := to.Write(p.bytes); err != nil {
				break
			}
		}
		for range under { // nobody reads them any more
		}
	}()
	defer close(under)
	for {
		b := make([]byte, 16<<10)
		n, err := from.Read(b)
		if n > 0 {
			under <- parcel{b[:n], time.Now().Add(oneWay)}
		}
		if err != nil {
			if errors.Is(err, io.EOF) {
				under <- parcel{nil, time.Now().Add(oneWay)} // the end takes its time as well
			}
			return
		}
	}
}

// farConn has an address, as TCP has.
type farConn struct {
	net.Conn
	remote net.Addr
}

func (c farConn) RemoteAddr() net.Addr { return c.remote }

type farListener struct {
	address string
	conns   chan net.Conn
	done    chan struct{}
	once    sync.Once
}

func (l *farListener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}

func (l *farListener) Close() error {
	l.once.Do(func() { close(l.done) })
	return nil
}

func (l *farListener) Addr() net.Addr { return addressOf(2) }
