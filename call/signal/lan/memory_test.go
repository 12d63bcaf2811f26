package lan

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/netip"
	"slices"
	"sync"
	"testing"
	"time"

	"parley/call"
)

// segment is a network in memory: what one says, all hear, itself included.
type segment struct {
	mu    sync.Mutex
	conns []*memoryConn
	said  int     // packets
	loss  float64 // of what each hears
}

func (g *segment) packets() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.said
}

func (g *segment) lose(part float64) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.loss = part
}

// inject says something as if from an address.
func (g *segment) inject(b []byte, from netip.AddrPort) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.said++
	for _, c := range g.conns {
		if (g.loss == 0 || rand.Float64() >= g.loss) && c.local.Addr().Is4() == from.Addr().Is4() {
			select {
			case c.queue <- heardBytes{slices.Clone(b), from}:
			default: // as a socket's buffer that is full
			}
		}
	}
}

// machine is a Network of a test.
type machine struct {
	mu    sync.Mutex
	plugs []plug
}

type plug struct {
	Interface
	segment *segment
}

// plugIn puts the machine onto a segment, with addresses and their networks.
func (m *machine) plugIn(name string, g *segment, prefixes ...string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	i := Interface{Index: len(name) + 10*len(m.plugs) + 1, Name: name}
	for _, p := range prefixes {
		i.Prefixes = append(i.Prefixes, netip.MustParsePrefix(p))
	}
	m.plugs = append(m.plugs, plug{i, g})
}

// pull takes an interface away, and what was open on it with it.
func (m *machine) pull(name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.plugs = slices.DeleteFunc(m.plugs, func(p plug) bool { return p.Name == name })
}

func (m *machine) Interfaces() (all []Interface, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, p := range m.plugs {
		all = append(all, p.Interface)
	}
	return all, nil
}

func (m *machine) Join(i Interface, f Family) (Conn, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, p := range m.plugs {
		if p.Index != i.Index {
			continue
		}
		for _, prefix := range p.Prefixes {
			if prefix.Addr().Is4() == (f == IPv4) {
				return p.segment.join(m, p.Name, netip.AddrPortFrom(prefix.Addr(), port)), nil
			}
		}
	}
	return nil, errors.New("no such interface")
}

func (m *machine) plugged(name string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.ContainsFunc(m.plugs, func(p plug) bool { return p.Name == name })
}

type heardBytes struct {
	b    []byte
	from netip.AddrPort
}

type memoryConn struct {
	machine *machine
	name    string
	segment *segment
	local   netip.AddrPort
	queue   chan heardBytes
	closed  chan struct{}
	once    sync.Once
}

func (g *segment) join(m *machine, name string, local netip.AddrPort) *memoryConn {
	c := &memoryConn{machine: m, name: name, segment: g, local: local, queue: make(chan heardBytes, 64), closed: make(chan struct{})}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.conns = append(g.conns, c)
	return c
}

func (c *memoryConn) Receive(b []byte) (int, netip.AddrPort, error) {
	for {
		select {
		case h := <-c.queue:
			if c.machine.plugged(c.name) {
				return copy(b, h.b), h.from, nil
			}
		case <-c.closed:
			return 0, netip.AddrPort{}, net.ErrClosed
		}
	}
}

func (c *memoryConn) Send(b []byte) error {
	if !c.machine.plugged(c.name) {
		return errors.New("the network is down")
	}
	c.segment.inject(b, c.local)
	return nil
}

func (c *memoryConn) SendTo(b []byte, to netip.AddrPort) error {
	c.segment.mu.Lock()
	defer c.segment.mu.Unlock()
	c.segment.said++
	for _, other := range c.segment.conns {
		if other.local == to {
			other.queue <- heardBytes{slices.Clone(b), c.local}
		}
	}
	return nil
}

func (c *memoryConn) Close() error {
	c.once.Do(func() {
		close(c.closed)
		c.segment.mu.Lock()
		defer c.segment.mu.Unlock()
		c.segment.conns = slices.DeleteFunc(c.segment.conns, func(o *memoryConn) bool { return o == c })
	})
	return nil
}

// nobody dials nowhere.
type nobody struct{}

func (nobody) Dial(context.Context, string) (call.Link, error) { return nil, call.ErrNobody }

// program is somebody's, with what it was told.
type program struct {
	*Neighbours
	machine *machine
}

// started opens a program on a machine of a test.
func started(t *testing.T, m *machine, name string, change ...func(*Config)) program {
	t.Helper()
	cfg := Config{Name: func() string { return name }, Port: 4000, Dialer: nobody{}, Network: m, Log: quiet}
	for _, f := range change {
		f(&cfg)
	}
	n, err := Open(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { n.Close() })
	return program{n, m}
}

// on starts a program on a machine of its own with one address.
func on(t *testing.T, g *segment, name, address string, change ...func(*Config)) program {
	t.Helper()
	m := &machine{}
	m.plugIn("eth", g, address)
	return started(t, m, name, change...)
}

// crash has a program say nothing any more, not even good-bye.
func (p program) crash() {
	p.machine.mu.Lock()
	p.machine.plugs = nil
	p.machine.mu.Unlock()
}

// names are those who are nearby.
func (p program) names() (all []string) {
	for _, one := range p.People() {
		all = append(all, one.Name)
	}
	return all
}

// sees holds that exactly these are nearby now.
func (p program) sees(t *testing.T, want ...string) {
	t.Helper()
	if got := p.names(); !slices.Equal(got, want) {
		t.Fatalf("nearby are %q, want %q", got, want)
	}
}

// until waits for the clock of the bubble to say that somebody is seen, and
// tells how long that took.
func (p program) until(t *testing.T, limit time.Duration, want ...string) time.Duration {
	t.Helper()
	begin := time.Now()
	for !slices.Equal(p.names(), want) {
		if time.Since(begin) > limit {
			t.Fatalf("after %v nearby are %q, want %q", limit, p.names(), want)
		}
		wait(10 * time.Millisecond)
	}
	return time.Since(begin)
}

// wait lets the bubble's clock run.
func wait(d time.Duration) { <-time.After(d) }

// soon is how long it takes at most where two start at the same moment: what
// one said before the other listened is said again after a second.
const soon = saidEvery + 5*gather

var quiet = slog.New(slog.DiscardHandler)
