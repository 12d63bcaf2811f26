package call

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"
)

// Timing is how long a session waits for what.
type Timing struct {
	Dial    time.Duration // to reach the other side's program
	Ring    time.Duration // for a person to answer
	Connect time.Duration // from the answer to media
	Lost    time.Duration // from the first sign of silence to giving up
}

// DefaultTiming ends a call within 10 s of the other side's vanishing: the
// transport notices after about 2 s, and Lost follows.
var DefaultTiming = Timing{Dial: 10 * time.Second, Ring: 60 * time.Second, Connect: 15 * time.Second, Lost: 7 * time.Second}

// lostWithLink replaces Timing.Lost when signalling is gone as well, and is
// how long a closed peer connection waits for the bye that explains it.
const lostWithLink = time.Second

// SessionConfig is what a session is made of.
type SessionConfig struct {
	ID       string // proposed by the caller; the callee takes the caller's
	Me       string // the name that the other side is shown
	Address  string // what is dialled, or where the link comes from
	Loopback bool
	NewPeer  NewPeer
	Media    PeerMedia
	Timing   Timing
	Log      *slog.Logger
	// Notify hears every change, in order, from the session's goroutine; it
	// must not block.
	Notify func(Event)
	// admit is asked about a call that comes in, by its ID, before anything is
	// made for it; nil rings. It is called like Notify.
	admit func(id string) (verdict, string)
}

// Session is one call, from dialling or ringing to its end. One goroutine
// (run) owns its state; everything else posts to its inbox.
type Session struct {
	cfg SessionConfig
	ctx context.Context

	// State, owned by run.
	state    State
	incoming bool
	id       string
	them     string
	link     Link
	linkLost bool
	peer     Peer
	offer    string
	held     bool        // an offer waits for the verdict of another call
	agreed   bool        // accepted beforehand: see glare.go
	greeted  bool        // their hello has come
	glare    string      // proof to be sent or received with a bye
	early    []Candidate // theirs, that came before they can be used
	found    []Candidate // ours, that came before the link
	tried    int         // candidates of theirs that were used
	reason   Reason
	detail   error
	timer    *time.Timer

	inbox  *mailbox[any]
	outbox *mailbox[Message]
	cancel context.CancelFunc
	wait   sync.WaitGroup // the goroutines that run started, but for the writer
	writer sync.WaitGroup
	last   chan struct{} // closed when the outbox gets nothing more
	done   chan struct{}
}

// What is posted to a session's inbox besides Message and PeerEvent.
type (
	linkUp   struct{ link Link }
	linkDown struct{ err error }
	command  int
)

const (
	accept command = iota
	decline
	hangUp
	refuse
	ringHeld
	agree
)

// StartCall dials and calls; the session ends itself when nobody is reached.
func StartCall(cfg SessionConfig, dial func(context.Context) (Link, error)) *Session {
	s := newSession(cfg)
	s.wait.Go(func() {
		ctx, cancel := context.WithTimeout(s.ctx, cfg.Timing.Dial)
		defer cancel()
		link, err := dial(ctx)
		if err != nil {
			s.inbox.put(linkDown{err})
			return
		}
		s.inbox.put(linkUp{link})
	})
	go s.run()
	return s
}

// TakeCall waits on a link for an offer, and rings when it comes.
func TakeCall(cfg SessionConfig, link Link) *Session {
	s := newSession(cfg)
	s.incoming = true
	s.inbox.put(linkUp{link})
	go s.run()
	return s
}

func newSession(cfg SessionConfig) *Session {
	ctx, cancel := context.WithCancel(context.Background())
	return &Session{
		cfg: cfg, ctx: ctx, cancel: cancel, id: cfg.ID,
		inbox: newMailbox[any](), outbox: newMailbox[Message](),
		last: make(chan struct{}), done: make(chan struct{}),
	}
}

// Accept answers a ringing call. It does nothing in any other state.
func (s *Session) Accept() { s.inbox.put(accept) }

// Decline refuses a ringing call.
func (s *Session) Decline() { s.inbox.put(decline) }

// HangUp ends the call whatever its state.
func (s *Session) HangUp() { s.inbox.put(hangUp) }

// refuse tells a second caller that there is a call already.
func (s *Session) refuse() { s.inbox.put(refuse) }

// Done is closed when the session has ended and let go of everything.
func (s *Session) Done() <-chan struct{} { return s.done }

// run owns the session until it ends.
func (s *Session) run() {
	defer close(s.done)
	s.timer = time.NewTimer(s.cfg.Timing.Dial + time.Second)
	if !s.incoming {
		s.step(inDial)
		s.prepareOffer()
	}
	for s.state != Ended {
		select {
		case <-s.inbox.signal:
			for _, item := range s.inbox.take() {
				if s.state != Ended {
					s.handle(item)
				} else if up, ok := item.(linkUp); ok {
					s.link = up.link // came too late, to be closed
				}
			}
		case <-s.timer.C:
			s.timeout()
		}
	}
	s.cleanUp()
	s.notify()
}

func (s *Session) handle(item any) {
	switch item := item.(type) {
	case linkUp:
		s.onLink(item.link)
	case linkDown:
		s.onLinkDown(item.err)
	case Message:
		s.onMessage(item)
	case PeerEvent:
		s.onPeer(item)
	case command:
		s.onCommand(item)
	}
}

