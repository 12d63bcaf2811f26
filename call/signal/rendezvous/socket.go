package rendezvous

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
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
func openSocket(ctx context.Context, origin string, r request) (wire, error) {
	return road{dial: new(net.Dialer).DialContext}.openSocket(ctx, origin, r)
}

// road is how servers are reached.
type road struct {
	dial func(ctx context.Context, network, address string) (net.Conn, error)
	tls  *tls.Config // nil: as usual
}

func (v road) openSocket(ctx context.Context, origin string, r request) (wire, error) {
	address := "ws" + strings.TrimPrefix(origin, "http") + "/ws"
	if r.join != "" {
		address += "?join=" + r.join
	}
	protocols := []string{call.FrameProtocol}
	if r.first != "" {
		address += "&session=" + r.session
		protocols = append(protocols, r.first)
	}
	s := &socket{}
	transport := &http.Transport{
		Proxy: http.ProxyFromEnvironment,
		DialContext: func(dialling context.Context, network, address string) (net.Conn, error) {
			var err error
			if s.tcp, err = v.dial(dialling, network, address); err != nil {
				return nil, err
			}
			return r.allowed(ctx, s.tcp)
		},
		DialTLSContext: func(dialling context.Context, network, address string) (net.Conn, error) {
			var err error
			if s.tcp, err = v.dial(dialling, network, address); err != nil {
				return nil, err
			}
			conn, err := v.secure(dialling, s.tcp, address)
			if err != nil {
				return nil, errors.Join(err, s.tcp.Close())
			}
			return r.allowed(ctx, conn)
		},
		TLSClientConfig:   v.tls, // behind a proxy
		DisableKeepAlives: true,
	}
	var err error
	var answer *http.Response
	s.conn, answer, err = websocket.Dial(ctx, address, &websocket.DialOptions{
		HTTPClient:   &http.Client{Transport: transport, CheckRedirect: stay},
		Subprotocols: protocols,
	})
	if err != nil {
		err = explain(err, answer, hostOf(origin))
		if answer != nil && answer.StatusCode/100 == 4 && answer.StatusCode != http.StatusTooManyRequests {
			err = fmt.Errorf("%w (%w)", err, errNotLetThrough)
		}
		return nil, err
	}
	if s.conn.Subprotocol() != call.FrameProtocol {
		return nil, errors.Join(fmt.Errorf("%s answers, but it is no rendezvous of Parley; check the link", hostOf(origin)), s.conn.CloseNow())
	}
	s.conn.SetReadLimit(call.MaxFrame)
	return s, nil
}

// secure makes sure who a server is.
func (v road) secure(ctx context.Context, tcp net.Conn, address string) (net.Conn, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if v.tls != nil {
		config = v.tls.Clone()
	}
	config.ServerName = host
	conn := tls.Client(tcp, config)
	return conn, conn.HandshakeContext(ctx)
}

// errNotLetThrough marks the word of a server, or of something in front of it,
// that a request cannot be as it was.
var errNotLetThrough = errors.New("the request is not understood there")

// stay keeps a server from sending the call elsewhere.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

func hostOf(origin string) string {
	_, host, _ := strings.Cut(origin, "://")
	return host
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
