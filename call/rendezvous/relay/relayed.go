package relay

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/netip"
	"sync"
	"time"

	"github.com/pion/turn/v5"

	"parley/call"
)

// ports are the relayed addresses that there are, as programs know them.
type ports struct {
	mu   sync.Mutex
	open map[netip.AddrPort]bool
}

func (p *ports) set(a netip.AddrPort, open bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if open {
		p.open[a] = true
	} else {
		delete(p.open, a)
	}
}

func (p *ports) has(a netip.AddrPort) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.open[a]
}

// generator makes relayed addresses for pion. It makes none of TCP.
type generator struct{ s *Server }

// errNoTCP refuses RFC 6062: a call's media is of UDP beyond the relay.
var errNoTCP = errors.New("this relay relays to UDP alone")

// Validate satisfies turn.RelayAddressGenerator.
func (generator) Validate() error { return nil }

// AllocateListener satisfies turn.RelayAddressGenerator.
func (generator) AllocateListener(turn.AllocateListenerConfig) (net.Listener, net.Addr, error) {
	return nil, nil, errNoTCP
}

// AllocateConn satisfies turn.RelayAddressGenerator.
func (generator) AllocateConn(turn.AllocateConnConfig) (net.Conn, error) { return nil, errNoTCP }

// AllocatePacketConn satisfies turn.RelayAddressGenerator.
func (g generator) AllocatePacketConn(c turn.AllocateListenerConfig) (net.PacketConn, net.Addr, error) {
	s := g.s
	public, err := s.public(c.Network)
	if err != nil {
		return nil, nil, err
	}
	if why := s.ledger.open(c.UserID, time.Now()); why != "" {
		s.refuse(c.UserID, why)
		return nil, nil, fmt.Errorf("a limit of the relay: %s", why)
	}
	conn, err := s.listen(c.Network, c.RequestedPort)
	if err != nil {
		s.ledger.close(c.UserID, time.Now())
		return nil, nil, err
	}
	r := &relayed{UDPConn: conn, s: s, id: c.UserID, six: c.Network == "udp6"}
	r.in.rate, r.out.rate = s.ledger.limits.Rate, s.ledger.limits.Rate
	r.public = netip.AddrPortFrom(public, uint16(conn.LocalAddr().(*net.UDPAddr).Port))
	s.ports.set(r.public, true)
	if s.cfg.Watch.Opened != nil {
		s.cfg.Watch.Opened(spaceOf(r.id))
	}
	return r, net.UDPAddrFromAddrPort(r.public), nil
}

// public is the address of a family that programs are told.
func (s *Server) public(network string) (netip.Addr, error) {
	for _, a := range s.cfg.Public {
		if a.Unmap().Is4() == (network == "udp4") {
			return a.Unmap(), nil
		}
	}
	return netip.Addr{}, fmt.Errorf("this relay has no address for %s", network)
}

// mostTries is how many ports are tried before there is none.
const mostTries = 64

func (s *Server) listen(network string, port int) (conn *net.UDPConn, err error) {
	if port != 0 || s.cfg.First == 0 {
		return net.ListenUDP(network, &net.UDPAddr{Port: port})
	}
	for range mostTries {
		port = s.cfg.First + rand.IntN(s.cfg.Last-s.cfg.First+1)
		if conn, err = net.ListenUDP(network, &net.UDPAddr{Port: port}); err == nil {
			return conn, nil
		}
	}
	return nil, fmt.Errorf("no port from %d to %d is free: %w", s.cfg.First, s.cfg.Last, err)
}

// relayed is a relayed address: what pion sends and receives over it is counted.
type relayed struct {
	*net.UDPConn
	s       *Server
	id      string
	public  netip.AddrPort
	six     bool
	in, out bucket
	once    sync.Once
	err     error
}

// WriteTo drops what is over the limits, as a network does.
func (r *relayed) WriteTo(b []byte, to net.Addr) (int, error) {
	at, ok := addrPort(to)
	if !ok {
		return 0, fmt.Errorf("%s cannot be relayed to", to)
	}
	if r.s.isOwn(at.Addr()) && !r.s.cfg.Private || r.s.ports.has(at) {
		if !r.s.ports.has(at) {
			r.s.refuse(r.id, BadPeer) // another port of this very machine
			return len(b), nil
		}
		at = netip.AddrPortFrom(r.inside(), at.Port())
	}
	if !r.count(&r.out, len(b)) {
		return len(b), nil
	}
	return r.UDPConn.WriteToUDPAddrPort(b, at)
}

// ReadFrom skips what is over the limits.
func (r *relayed) ReadFrom(b []byte) (int, net.Addr, error) {
	for {
		n, from, err := r.UDPConn.ReadFromUDPAddrPort(b)
		if err != nil {
			return 0, nil, err
		}
		from = netip.AddrPortFrom(from.Addr().Unmap(), from.Port())
		if from.Addr() == r.inside() {
			if outside := netip.AddrPortFrom(r.public.Addr(), from.Port()); r.s.ports.has(outside) {
				from = outside
			}
		}
		if r.count(&r.in, n) {
			return n, net.UDPAddrFromAddrPort(from), nil
		}
	}
}

// inside is where a relayed address reaches another of the same machine: a
// router in front may not send back what comes from behind it.
func (r *relayed) inside() netip.Addr {
	if r.six {
		return netip.IPv6Loopback()
	}
	return netip.AddrFrom4([4]byte{127, 0, 0, 1})
}

// count tells whether so many bytes may pass.
func (r *relayed) count(b *bucket, n int) bool {
	now, why := time.Now(), TooFast
	if b.take(n, now) {
		why = r.s.ledger.use(r.id, n, now)
	}
	if why != "" {
		r.s.refuse(r.id, why)
		return false
	}
	if r.s.cfg.Watch.Relayed != nil {
		r.s.cfg.Watch.Relayed(spaceOf(r.id), n)
	}
	return true
}

// Close ends the relayed address. It is idempotent.
func (r *relayed) Close() error {
	r.once.Do(func() {
		r.err = r.UDPConn.Close()
		r.s.ports.set(r.public, false)
		r.s.ledger.close(r.id, time.Now())
		if r.s.cfg.Watch.Closed != nil {
			r.s.cfg.Watch.Closed(spaceOf(r.id))
		}
	})
	return r.err
}

func addrPort(a net.Addr) (netip.AddrPort, bool) {
	u, ok := a.(*net.UDPAddr)
	if !ok {
		return netip.AddrPort{}, false
	}
	at := u.AddrPort()
	return netip.AddrPortFrom(at.Addr().Unmap(), at.Port()), at.IsValid()
}

func spaceOf(id string) string { return call.SpaceOf(id) }
