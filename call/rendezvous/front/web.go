package front

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// Web is one HTTP server on one socket. Its owner calls Close.
type Web struct {
	server *http.Server
	done   chan error
}

// What a client may take before it has said what it wants.
const (
	headerTimeout = 5 * time.Second
	answerTimeout = 30 * time.Second
	idleTimeout   = time.Minute
	maxHeader     = 8 << 10
)

// Serve starts one; secure may be nil.
func Serve(l net.Listener, h http.Handler, secure *tls.Config, log *slog.Logger) *Web {
	if secure != nil {
		h = strict(h)
	}
	w := &Web{done: make(chan error, 1), server: &http.Server{
		Handler: h, TLSConfig: secure, MaxHeaderBytes: maxHeader,
		ReadHeaderTimeout: headerTimeout, ReadTimeout: answerTimeout, WriteTimeout: answerTimeout, IdleTimeout: idleTimeout,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}}
	go func() {
		if secure != nil {
			w.done <- w.server.ServeTLS(l, "", "")
			return
		}
		w.done <- w.server.Serve(l)
	}()
	return w
}

// strict has browsers use nothing but HTTPS from now on.
func strict(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Strict-Transport-Security", "max-age=31536000")
		h.ServeHTTP(w, r)
	})
}

// Failed delivers the error with which serving ended by itself.
func (w *Web) Failed() <-chan error { return w.done }

// Close accepts no more and waits, for a moment, for answers under way. Open
// WebSockets are their server's affair.
func (w *Web) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	err := w.server.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		return w.server.Close()
	}
	return err
}