// cleanUp lets go of everything, after a last bye.
func (s *Session) cleanUp() {
	s.timer.Stop()
	if s.peer != nil {
		if err := s.peer.Close(); err != nil {
			s.cfg.Log.Warn("closing the peer connection", "err", err)
		}
	}
	s.sayLast()
	s.cancel()
	s.wait.Wait()
	for _, item := range s.inbox.take() {
		if up, ok := item.(linkUp); ok {
			s.link = up.link
		}
	}
	if s.link != nil {
		if err := s.link.Close(); err != nil && !errors.Is(err, ErrLinkClosed) {
			s.cfg.Log.Debug("closing the link", "err", err)
		}
	}
}

// goodbye is how long the last messages may take to be sent.
const goodbye = time.Second

// sayLast has the writer send what is left, bye included. The reader lives on
// until then: a WebSocket dies with a read that is given up.
func (s *Session) sayLast() {
	close(s.last)
	limit := time.AfterFunc(goodbye, s.cancel)
	s.writer.Wait()
	limit.Stop()
}

// step moves along the state table; false means that the input is refused.
func (s *Session) step(in input) bool {
	to, ok := s.state.next(in)
	if !ok {
		s.cfg.Log.Warn("refused in this state", "state", s.state, "input", int(in))
		return false
	}
	s.state = to
	switch to {
	case Ringing:
		s.timer.Reset(s.cfg.Timing.Ring)
	case Connecting:
		s.timer.Reset(s.cfg.Timing.Connect)
	case Connected:
		s.timer.Stop()
	case Reconnecting:
		s.timer.Reset(s.patience())
	}
	if to != Ended {
		s.notify()
	}
	return true
}

func (s *Session) patience() time.Duration {
	if s.linkLost {
		return lostWithLink
	}
	return s.cfg.Timing.Lost
}

func (s *Session) timeout() {
	switch s.state {
	case Idle:
		if s.held {
			s.end(Busy, nil)
			return
		}
		s.end(Broken, errors.New("no offer came in time"))
	case Dialing:
		s.end(Unreachable, errors.New("nothing came in time"))
	case Ringing:
		s.end(NoAnswer, nil)
	case Connecting:
		s.end(NoPath, nil)
	case Reconnecting:
		s.end(Lost, nil)
	}
}

// end ends the call and tells the other side why, as far as it can be told.
func (s *Session) end(reason Reason, detail error) {
	if s.state == Ended {
		return
	}
	if s.link != nil && !s.linkLost {
		s.outbox.put(Message{Type: Bye, Session: cmp.Or(s.id, noSession), Reason: reason, Glare: s.glare})
	}
	s.reason, s.detail = reason, detail
	s.step(inEnd)
}

// noSession stands for the session's ID in a bye that is sent before the ID is known.
const noSession = "none"

func (s *Session) notify() {
	if s.incoming && s.id == "" {
		return // a link that never became a call is nobody's concern
	}
	if s.agreed && s.state == Ringing {
		return // nobody is asked
	}
	them := s.them
	if them == "" {
		them = s.cfg.Address
	}
	s.cfg.Notify(Event{
		State: s.state, Incoming: s.incoming, Loopback: s.cfg.Loopback, Session: s.id,
		Them: them, Address: s.cfg.Address, Reason: s.reason, Detail: s.detail, At: time.Now(),
	})
}

// prepareOffer makes the peer connection while the link is still being dialled.
func (s *Session) prepareOffer() {
	if !s.makePeer() {
		return
	}
	offer, err := s.peer.Offer(s.ctx)
	if err != nil {
		s.end(Broken, fmt.Errorf("making the offer: %w", err))
		return
	}
	s.offer = offer
}

func (s *Session) makePeer() bool {
	peer, err := s.cfg.NewPeer(s.cfg.Media, func(e PeerEvent) { s.inbox.put(e) })
	if err != nil {
		s.end(Broken, fmt.Errorf("making the peer connection: %w", err))
		return false
	}
	s.peer = peer
	return true
}

func (s *Session) onCommand(c command) {
	switch {
	case c == accept && s.incoming && s.state == Ringing:
		s.answer()
	case c == refuse:
		s.end(Busy, nil)
	case c == ringHeld || c == agree:
		s.release(c == agree)
	case c == decline && s.incoming && s.state == Ringing:
		s.end(Declined, nil)
	case c == hangUp && s.state == Ringing && s.incoming:
		s.end(Declined, nil)
	case c == hangUp && (s.state == Dialing || s.state == Ringing):
		s.end(Cancelled, nil)
	case c == hangUp:
		s.end(HungUp, nil)
	}
}

// answer accepts the call. The answer is sent before media can flow.
func (s *Session) answer() {
	sdp, err := s.peer.Answer(s.ctx)
	if err != nil {
		s.end(Broken, fmt.Errorf("making the answer: %w", err))
		return
	}
	s.outbox.put(Message{Type: Answer, Session: s.id, SDP: sdp})
	s.step(inAccept)
}

func (s *Session) onPeer(e PeerEvent) {
	switch e.Kind {
	case PeerCandidate:
		s.sendCandidate(e.Candidate)
	case PeerConnected:
		if s.state == Connecting || s.state == Reconnecting {
			s.step(inPeerUp)
		}
	case PeerDisconnected:
		if s.state == Connected {
			s.step(inPeerDown)
		}
	case PeerFailed:
		s.onPeerFailed()
	}
}

// onPeerFailed waits a moment for the bye that explains it: the other side
// sends that first, but on another connection.
func (s *Session) onPeerFailed() {
	switch s.state {
	case Connected:
		s.step(inPeerDown)
		s.timer.Reset(lostWithLink)
	case Reconnecting:
		s.timer.Reset(lostWithLink)
	case Connecting:
		s.end(NoPath, nil)
	}
}
