package lan

import (
	"net/netip"
)

// Network is what mDNS needs of the machine; System is the real one.
type Network interface {
	// Interfaces are those that are up and carry multicast.
	Interfaces() ([]Interface, error)
	// Join opens the interface for multicast DNS over IPv4 or IPv6.
	Join(i Interface, f Family) (Conn, error)
}

// Family is a version of the Internet Protocol.
type Family int

// The families.
const (
	IPv4 Family = 4
	IPv6 Family = 6
)

// Interface is one network that the machine is on.
type Interface struct {
	Index    int
	Name     string
	Prefixes []netip.Prefix // its addresses, with the networks they are in
}

// has tells whether the interface speaks a family.
func (i Interface) has(f Family) bool {
	for _, p := range i.Prefixes {
		if p.Addr().Is4() == (f == IPv4) {
			return true
		}
	}
	return false
}

// near tells whether an address is on this network, and not further: what
// comes from elsewhere is no business of mDNS (RFC 6762 section 11).
func (i Interface) near(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	if a.IsLinkLocalUnicast() {
		return true
	}
	for _, p := range i.Prefixes {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

// same tells whether nothing has changed.
func (i Interface) same(j Interface) bool {
	if i.Index != j.Index || i.Name != j.Name || len(i.Prefixes) != len(j.Prefixes) {
		return false
	}
	for n, p := range i.Prefixes {
		if p != j.Prefixes[n] {
			return false
		}
	}
	return true
}

// Conn is an interface that is open for multicast DNS. Close wakes Receive.
type Conn interface {
	Receive(b []byte) (n int, from netip.AddrPort, err error)
	Send(b []byte) error // to everybody on the interface's network
	SendTo(b []byte, to netip.AddrPort) error
	Close() error
}

// mostPacket is the largest packet of mDNS (RFC 6762 section 17).
const mostPacket = 9000
