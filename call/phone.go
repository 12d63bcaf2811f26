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
	// Welcome is asked whether a call may ring, before anything is made for it;
	// nil lets all. It must not block, and comes from a call's goroutine.
	Welcome func(Caller) Welcome
	Port    int // where calls are taken, as the other side is told; 0: nowhere
	Timing  Timing
	Log     *slog.Logger
	// Policy knows machines again.
	Policy Policy
}

// Phone makes and takes calls, one at a time. A second caller is told that it
// is busy. It owns the sessions, the goroutines that accept links, and one that
// tells the events.
type Phone struct {
	cfg PhoneConfig

	mu       sync.Mutex
	current  *Session
	calling  bool     // current was made here and is not answered yet
	held     *Session // an incoming call that waits for current: see glare.go
	heldID   string
	arrived  map[string]*Session // incoming calls by the ID that their first message has
	promised *promise            // current was refused for a call that is to come
	past     []string            // IDs of the incoming calls that ended last
	missed   []string            // and of those that were told as missed: a call may come over several links
	last     Event
	watchers map[int]*watcher
	nextID   int
	waiting  int // incoming links that are alive
	closed   bool

	ctx    context.Context
	cancel context.CancelFunc
	wait   sync.WaitGroup

	events *mailbox[told]
	over   chan struct{} // closed when there are no more events
	told   chan struct{} // closed when all are told
	once   sync.Once
}

// ErrBusy is returned by a Phone that is in a call already.
var ErrBusy = errors.New("there is a call already; hang up first")

// NewPhone returns a phone that can dial; Listen makes it reachable.
func NewPhone(cfg PhoneConfig) *Phone {
	if cfg.Timing == (Timing{}) {
		cfg.Timing = DefaultTiming
	}
	ctx, cancel := context.WithCancel(context.Background())
	p := &Phone{
		cfg: cfg, ctx: ctx, cancel: cancel, watchers: map[int]*watcher{}, arrived: map[string]*Session{},
		events: newMailbox[told](), over: make(chan struct{}), told: make(chan struct{}),
	}
	go p.tellAll()
	return p
}

// told is an event on its way to those who watch: the call's, or that it was
// missed. One for a newcomer is the newest one again.
type told struct {
	Event
	missed   bool
	newcomer *watcher
}

// watcher hears of one of both.
type watcher struct {
	f      func(Event)
	missed bool
	heard  bool // something
}

// Watch has f called with every event from now on, in order; f must not block.
// Of a call that goes on already the newest one comes first: a guest who waited
// may ring before whoever watches is there. stop ends that.
func (p *Phone) Watch(f func(Event)) (stop func()) { return p.watch(f, false) }

func (p *Phone) watch(f func(Event), missed bool) (stop func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	id := p.nextID
	p.nextID++
	w := &watcher{f: f, missed: missed}
	p.watchers[id] = w
	if !missed {
		p.events.put(told{newcomer: w})
	}
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
		cfg.Dial, cfg.Manner = p.cfg.Dialer.Dial, mannerOf(p.cfg.Dialer, address)
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
	p.current, p.calling = s, true
	p.wait.Go(func() { <-s.Done() })
	return nil
}

// outgoing passes on the events of a call that was made here, and decides
// about the one that it held. *s is written and read under p.mu.
func (p *Phone) outgoing(s **Session, e Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.calling = e.State == Dialing || e.State == Ringing
	switch {
	case p.calling:
		p.events.put(told{Event: e})
	case e.State != Ended:
		p.events.put(told{Event: e})
		p.dropHeld()
	default:
		p.outgoingEnded(e, (*s).glare)
	}
}

// outgoingEnded lets the call that was held take the place of the one that
// ended. p.mu is held.
func (p *Phone) outgoingEnded(e Event, glare string) {
	ended := p.current
	p.current = nil
	if p.closed {
		p.dropHeld()
	}
	held := p.held
	p.held = nil
	switch {
	case held != nil && provesGlare(glare, p.heldID, e.Session):
		p.current = held // of the call that ended nobody needs to hear
		held.inbox.put(agree)
	case held != nil:
		p.events.put(told{Event: e})
		p.current = held
		held.inbox.put(ringHeld)
	case glare != "" && !p.closed:
		p.current = ended // still in the way of others
		p.await(e, glare)
	default:
		p.events.put(told{Event: e})
	}
}

// dropHeld tells the call that waits that there is another. p.mu is held.
func (p *Phone) dropHeld() {
	if p.held != nil {
		p.held.inbox.put(refuse)
		p.held = nil
	}
}

