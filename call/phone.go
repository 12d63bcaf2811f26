package call

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"sync"
)

// PhoneConfig is what a Phone is made of.
type PhoneConfig struct {
	Me      func() string // the name to show, asked for at each call
	Dialer  Dialer
	NewPeer NewPeer
	Media   PeerMedia
	// Mirror and MirrorPeer make the far end of a call to oneself.
	Mirror     func() PeerMedia
	MirrorPeer NewPeer
	Timing     Timing
	Log        *slog.Logger
}

// Phone makes and takes calls, one at a time. A second caller is told that it
// is busy. It owns the sessions and the goroutines that accept links.
type Phone struct {
	cfg PhoneConfig

	mu       sync.Mutex
	current  *Session
	last     Event
	watchers map[int]func(Event)
	nextID   int
	waiting  int // incoming links that are alive
	closed   bool

	ctx    context.Context
	cancel context.CancelFunc
	wait   sync.WaitGroup
}

// ErrBusy is returned by a Phone that is in a call already.
var ErrBusy = errors.New("there is a call already; hang up first")

// NewPhone returns a phone that can dial; Listen makes it reachable.
func NewPhone(cfg PhoneConfig) *Phone {
	if cfg.Timing == (Timing{}) {
		cfg.Timing = DefaultTiming
	}
	ctx, cancel := context.WithCancel(context.Background())
	return &Phone{cfg: cfg, ctx: ctx, cancel: cancel, watchers: map[int]func(Event){}}
}

// Watch has f called with every event from now on, in order; f must not block.
// stop ends that.
func (p *Phone) Watch(f func(Event)) (stop func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	id := p.nextID
	p.nextID++
	p.watchers[id] = f
	return func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		delete(p.watchers, id)
	}
}

// Last is the newest event.
func (p *Phone) Last() Event {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.last
}

// Dial calls an address.
func (p *Phone) Dial(address string) error {
	return p.start(address, func(cfg SessionConfig) *Session {
		return StartCall(cfg, func(ctx context.Context) (Link, error) {
			return p.cfg.Dialer.Dial(ctx, address)
		})
	})
}

// DialSelf calls this very program: a real call through the real codecs and a
// real peer connection, whose far end sends everything back.
func (p *Phone) DialSelf() error {
	near, far := Pipe()
	return p.start("this machine", func(cfg SessionConfig) *Session {
		cfg.Loopback = true
		mirror := cfg
		mirror.Media, mirror.NewPeer = p.cfg.Mirror(), p.cfg.MirrorPeer
		var echo *Session
		ready := make(chan struct{})
		mirror.Notify = func(e Event) {
			if e.State == Ringing {
				<-ready
				echo.Accept()
			}
		}
		echo = TakeCall(mirror, far)
		close(ready)
		p.wait.Go(func() { <-echo.Done() })
		return StartCall(cfg, func(context.Context) (Link, error) { return near, nil })
	})
}

// start makes a session the current one, unless there is one already.
func (p *Phone) start(address string, begin func(SessionConfig) *Session) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed || p.current != nil {
		return ErrBusy
	}
	var s *Session
	cfg := p.session(rand.Text(), address)
	cfg.Notify = func(e Event) { p.outgoing(&s, e) }
	s = begin(cfg)
	p.current = s
	p.wait.Go(func() { <-s.Done() })
	return nil
}

// outgoing passes on the events of a call that was made here. *s is written
// and read under p.mu.
func (p *Phone) outgoing(s **Session, e Event) {
	p.mu.Lock()
	if e.State == Ended && p.current == *s {
		p.current = nil
	}
	p.mu.Unlock()
	p.tell(e)
}

func (p *Phone) session(id, address string) SessionConfig {
	return SessionConfig{
		ID: id, Me: CleanName(p.cfg.Me()), Address: address, NewPeer: p.cfg.NewPeer,
		Media: p.cfg.Media, Timing: p.cfg.Timing,
		Log: p.cfg.Log.With("session", shortID(id), "address", address),
	}
}

// shortID is enough of a session's ID to tell calls apart in a log.
func shortID(id string) string {
	if len(id) > 6 {
		return id[:6]
	}
	return id
}

// Listen takes calls from l until Close. It may be called for several
// listeners.
func (p *Phone) Listen(l Listener) {
	p.wait.Go(func() {
		<-p.ctx.Done()
		if err := l.Close(); err != nil {
			p.cfg.Log.Debug("closing a listener", "err", err)
		}
	})
	p.wait.Go(func() {
		for {
			link, err := l.Accept(p.ctx)
			if err != nil {
				if !errors.Is(err, ErrLinkClosed) && p.ctx.Err() == nil {
					p.cfg.Log.Error("no more calls can come in", "err", err)
				}
				return
			}
			p.incoming(link)
		}
	})
}

// maxWaiting bounds the links that have not said what they want.
const maxWaiting = 16

// incoming starts a session on a link. It becomes the current one when its
// offer rings; until then a silent link blocks nobody.
func (p *Phone) incoming(link Link) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed || p.waiting >= maxWaiting {
		p.wait.Go(func() { link.Close() })
		return
	}
	var s *Session
	cfg := p.session("", link.From())
	cfg.Notify = func(e Event) { p.ring(&s, e) }
	s = TakeCall(cfg, link)
	p.waiting++
	p.wait.Go(func() {
		select {
		case <-s.Done():
		case <-p.ctx.Done():
			s.HangUp()
			<-s.Done()
		}
		p.mu.Lock()
		defer p.mu.Unlock()
		p.waiting--
	})
}

// ring passes on the events of an incoming call, and refuses it while there is
// another. *s is written and read under p.mu.
func (p *Phone) ring(s **Session, e Event) {
	p.mu.Lock()
	if p.current == nil && e.State == Ringing && !p.closed {
		p.current = *s
	}
	mine := p.current == *s
	if mine && e.State == Ended {
		p.current = nil
	}
	p.mu.Unlock()
	switch {
	case mine:
		p.tell(e)
	case e.State == Ringing:
		(*s).refuse()
	}
}

// tell keeps and passes on an event.
func (p *Phone) tell(e Event) {
	p.mu.Lock()
	p.last = e
	watchers := make([]func(Event), 0, len(p.watchers))
	for id := range p.nextID {
		if f := p.watchers[id]; f != nil {
			watchers = append(watchers, f)
		}
	}
	p.mu.Unlock()
	for _, f := range watchers {
		f(e)
	}
}

// Accept, Decline and HangUp act on the current call, if there is one.
func (p *Phone) Accept() { p.do((*Session).Accept) }

// Decline refuses the call that rings.
func (p *Phone) Decline() { p.do((*Session).Decline) }

// HangUp ends the current call.
func (p *Phone) HangUp() { p.do((*Session).HangUp) }

func (p *Phone) do(f func(*Session)) {
	p.mu.Lock()
	s := p.current
	p.mu.Unlock()
	if s != nil {
		f(s)
	}
}

// Close hangs up, stops taking calls, and waits. It is idempotent.
func (p *Phone) Close() error {
	p.mu.Lock()
	p.closed = true
	p.mu.Unlock()
	p.HangUp()
	p.cancel()
	p.wait.Wait()
	return nil
}
