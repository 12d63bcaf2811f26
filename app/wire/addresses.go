package wire

import (
	"net"
	"net/netip"
	"strconv"

	"parley/call/signal/direct"
)

// Addresses tells where others can reach a port of this machine, as they
// would type it: private IPv4 first, then the rest, never loopback.
func Addresses(port int) []string {
	var v4, others []string
	all, err := net.InterfaceAddrs()
	if err != nil {
		return nil
	}
	for _, a := range all {
		ipnet, ok := a.(*net.IPNet)
		if !ok {
			continue
		}
		ip, ok := netip.AddrFromSlice(ipnet.IP)
		if ip = ip.Unmap(); !ok || !ip.IsGlobalUnicast() {
			continue
		}
		if ip.Is4() && ip.IsPrivate() {
			v4 = append(v4, withPort(ip, port))
		} else {
			others = append(others, withPort(ip, port))
		}
	}
	return append(v4, others...)
}

func withPort(ip netip.Addr, port int) string {
	if port == direct.DefaultPort {
		return ip.String()
	}
	return net.JoinHostPort(ip.String(), strconv.Itoa(port))
}
