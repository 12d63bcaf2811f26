package direct

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"syscall"

	"github.com/coder/websocket"

	"parley/call"
)

// Dialer reaches addresses. The zero Dialer is ready.
type Dialer struct {
	dial func(ctx context.Context, network, address string) (net.Conn, error) // tests; nil is the system's
}

// Dial satisfies call.Dialer. Its errors say what to do.
func (d Dialer) Dial(ctx context.Context, address string) (call.Link, error) {
	host, port, err := ParseAddress(address)
	if err != nil {
		return nil, err
	}
	tcp, err := d.reach(ctx, net.JoinHostPort(host, port))
	if err != nil {
		return nil, explainDial(err, host, port)
	}
	header, err := call.EncodeFirst(call.First(ctx))
	if err != nil {
		return nil, errors.Join(err, tcp.Close())
	}
	conn, err := upgrade(ctx, tcp, urlOf(host, port), header)
	if err != nil {
		_ = tcp.Close() // the error says more
		return nil, explainDial(err, host, port)
	}
	if conn.Subprotocol() != protocol {
		return nil, errors.Join(fmt.Errorf("%s port %s answers, but it is not a Parley", host, port), conn.CloseNow())
	}
	remote, _ := netip.ParseAddrPort(tcp.RemoteAddr().String())
	l := newLink(conn, tcp, remote, host)
	l.saidFirst = header != ""
	return l, nil
}

// reach connects to a machine.
func (d Dialer) reach(ctx context.Context, address string) (net.Conn, error) {
	dial := d.dial
	if dial == nil {
		dial = new(net.Dialer).DialContext
	}
	return dial(ctx, "tcp", address)
}

// upgrade asks for a WebSocket over a connection. There is no proxy: the
// address is the other side itself.
func upgrade(ctx context.Context, tcp net.Conn, url, first string) (*websocket.Conn, error) {
	header := http.Header{}
	if first != "" {
		header.Set(firstHeader, first)
	}
	transport := &http.Transport{
		DialContext:       func(context.Context, string, string) (net.Conn, error) { return tcp, nil },
		DisableKeepAlives: true,
	}
	conn, _, err := websocket.Dial(ctx, url, &websocket.DialOptions{
		HTTPClient:   &http.Client{Transport: transport, CheckRedirect: stay},
		HTTPHeader:   header,
		Subprotocols: []string{protocol},
	})
	return conn, err
}

// urlOf writes an address as a URL, in which the zone of an IPv6 address has
// letters of its own (RFC 6874).
func urlOf(host, port string) string {
	u := url.URL{Scheme: "ws", Host: net.JoinHostPort(host, port), Path: path}
	return u.String()
}

// stay keeps an address from sending the call elsewhere.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

func explainDial(err error, host, port string) error {
	var dns *net.DNSError
	switch {
	case errors.As(err, &dns):
		return fmt.Errorf("there is no machine named %q; check the spelling, or dial its IP address: %w", host, err)
	case errors.Is(err, syscall.ECONNREFUSED):
		return fmt.Errorf("%s is there, but no Parley listens on port %s; start Parley on that machine: %w (%w)", host, port, call.ErrNobody, err)
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return fmt.Errorf("there is no way from this machine to %s; check that both are on the network: %w", host, err)
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("%s port %s does not answer; check the address, and that a firewall lets the port through: %w", host, port, err)
	}
	return fmt.Errorf("calling %s port %s: %w", host, port, err)
}
