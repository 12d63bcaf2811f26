package relay

import (
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"net/netip"
	"sync"
	"time"
)

// Limits on connections. Who is silent at first, or for longer than an
// allocation lives, has no use for one.
const (
	mostConns     = 4096
	mostConnsOf   = 64 // from one address, of IPv6: from one /64
	firstPatience = 10 * time.Second
	patience      = 12 * time.Minute
)

// door takes connections for pion, which limits none, closes none when it is
// closed, keeps one open whose TLS handshake has failed, and takes none any more
// once one could not be taken.
type door struct {
	net.Listener
	tls  *tls.Config
	log  *slog.Logger
	done chan struct{} // closed by Close

	mu     sync.Mutex
	conns  map[*visitor]bool
	of     map[netip.Addr]int
	closed bool
	gone   sync.WaitGroup
}

func newDoor(l net.Listener, c *tls.Config, log *slog.Logger) *door {
	return &door{Listener: l, tls: c, log: log, done: make(chan struct{}), conns: map[*visitor]bool{}, of: map[netip.Addr]int{}}
}

// acceptPause is how long is waited where a connection cannot be taken, such as
// that this process has no file descriptors left.
const acceptPause = time.Second

// Accept closes connections beyond the limits at once.
func (d *door) Accept() (net.Conn, error) {
	for {
		conn, err := d.Listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return nil, err
		}
		if err != nil {
			d.log.Warn("the relay cannot take a connection; it tries again", "err", err)
			if !d.pause() {
				return nil, net.ErrClosed
			}
			continue
		}
		if v := d.enter(conn); v != nil {
			return v, nil
		}
		_ = conn.Close() // one that was refused is nobody's loss
	}
}

// pause waits, unless the door is closed.
func (d *door) pause() bool {
	timer := time.NewTimer(acceptPause)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-d.done:
		return false
	}
}

// customer is an IPv4 address, or the /64 of an IPv6 address, which is what one
// customer is given.
func customer(a netip.Addr) netip.Addr {
	a = a.Unmap().WithZone("")
	if p, err := a.Prefix(64); a.Is6() && err == nil {
		return p.Addr()
	}
	return a
}

// enter counts a connection; nil: there are too many.
func (d *door) enter(conn net.Conn) *visitor {
	at, _ := netip.ParseAddrPort(conn.RemoteAddr().String())
	from := customer(at.Addr())
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed || len(d.conns) >= mostConns || d.of[from] >= mostConnsOf {
		return nil
	}
	if d.tls != nil {
		conn = tls.Server(conn, d.tls) // shakes hands when it is read first
	}
	v := &visitor{Conn: conn, door: d, from: from}
	d.conns[v] = true
	d.of[v.from]++
	d.gone.Add(1)
	return v
}

func (d *door) leave(v *visitor) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.conns, v)
	if d.of[v.from]--; d.of[v.from] == 0 {
		delete(d.of, v.from)
	}
	d.gone.Done()
}

// Close takes nobody any more and sends away who is there.
func (d *door) Close() error {
	err := d.Listener.Close()
	d.mu.Lock()
	if !d.closed {
		close(d.done)
	}
	d.closed = true
	all := make([]*visitor, 0, len(d.conns))
	for v := range d.conns {
		all = append(all, v)
	}
	d.mu.Unlock()
	for _, v := range all {
		_ = v.Close() // whatever it says, it is gone
	}
	return err
}

// wait waits until all have left.
func (d *door) wait() { d.gone.Wait() }

// visitor is a connection that is given up when nothing comes.
type visitor struct {
	net.Conn
	door  *door
	from  netip.Addr
	heard bool
	once  sync.Once
	err   error
}

// Read satisfies net.Conn. One goroutine reads.
func (v *visitor) Read(b []byte) (int, error) {
	limit := patience
	if !v.heard {
		limit = firstPatience
	}
	if err := v.SetReadDeadline(time.Now().Add(limit)); err != nil {
		return 0, err
	}
	n, err := v.Conn.Read(b)
	v.heard = v.heard || n > 0
	return n, err
}

// slowest is how long one packet may take to be taken; a program that takes
// none has no use for them.
const slowest = 5 * time.Second

// Write satisfies net.Conn.
func (v *visitor) Write(b []byte) (int, error) {
	if err := v.SetWriteDeadline(time.Now().Add(slowest)); err != nil {
		return 0, err
	}
	n, err := v.Conn.Write(b)
	if err != nil {
		_ = v.Close() // half a packet was written: nothing after it would be understood
	}
	return n, err
}

// Close satisfies net.Conn. It is idempotent.
func (v *visitor) Close() error {
	v.once.Do(func() {
		v.err = v.Conn.Close()
		v.door.leave(v)
	})
	return v.err
}
