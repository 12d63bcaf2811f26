package lan

import (
	"errors"
	"net"
	"net/netip"
	"slices"

	"golang.org/x/net/ipv4"
	"golang.org/x/net/ipv6"
)

// System is the machine's own network.
type System struct {
	// Only names the interfaces to use; none: all that carry multicast, and
	// not the loopback, which leads nowhere.
	Only []string
}

// The groups of multicast DNS (RFC 6762 section 3).
var (
	group4 = &net.UDPAddr{IP: net.IPv4(224, 0, 0, 251), Port: port}
	group6 = &net.UDPAddr{IP: net.ParseIP("ff02::fb"), Port: port}
)

// Interfaces satisfies Network.
func (s System) Interfaces() (found []Interface, err error) {
	all, err := net.Interfaces()
	if err != nil {
		return nil, err
	}
	for _, i := range all {
		if !s.uses(i) {
			continue
		}
		addrs, err := i.Addrs()
		if err != nil {
			continue // it is gone again
		}
		one := Interface{Index: i.Index, Name: i.Name}
		for _, a := range addrs {
			if p, ok := prefix(a); ok {
				one.Prefixes = append(one.Prefixes, p)
			}
		}
		found = append(found, one)
	}
	return found, nil
}

func (s System) uses(i net.Interface) bool {
	if i.Flags&net.FlagUp == 0 || i.Flags&net.FlagRunning == 0 {
		return false
	}
	if len(s.Only) > 0 {
		return slices.Contains(s.Only, i.Name)
	}
	return i.Flags&net.FlagMulticast != 0 && i.Flags&net.FlagLoopback == 0 && i.Flags&net.FlagPointToPoint == 0
}

func prefix(a net.Addr) (netip.Prefix, bool) {
	n, ok := a.(*net.IPNet)
	if !ok {
		return netip.Prefix{}, false
	}
	addr, ok := netip.AddrFromSlice(n.IP)
	bits, _ := n.Mask.Size()
	return netip.PrefixFrom(addr.Unmap(), bits), ok
}

// Join satisfies Network.
func (System) Join(i Interface, f Family) (Conn, error) {
	device := &net.Interface{Index: i.Index, Name: i.Name}
	conn, err := listen(i, f)
	if err != nil {
		return nil, err
	}
	c := &systemConn{PacketConn: conn, index: i.Index, group: group4}
	if f == IPv6 {
		c.group = &net.UDPAddr{IP: group6.IP, Port: port, Zone: i.Name}
		c.six = ipv6.NewPacketConn(conn)
		err = open6(c.six, device)
	} else {
		c.four, c.source = ipv4.NewPacketConn(conn), source(i)
		err = open4(c.four, device)
	}
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return c, nil
}

// source is the address that is sent from over IPv4: a system that chooses for
// itself may take that of another interface.
func source(i Interface) net.IP {
	for _, p := range i.Prefixes {
		if p.Addr().Is4() {
			return net.IP(p.Addr().AsSlice())
		}
	}
	return nil
}

// open4 takes and sends on one interface. What is sent comes back, for there
// may be another program on this machine.
func open4(p *ipv4.PacketConn, device *net.Interface) error {
	return errors.Join(
		p.JoinGroup(device, group4), p.SetMulticastInterface(device), p.SetMulticastTTL(255), p.SetTTL(255),
		p.SetMulticastLoopback(true), p.SetControlMessage(ipv4.FlagInterface, true),
	)
}

func open6(p *ipv6.PacketConn, device *net.Interface) error {
	return errors.Join(
		p.JoinGroup(device, group6), p.SetMulticastInterface(device), p.SetMulticastHopLimit(255), p.SetHopLimit(255),
		p.SetMulticastLoopback(true), p.SetControlMessage(ipv6.FlagInterface, true),
	)
}

// systemConn is a socket that takes what comes over one interface.
type systemConn struct {
	net.PacketConn
	four  *ipv4.PacketConn // one of the two
	six   *ipv6.PacketConn
	index int
	group *net.UDPAddr

	source net.IP
}

// Receive satisfies Conn.
func (c *systemConn) Receive(b []byte) (int, netip.AddrPort, error) {
	for {
		n, index, from, err := c.receive(b)
		if err != nil {
			return 0, netip.AddrPort{}, err
		}
		if a, ok := from.(*net.UDPAddr); ok && index == c.index {
			at := a.AddrPort()
			return n, netip.AddrPortFrom(at.Addr().Unmap(), at.Port()), nil
		}
	}
}

func (c *systemConn) receive(b []byte) (n, index int, from net.Addr, err error) {
	if c.six != nil {
		var m *ipv6.ControlMessage
		if n, m, from, err = c.six.ReadFrom(b); m != nil {
			index = m.IfIndex
		}
		return n, index, from, err
	}
	var m *ipv4.ControlMessage
	if n, m, from, err = c.four.ReadFrom(b); m != nil {
		index = m.IfIndex
	}
	return n, index, from, err
}

// Send satisfies Conn.
func (c *systemConn) Send(b []byte) (err error) {
	if c.four != nil {
		_, err = c.four.WriteTo(b, &ipv4.ControlMessage{IfIndex: c.index, Src: c.source}, c.group)
		return err
	}
	_, err = c.WriteTo(b, c.group)
	return err
}

// SendTo satisfies Conn.
func (c *systemConn) SendTo(b []byte, to netip.AddrPort) error {
	_, err := c.WriteTo(b, net.UDPAddrFromAddrPort(to))
	return err
}
