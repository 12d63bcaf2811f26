package rtc

import (
	"net"
	"time"

	"github.com/pion/transport/v5"
	"github.com/pion/transport/v5/stdnet"
	"golang.org/x/net/ipv4"
	"golang.org/x/net/ipv6"
)

// systemNet is the system's network as it is at the moment: pion's own knows
// the addresses of when it was made. Its UDP sockets are marked for routers
// that give calls preference, and repeat handshakes.
type systemNet struct{ *stdnet.Net }

func newSystemNet() (systemNet, error) {
	n, err := stdnet.NewNet()
	return systemNet{n}, err
}

// Interfaces satisfies transport.Net.
func (systemNet) Interfaces() ([]*transport.Interface, error) {
	var now stdnet.Net
	if err := now.UpdateInterfaces(); err != nil {
		return nil, err
	}
	return now.Interfaces()
}

// ListenUDP satisfies transport.Net.
func (n systemNet) ListenUDP(network string, local *net.UDPAddr) (transport.UDPConn, error) {
	conn, err := net.ListenUDP(network, local)
	if err != nil {
		return nil, err
	}
	mark(conn)
	return newFlightConn(conn), nil
}

// dialPatience is how long a relay may take to accept a connection. Where a
// firewall drops packets and says nothing, the system would try for two
// minutes, and a call that is hung up would not end before.
const dialPatience = 4 * time.Second

// DialTCP satisfies transport.Net.
func (systemNet) DialTCP(network string, local, remote *net.TCPAddr) (transport.TCPConn, error) {
	d := net.Dialer{Timeout: dialPatience}
	if local != nil {
		d.LocalAddr = local
	}
	conn, err := d.Dial(network, remote.String())
	if err != nil {
		return nil, err
	}
	return conn.(*net.TCPConn), nil
}

// interactiveVideo is the code point AF41 in the traffic class, for pictures
// with their sound (RFC 8837 section 5).
const interactiveVideo = 34 << 2

// mark asks for preference on the way. A system that does not let this program
// ask sends unmarked packets, which arrive all the same.
func mark(conn net.PacketConn) {
	_ = ipv4.NewPacketConn(conn).SetTOS(interactiveVideo)
	_ = ipv6.NewPacketConn(conn).SetTrafficClass(interactiveVideo)
}

// addresses are those of interfaces that are up and connected to something.
func addresses(n transport.Net) (map[string]bool, error) {
	interfaces, err := n.Interfaces()
	if err != nil {
		return nil, err
	}
	all := map[string]bool{}
	for _, i := range interfaces {
		if i.Flags&net.FlagUp == 0 || i.Flags&net.FlagRunning == 0 {
			continue
		}
		addrs, err := i.Addrs()
		if err != nil {
			continue // it has none
		}
		for _, a := range addrs {
			if ipnet, ok := a.(*net.IPNet); ok {
				all[ipnet.IP.String()] = true
			}
		}
	}
	return all, nil
}
