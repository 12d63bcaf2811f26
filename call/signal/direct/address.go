package direct

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	"parley/call"
)

// ParseAddress reads what a person types: "host", "host:port", an IPv4 or
// IPv6 address with or without brackets, each with or without a port. It
// returns host and port in the form that net.Dial takes. A text that is none
// of these is call.ErrBadAddress.
func ParseAddress(text string) (host, port string, err error) {
	text = strings.TrimSpace(text)
	port = strconv.Itoa(DefaultPort)
	if ip, err := netip.ParseAddr(text); err == nil {
		return ip.String(), port, nil
	}
	host = text
	if at := strings.LastIndexByte(text, ':'); at >= 0 && !strings.HasSuffix(text, "]") {
		host, port = text[:at], text[at+1:]
		if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
			return "", "", fmt.Errorf("%w: %q: the part after the colon has to be a port number", call.ErrBadAddress, text)
		}
	}
	if strings.HasPrefix(host, "[") && strings.HasSuffix(host, "]") {
		ip, err := netip.ParseAddr(host[1 : len(host)-1])
		if err != nil {
			return "", "", fmt.Errorf("%w: %q: the part in brackets has to be an IPv6 address", call.ErrBadAddress, text)
		}
		return ip.String(), port, nil
	}
	if !hostName(host) {
		return "", "", fmt.Errorf("%w: %q: type a name or an IP address, with :port where it is not %d", call.ErrBadAddress, text, DefaultPort)
	}
	return host, port, nil
}

// hostName says whether a text can be a host's name (RFC 1123, and the
// underscores that people use all the same) in the letters of any language.
func hostName(s string) bool {
	if s == "" || len(s) > 253 || strings.HasPrefix(s, "-") || strings.HasPrefix(s, ".") {
		return false
	}
	return !strings.ContainsAny(s, " /\\:@?#[]%\"'<>|&\x00\t\n\r")
}
