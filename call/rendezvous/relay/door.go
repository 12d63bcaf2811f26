package relay

import (
	"crypto/tls"
	"net"
	"net/netip"
	"sync"
	"time"
)

// Limits on connections. Who is silent at first, or for longer than an
// allocation lives, has no use for one.
const (
	mostConns     = 4096
	mostConnsOf   = 64 // from one address
	firstPatience = 10 * time.Second
	patience      = 12 * time.Minute
)

// door takes connections for pion, which limits none, closes none when it is
// closed, and keeps one open whose TLS handshake has failed.
type door struct {
	net.Listener
	tls *tls.Config

	mu     sync.Mutex
	conns  map[*visitor]bool
	of     map[netip.Addr]int
	closed bool
	gone   sync.WaitGroup
}

func newDoor(l net.Listener, c *tls.Config) *door {
	return &door{Listener: l, tls: c, conns: map[*visitor]bool{}, of: map[netip.Addr]int{}}
}

// Accept closes connections beyond the limits at once.
func (d *door) Accept() (net.Conn, error) {
	for {
		conn, err := d.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if v := d.enter(conn); v != nil {
			return v, nil
		}
		_ = conn.Close() // one that was refused is nobody's loss
	}
}

// enter counts a connection; nil: there are too many.
func (d *door) enter(conn net.Conn) *visitor {
	from, _ := netip.ParseAddrPort(conn.RemoteAddr().String())
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed || len(d.conns) >= mostConns || d.of[from.Addr()] >= mostConnsOf {
		return nil
	}
	if d.tls != nil {
		conn = tls.Server(conn, d.tls) // shakes hands when it is read first
	}
	v := &visitor{Conn: conn, door: d, from: from.Addr()}
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