func (p *Phone) session(id, address string) SessionConfig {
	return SessionConfig{
		ID: id, Me: CleanName(p.cfg.Me()), Address: address, NewPeer: p.cfg.NewPeer,
		Media: p.cfg.Media, Timing: p.cfg.Timing, Port: p.cfg.Port, Policy: p.cfg.Policy,
		Log: p.cfg.Log.With("session", shortID(id), "address", Shown(address)),
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

// maxWaiting bounds the links that have not said what they want: more than one
// machine may open at once.
const maxWaiting = 48

// incoming hears what a link wants, before anything is made for it.
func (p *Phone) incoming(link Link) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed || p.waiting >= maxWaiting {
		p.wait.Go(func() { closeLink(link, p.cfg.Log) })
		return
	}
	p.waiting++
	p.wait.Go(func() {
		p.greet(link)
		p.mu.Lock()
		defer p.mu.Unlock()
		p.waiting--
	})
}

// greet waits for a link's first message: it goes on with the call that there
// is, or begins one.
func (p *Phone) greet(link Link) {
	ctx, cancel := context.WithTimeout(p.ctx, p.cfg.Timing.Dial)
	first, err := link.Receive(ctx)
	cancel()
	switch {
	case err == nil && first.Type == Resume:
		p.resume(link, first.Session)
	case err == nil:
		p.begin(link, first)
	default:
		p.cfg.Log.Debug("a link said nothing that is understood", "from", link.From(), "err", err)
		if errors.Is(err, ErrMessage) {
			p.tellOff(link, noSession, Broken)
		}
		closeLink(link, p.cfg.Log)
	}
}

// tellOff says good-bye over a link that belongs to no session.
func (p *Phone) tellOff(link Link, session string, why Reason) {
	ctx, cancel := context.WithTimeout(p.ctx, goodbye)
	defer cancel()
	if err := link.Send(ctx, Message{Type: Bye, Session: session, Reason: why}); err != nil {
		p.cfg.Log.Debug("not told", "err", err)
	}
}

// resume hands a link to the call that goes on over it.
func (p *Phone) resume(link Link, id string) {
	p.mu.Lock()
	s := p.current
	p.mu.Unlock()
	if s != nil && s.is(id) {
		back := linkBack{link, make(chan bool, 1)}
		s.inbox.put(back)
		select {
		case taken := <-back.taken:
			if taken {
				return
			}
		case <-s.Done():
		}
	}
	p.tellOff(link, id, Lost)
	closeLink(link, p.cfg.Log)
}

// begin begins a call, unless its caller has opened another link for it before:
// of several that say hello at once one begins it, and the others join.
func (p *Phone) begin(link Link, first Message) {
	p.mu.Lock()
	if s := p.same(first.Session); s != nil {
		p.mu.Unlock()
		if s.joins(link) {
			return
		}
		p.mu.Lock()
	}
	s := p.take(link, first)
	p.mu.Unlock()
	select {
	case <-s.Done():
	case <-p.ctx.Done():
		s.HangUp()
		<-s.Done()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.arrived[first.Session] == s {
		delete(p.arrived, first.Session)
	}
}

// same is the incoming call with an ID, admitted or not, if there is one. p.mu
// is held.
func (p *Phone) same(id string) *Session {
	for _, s := range []*Session{p.held, p.current} {
		if s != nil && s.incoming && s.is(id) {
			return s
		}
	}
	return p.arrived[id]
}

// joins hands the call a link that was opened for it beside another one.
func (s *Session) joins(link Link) bool {
	beside := linkBeside{link, make(chan bool, 1)}
	s.inbox.put(beside)
	select {
	case taken := <-beside.taken:
		return taken
	case <-s.Done():
		return false
	}
}

// take starts a session on a link. It becomes the current one when its offer is
// admitted; until then it blocks nobody. p.mu is held.
func (p *Phone) take(link Link, first Message) *Session {
	a := &arrival{}
	cfg := p.session("", link.From())
	cfg.Dial = p.cfg.Dialer.Dial
	cfg.admit = func(id string) (verdict, string) { return p.admit(a, id) }
	cfg.Notify = func(e Event) { p.incomingEvent(a, e) }
	s := TakeCall(cfg, link, first)
	a.session = s
	if id := first.Session; id != "" && p.arrived[id] == nil {
		p.arrived[id] = s
	}
	return s
}

// tellAll tells the events one by one, in order, until the phone is closed.
func (p *Phone) tellAll() {
	defer close(p.told)
	for {
		select {
		case <-p.events.signal:
			p.tell(p.events.take())
		case <-p.over:
			p.tell(p.events.take())
			return
		}
	}
}

func (p *Phone) tell(events []told) {
	for _, t := range events {
		if t.newcomer != nil {
			t.Event = p.Last()
		}
		for _, f := range p.keep(t) {
			f(t.Event)
		}
	}
}

// keep notes the newest event and returns who is to hear of it.
func (p *Phone) keep(t told) []func(Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if t.newcomer != nil && (t.newcomer.heard || t.State == Idle || t.State == Ended) {
		return nil
	}
	if !t.missed {
		p.last = t.Event
	}
	watchers := make([]func(Event), 0, len(p.watchers))
	for id := range p.nextID {
		w := p.watchers[id]
		if w == nil || w.missed != t.missed || t.newcomer != nil && t.newcomer != w {
			continue
		}
		w.heard = true
		watchers = append(watchers, w.f)
	}
	return watchers
}

// Accept, Decline and HangUp act on the current call, if there is one.
func (p *Phone) Accept() { p.do((*Session).Accept) }

// GoOn lets a call go on with a machine that is not the one of before.
func (p *Phone) GoOn() { p.do((*Session).GoOn) }

// Decline refuses the call that rings.
func (p *Phone) Decline() { p.do((*Session).Decline) }

// HangUp ends the current call.
func (p *Phone) HangUp() {
	p.mu.Lock()
	if p.promised != nil {
		p.giveUp()
	}
	p.mu.Unlock()
	p.do((*Session).HangUp)
}

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
	p.once.Do(func() { close(p.over) })
	<-p.told
	return nil
}
