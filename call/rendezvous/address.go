package rendezvous

import (
	"net/http"
	"net/netip"
	"strings"
)

// address is whose limits a request counts against: an IPv4 address, or the
// /64 of an IPv6 address, which is what one customer is given.
func (s *Server) address(r *http.Request) string {
	at, ok := parseAddress(r.RemoteAddr)
	if ok && s.trusts(at) {
		if named, ok := lastForwarded(r.Header.Values("X-Forwarded-For")); ok {
			at = named
		}
	}
	return group(at)
}

// trusts says whether a connection comes from the proxy in front.
func (s *Server) trusts(at netip.Addr) bool {
	for _, p := range s.config.Proxies {
		if p.Contains(at) {
			return true
		}
	}
	return false
}

// forwardedHost is the host that the guest asked the proxy for.
func (s *Server) forwardedHost(r *http.Request) string {
	if at, ok := parseAddress(r.RemoteAddr); !ok || !s.trusts(at) {
		return ""
	}
	return r.Header.Get("X-Forwarded-Host")
}

// lastForwarded is the entry that the proxy in front added itself: what stands
// before it is the client's own word.
func lastForwarded(values []string) (netip.Addr, bool) {
	if len(values) == 0 {
		return netip.Addr{}, false
	}
	all := values[len(values)-1]
	return parseAddress(strings.TrimSpace(all[strings.LastIndexByte(all, ',')+1:]))
}

// parseAddress reads an address with or without a port.
func parseAddress(text string) (netip.Addr, bool) {
	if at, err := netip.ParseAddrPort(text); err == nil {
		return at.Addr().Unmap().WithZone(""), true
	}
	at, err := netip.ParseAddr(strings.Trim(text, "[]"))
	if err != nil {
		return netip.Addr{}, false
	}
	return at.Unmap().WithZone(""), true
}

func group(at netip.Addr) string {
	if at.Is6() {
		if p, err := at.Prefix(64); err == nil {
			return p.String()
		}
	}
	return at.String()
}

// hide shortens an address for a log, to what tells a network and not a person.
func hide(address string) string {
	at, ok := parseAddress(strings.TrimSuffix(address, "/64"))
	bits := 16
	if ok && at.Is6() {
		bits = 32
	}
	if p, err := at.Prefix(bits); ok && err == nil {
		return p.String()
	}
	return "unknown"
}

// Private are the addresses that a proxy on the same machine or network has.
func Private() []netip.Prefix {
	var all []netip.Prefix
	for _, p := range []string{"127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fe80::/10"} {
		all = append(all, netip.MustParsePrefix(p))
	}
	return all
}
