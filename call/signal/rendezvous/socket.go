package rendezvous

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/coder/websocket"

	"parley/call"
)

// socket is a WebSocket to a server.
type socket struct {
	conn *websocket.Conn
	tcp  net.Conn // below conn
	once sync.Once
}

// openSocket connects to a server. Its errors say what to do.
func openSocket(ctx context.Context, origin, join string) (wire, error) {
	address := "ws" + strings.TrimPrefix(origin, "http") + "/ws"
	if join != "" {
		address += "?join=" + join
	}
	s := &socket{}
	plain := &net.Dialer{}
	transport := &http.Transport{
		Proxy: http.ProxyFromEnvironment,
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			var err error
			s.tcp, err = plain.DialContext(ctx, network, address)
			return s.tcp, err
		},
		DisableKeepAlives: true,
	}
	var err error
	s.conn, _, err = websocket.Dial(ctx, address, &websocket.DialOptions{
		HTTPClient:   &http.Client{Transport: transport, CheckRedirect: stay},
		Subprotocols: []string{call.FrameProtocol},
	})
	if err != nil {
		return nil, explainConnect(err, hostOf(origin))
	}
	if s.conn.Subprotocol() != call.FrameProtocol {
		return nil, errors.Join(fmt.Errorf("%s answers, but it is no rendezvous of Parley; check the link", hostOf(origin)), s.conn.CloseNow())
	}
	s.conn.SetReadLimit(call.MaxFrame)
	return s, nil
}

// stay keeps a server from sending the call elsewhere.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

func hostOf(origin string) string {
	_, host, _ := strings.Cut(origin, "://")
	return host
}

func explainConnect(err error, host string) error {
	var dns *net.DNSError
	switch {
	case errors.As(err, &dns):
		return fmt.Errorf("there is no server named %q; check the link, and that this machine is on the network: %w", host, err)
	case errors.Is(err, syscall.ECONNREFUSED):
		return fmt.Errorf("no rendezvous runs at %s at the moment; try again later: %w", host, err)
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return fmt.Errorf("there is no way from this machine to %s; check that it is on the network: %w", host, err)
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("%s does not answer; check that this machine is on the network, or try again later: %w", host, err)
	}
	return fmt.Errorf("connecting to %s: %w", host, err)
}

func (s *socket) Read(ctx context.Context) (call.Frame, error) {
	kind, data, err := s.conn.Read(ctx)
	switch {
	case errors.Is(err, websocket.ErrMessageTooBig):
		return call.Frame{}, fmt.Errorf("%w: more than %d bytes", call.ErrFrame, call.MaxFrame)
	case err != nil:
		return call.Frame{}, fmt.Errorf("the connection to the rendezvous was lost: %w", err)
	case kind != websocket.MessageText:
		return call.Frame{}, fmt.Errorf("%w: a binary frame", call.ErrFrame)
	}
	return call.DecodeFrame(data)
}

func (s *socket) Write(ctx context.Context, f call.Frame) error {
	data, err := f.Encode()
	if err != nil {
		return err
	}
	if err := s.conn.Write(ctx, websocket.MessageText, data); err != nil {
		return fmt.Errorf("the connection to the rendezvous was lost: %w", err)
	}
	return nil
}

func (s *socket) Ping(ctx context.Context) error { return s.conn.Ping(ctx) }

// closePatience is how long the server may take to answer a close.
const closePatience = 100 * time.Millisecond

// Close says good-bye and closes, within a moment. How a connection ends that
// is given up matters to nobody.
func (s *socket) Close() error {
	s.once.Do(func() {
		limit := time.AfterFunc(closePatience, func() { _ = s.tcp.Close() }) // ends the wait
		_ = s.conn.Close(websocket.StatusNormalClosure, "")
		limit.Stop()
	})
	return nil
}
