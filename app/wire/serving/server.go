package serving

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"parley/assets"
	"parley/call/rendezvous"
	"parley/call/rendezvous/front"
	"parley/call/rendezvous/nats"
	"parley/call/rendezvous/spaces"
)

// followEvery is how soon a change of a file is noticed.
const followEvery = 2 * time.Second

// server is a running one: config / parts / owned goroutines.
type server struct {
	options Options
	log     *slog.Logger

	sockets    *front.Sockets
	book       *spaces.Book
	nats       *nats.Bus // nil: this server alone
	rendezvous *rendezvous.Server
	webs       []*front.Web
	relaying   relaying
	certified  sync.Once
	secure     *tls.Config // nil: plain
	failed     chan error

	ctx  context.Context
	stop context.CancelFunc
	wait sync.WaitGroup
}

// start opens everything. Close what it returns, an error or not.
func start(o Options) (*server, error) {
	s := &server{options: o, log: o.Log, failed: make(chan error, 4)}
	s.ctx, s.stop = context.WithCancel(context.Background())
	if err := o.check(); err != nil {
		return s, err
	}
	for _, step := range []func() error{s.inherit, s.openBook, s.openRelay, s.openRendezvous, s.listen, s.listenMetrics} {
		if err := step(); err != nil {
			return s, err
		}
	}
	return s, s.sockets.Drop()
}

func (s *server) inherit() (err error) {
	s.sockets, err = front.Inherit()
	return err
}

func (s *server) openBook() (err error) {
	s.book, err = spaces.Open(Spaces(s.options.Folder))
	return err
}

func (s *server) openRendezvous() error {
	o := s.options
	open, err := o.open(s.book.Len())
	if err != nil {
		return err
	}
	bus, err := s.bus()
	if err != nil {
		return err
	}
	s.rendezvous, err = rendezvous.New(rendezvous.Config{
		Bus:  bus,
		Open: open, Spaces: s.book, Own: rendezvous.Space{Title: o.Name}, Servers: s.relaying.issuer.Servers, Relayed: s.relaying.used,
		Page: assets.Guest, Proxies: o.Proxies, Version: o.Version, Log: s.log,
		Limits: rendezvous.Limits{Connections: o.MaxConnections, ConnectionsPerAddress: o.MaxPerAddress},
	})
	if err != nil {
		return err
	}
	if s.relaying.figures != nil {
		if err := s.rendezvous.Register(s.relaying.figures); err != nil {
			return err
		}
	}
	s.wait.Go(func() { s.book.Follow(s.ctx, followEvery, s.log, s.rendezvous.Recheck) })
	s.log.Info("who may open slots", "everybody", open, "spaces", s.book.Len())
	return nil
}

// bus is what several servers are one by.
func (s *server) bus() (rendezvous.Bus, error) {
	if s.options.NATS == "" {
		return nil, nil
	}
	name, err := os.Hostname()
	if err != nil {
		s.log.Debug("this machine has no name", "err", err)
	}
	s.nats, err = nats.Connect(s.options.NATS, nats.Options{Name: name, Log: s.log})
	return s.nats, err
}

func (s *server) listen() error {
	secure, err := s.tls()
	if err != nil {
		return err
	}
	return s.serve(s.options.listen(), s.rendezvous.Handler(), secure)
}

func (s *server) listenMetrics() error {
	if s.options.Metrics == "" {
		return nil
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", s.rendezvous.Metrics())
	return s.serve(s.options.Metrics, mux, nil)
}

// tls is the server's certificate, asked for by all that shows it.
func (s *server) tls() (*tls.Config, error) {
	var err error
	s.certified.Do(func() { s.secure, err = s.certify() })
	return s.secure, err
}

func (s *server) certify() (*tls.Config, error) {
	o := s.options
	switch {
	case o.Cert != "":
		c, err := front.LoadCertificate(o.Cert, o.Key)
		if err != nil {
			return nil, err
		}
		s.wait.Go(func() { c.Follow(s.ctx, followEvery, s.log) })
		return c.TLS(), nil
	case len(o.ACME) > 0:
		a := front.NewACME(filepath.Join(o.Folder, "acme"), o.ACMEURL, nil, o.ACME...)
		if err := s.serve(":80", a.Port80(), nil); err != nil {
			s.log.Info("port 80 is not answered; the authority has to reach port 443", "err", err)
		}
		return a.TLS(), nil
	}
	return nil, nil
}

func (s *server) serve(address string, h http.Handler, secure *tls.Config) error {
	l, err := s.sockets.Listen(address)
	if err != nil {
		return err
	}
	w := front.Serve(l, h, secure, s.log)
	s.webs = append(s.webs, w)
	s.wait.Go(func() {
		select {
		case err := <-w.Failed():
			s.failed <- err
		case <-w.Closed():
		}
	})
	s.log.Info("listening", "on", l.Addr(), "tls", secure != nil)
	if s.options.Started != nil {
		s.addresses(address, l.Addr())
	}
	return nil
}

// addresses tells what a port of 0 became.
func (s *server) addresses(asked string, got net.Addr) {
	if asked == s.options.Metrics {
		s.options.Started("", got.String())
		return
	}
	if asked == s.options.listen() {
		s.options.Started(got.String(), "")
	}
}

// closeWebs accepts no more.
func (s *server) closeWebs() (err error) {
	for _, w := range s.webs {
		err = errors.Join(err, w.Close())
	}
	s.webs = nil
	return err
}

func (s *server) close() error {
	s.stop()
	err := s.closeWebs()
	if s.rendezvous != nil {
		err = errors.Join(err, s.rendezvous.Close())
	}
	if s.nats != nil {
		err = errors.Join(err, s.nats.Close())
	}
	s.wait.Wait()
	return errors.Join(err, s.relaying.close())
}
