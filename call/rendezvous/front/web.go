package front

import (
	"crypto/tls"
	"errors"
	stdlog "log"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

// Web is one HTTP server on one socket. Its owner calls Close.
type Web struct {
	server   *http.Server
	socket   net.Listener
	failed   chan error
	returned chan struct{} // when no connection can come in any more
	closing  atomic.Bool
	busy     busy
}

// What a client may take before it has said what it wants.
const (
	headerTimeout = 5 * time.Second
	answerTimeout = 30 * time.Second
	idleTimeout   = time.Minute
	lastAnswers   = 3 * time.Second // for those that came in before it closes
	maxHeader     = 8 << 10
)

// Serve starts one; secure may be nil.
func Serve(l net.Listener, h http.Handler, secure *tls.Config, log *slog.Logger) *Web {
	if secure != nil {
		h = strict(h)
	}
	w := &Web{socket: l, failed: make(chan error, 1), returned: make(chan struct{}), busy: busy{conns: map[net.Conn]bool{}}, server: &http.Server{
		Handler: h, TLSConfig: secure, MaxHeaderBytes: maxHeader,
		ReadHeaderTimeout: headerTimeout, ReadTimeout: answerTimeout, WriteTimeout: answerTimeout, IdleTimeout: idleTimeout,
		ErrorLog: stdlog.New(discreet{log}, "", 0),
	}}
	w.server.ConnState = w.busy.state
	go w.run(secure != nil)
	return w
}

func (w *Web) run(secure bool) {
	defer close(w.returned)
	serve := w.server.Serve
	if secure {
		serve = func(l net.Listener) error { return w.server.ServeTLS(l, "", "") }
	}
	if err := serve(w.socket); !w.closing.Load() {
		w.failed <- err
	}
}

// strict has browsers use nothing but HTTPS from now on.
func strict(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Strict-Transport-Security", "max-age=31536000")
		h.ServeHTTP(w, r)
	})
}

// Failed delivers the error with which serving ended by itself.
func (w *Web) Failed() <-chan error { return w.failed }

// Closed is closed once no connection can come in any more.
func (w *Web) Closed() <-chan struct{} { return w.returned }

// Close accepts no more and waits, for a moment, until all who came in have
// their answer. Open WebSockets are their server's affair.
func (w *Web) Close() error {
	w.closing.Store(true)
	err := w.socket.Close()
	<-w.returned
	w.server.SetKeepAlivesEnabled(false)
	timer := time.NewTimer(lastAnswers)
	defer timer.Stop()
	select {
	case <-w.busy.wait():
	case <-timer.C:
	}
	return errors.Join(err, w.server.Close())
}
