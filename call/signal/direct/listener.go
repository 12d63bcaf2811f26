package direct

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"sync"
	"time"

	"github.com/coder/websocket"

	"parley/call"
)

// Listener is the callee's own server. It owns the HTTP server's goroutines;
// Close ends them and waits.
type Listener struct {
	tcp    *split
	server *http.Server
	links  chan *link
	done   chan struct{}
	once   sync.Once
	wait   sync.WaitGroup
}

// Limits on those who connect: a caller needs one connection and says what it
// wants at once.
const (
	headerTimeout  = 5 * time.Second
	maxConnections = 64
	maxFromOne     = 16 // of them; a caller on a bad path dials again and again
)

// tcpKey finds a request's connection in its context.
type tcpKey struct{}

// ErrPortTaken is wrapped by Listen where another program has the port.
var ErrPortTaken = errors.New("the port is taken")

// Listen serves on a TCP port of all addresses; port 0 lets the system choose.
func Listen(port int, log *slog.Logger) (*Listener, error) {
	tcp, err := net.Listen("tcp", net.JoinHostPort("", strconv.Itoa(port)))
	if err != nil {
		if portTaken(err) {
			return nil, fmt.Errorf("%w: TCP port %d is used by another program, perhaps another Parley; end it or choose another port", ErrPortTaken, port)
		}
		return nil, fmt.Errorf("TCP port %d cannot be opened: %w", port, err)
	}
	return serve(tcp, log), nil
}

// serve takes calls that come in over a listener.
func serve(tcp net.Listener, log *slog.Logger) *Listener {
	l := &Listener{tcp: newSplit(newLimited(tcp, maxConnections, maxFromOne)), links: make(chan *link), done: make(chan struct{})}
	mux := http.NewServeMux()
	mux.HandleFunc(path, l.serve)
	l.server = &http.Server{
		Handler: mux, ReadTimeout: headerTimeout, MaxHeaderBytes: 8<<10 + call.MaxFirst,
		ConnContext: func(ctx context.Context, c net.Conn) context.Context { return context.WithValue(ctx, tcpKey{}, c) },
		ErrorLog:    slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
	l.server.SetKeepAlivesEnabled(false) // an idle connection would take a caller's place
	l.wait.Go(func() {
		if err := l.server.Serve(l.tcp.http); !errors.Is(err, http.ErrServerClosed) {
			log.Error("no more calls can come in", "err", err)
		}
	})
	return l
}

// Port is the TCP port that is served.
func (l *Listener) Port() int { return l.tcp.Addr().(*net.TCPAddr).Port }

// Media is where connections arrive that carry a call's media, where UDP is
// blocked. It ends with the Listener, whoever closes it.
func (l *Listener) Media() net.Listener { return l.tcp.media }

// serve takes one caller. A page of another origin is refused by the library:
// no web page may ring this machine.
func (l *Listener) serve(w http.ResponseWriter, r *http.Request) {
	first, err := call.DecodeFirst(r.Header.Get(firstHeader))
	if err != nil {
		http.Error(w, "what is said first is not understood", http.StatusBadRequest)
		return
	}
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{Subprotocols: []string{protocol}})
	if err != nil {
		return // the library has answered
	}
	tcp := r.Context().Value(tcpKey{}).(net.Conn)
	link := newLink(conn, tcp, netip.AddrPort{}, remoteHost(r.RemoteAddr))
	link.first = first
	select {
	case l.links <- link:
		<-link.done // the request lasts as long as the link
	case <-l.done:
	case <-time.After(headerTimeout): // nobody accepts
	}
	_ = link.Close() // closed already, or given up
}

func remoteHost(addr string) string {
	ap, err := netip.ParseAddrPort(addr)
	if err != nil {
		return addr
	}
	return ap.Addr().Unmap().String()
}

// Accept satisfies call.Listener.
func (l *Listener) Accept(ctx context.Context) (call.Link, error) {
	select {
	case link := <-l.links:
		return link, nil
	case <-l.done:
		return nil, call.ErrLinkClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Close stops taking calls. Links that were accepted live on.
func (l *Listener) Close() error {
	var err error
	l.once.Do(func() {
		close(l.done)
		err = l.server.Close()
		l.wait.Wait()
	})
	return err
}
