package call

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"
)

// Timing is how long a session waits for what.
type Timing struct {
	Dial    time.Duration // to reach the other side's program
	Ring    time.Duration // for a person to answer
	Connect time.Duration // from the answer to media
	Lost    time.Duration // from the first sign of silence to giving up
	Gone    time.Duration // the same where the other side's program ended the signalling
}

// DefaultTiming lets a call come back after a network was away for a minute,
// and ends it within 10 s of the end of the other side's program: the transport
// notices silence after about 2 s, and Lost or Gone follows.
var DefaultTiming = Timing{
	Dial: 10 * time.Second, Ring: 60 * time.Second, Connect: 20 * time.Second,
	Lost: 62 * time.Second, Gone: 7 * time.Second,
}

// SessionConfig is what a session is made of.
type SessionConfig struct {
	ID       string // proposed by the caller; the callee takes the caller's
	Me       string // the name that the other side is shown
	Address  string // what is dialled, or where the link comes from
	Loopback bool
	Manner   Manner // of Address, where it is dialled
	NewPeer  NewPeer
	Media    PeerMedia
	Timing   Timing
	Log      *slog.Logger
	// Dial reaches an address, to talk on where the link is lost; nil cannot.
	Dial func(ctx context.Context, address string) (Link, error)
	Port int // where this side takes calls, as the other side is told; 0: nowhere
	// Notify hears every change, in order, from the session's goroutine; it
	// must not block.
	Notify func(Event)
	Policy Policy
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
	line     *line     // the newest link
	beside   []*line   // further ones while the call is set up
	opened   int       // of those, dialled
	again    string    // where the other side can be dialled for this call, as the first link told
	said     []Message // so far, while the call is set up
	linkLost bool      // line is over, and there is none beside it
	gone     bool      // since the other side closed it
	back     string    // where the other side can be dialled; "": nowhere
	heal     healing
	peer     Peer
	offer    string
	first    *first // what is said at the very beginning
	verify   verification
	standing Standing
	asking   *Message    // their answer, that waits for the person
	cleared  bool        // the person has let it go on
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
	cancel context.CancelFunc
	wait   sync.WaitGroup         // the goroutines that run started
	known  atomic.Pointer[string] // id, for others
	done   chan struct{}
}

// What is posted to a session's inbox besides Message and PeerEvent.
type (
	linkUp   struct{ link Link }
	linkDown struct {
		line *line // nil: it never came up
		err  error
	}
	command int
)

const (
	accept command = iota
	decline
	hangUp
	refuse
	ringHeld
	agree
	goOn
	refused      // redialled, the other side's machine says that nobody is there
	graceOver    // the path had its chance to come back by itself
	healAgain    // what was done to get it back was in vain
	stillDialing // nobody has answered the offer yet
	notMended    // the link of a call that is being set up stayed lost
)

// StartCall dials and calls; the session ends itself when nobody is reached.
func StartCall(cfg SessionConfig, dial func(context.Context) (Link, error)) *Session {
	s := newSession(cfg)
	s.wait.Go(func() {
		ctx, cancel := context.WithTimeout(s.ctx, cfg.Timing.Dial)
		defer cancel()
		if cfg.Manner.early() {
			ctx = s.first.with(ctx)
		}
		link, err := dialIn(ctx, cfg.Manner, dial)
		if err != nil {
			s.inbox.put(linkDown{nil, err})
			return
		}
		s.inbox.put(linkUp{link})
	})
	go s.run()
	return s
}

// dialIn dials, as often as it takes where that does no harm.
func dialIn(ctx context.Context, m Manner, dial dialFunc) (Link, error) {
	if m.Once {
		return dial(ctx)
	}
	return race(ctx, 0, m, dial, answers)
}

// answers says that a failure to dial is the other side's word, and no packet
// that went astray.
func answers(err error) bool { return !errors.Is(err, context.DeadlineExceeded) }

// TakeCall waits on a link for an offer, and rings when it comes. first are
// messages that came over the link before.
func TakeCall(cfg SessionConfig, link Link, first ...Message) *Session {
	s := newSession(cfg)
	s.incoming = true
	s.inbox.put(linkUp{link})
	for _, m := range first {
		s.inbox.put(m)
	}
	go s.run()
	return s
}

func newSession(cfg SessionConfig) *Session {
	ctx, cancel := context.WithCancel(context.Background())
	s := &Session{cfg: cfg, ctx: ctx, cancel: cancel, first: newFirst(), inbox: newMailbox[any](), done: make(chan struct{})}
	s.setID(cfg.ID)
	return s
}

func (s *Session) setID(id string) {
	s.id = id
	s.known.Store(&id)
}

// is says whether this is the call with that ID.
func (s *Session) is(id string) bool { return id != "" && *s.known.Load() == id }

// Accept answers a ringing call. It does nothing in any other state.
func (s *Session) Accept() { s.inbox.put(accept) }

// GoOn lets a call go on that waits with Event.Asking.
func (s *Session) GoOn() { s.inbox.put(goOn) }

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
		if s.cfg.Manner.early() {
			s.prepareOffer()
		}
	}
	for s.state != Ended {
		select {
		case <-s.inbox.signal:
			for _, item := range s.inbox.take() {
				if s.state != Ended {
					s.handle(item)
				} else {
					s.tooLate(item)
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
	case linkAgain:
		s.onLinkAgain(item.link)
	case linkBack:
		s.onLinkBack(item)
	case linkBeside:
		s.onLinkBeside(item)
	case linkDown:
		s.onLinkDown(item)
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
	s.stopHealing()
	if s.peer != nil {
		if err := s.peer.Close(); err != nil {
			s.cfg.Log.Warn("closing the peer connection", "err", err)
		}
	}
	s.endLines()
	s.cancel()
	s.wait.Wait()
	for _, item := range s.inbox.take() {
		s.tooLate(item)
	}
}

// endLines says the last words over every link.
func (s *Session) endLines() {
	var lines sync.WaitGroup
	for _, l := range s.beside {
		lines.Go(l.end)
	}
	if s.line != nil {
		lines.Go(s.line.end)
	}
	lines.Wait()
}

// tooLate closes a link that came after the end.
func (s *Session) tooLate(item any) {
	switch item := item.(type) {
	case linkUp:
		closeLink(item.link, s.cfg.Log)
	case linkAgain:
		closeLink(item.link, s.cfg.Log)
	case linkBeside:
		if item.taken == nil { // else who brought it sees that this session is over
			closeLink(item.link, s.cfg.Log)
		}
	}
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
		s.startHealing()
	}
	if to != Ended {
		s.notify()
	}
	return true
}

func (s *Session) timeout() {
	switch s.state {
	case Idle:
		if s.held {
			s.end(Busy, nil)
			return
		}
		s.end(Broken, errors.New("no offer came in time"))
	case Dialing, Ringing:
		if s.asking != nil {
			s.end(Cancelled, errors.New("it is a different machine than before, and nobody said that the call may go on"))
			return
		}
		s.unanswered()
	case Connecting:
		s.end(NoPath, nil)
	case Reconnecting:
		s.end(Lost, nil)
	}
}

// unanswered ends a call that nobody took in time.
func (s *Session) unanswered() {
	switch s.state {
	case Dialing:
		s.end(Unreachable, errors.New("nothing came in time"))
	case Ringing:
		s.end(NoAnswer, nil)
	}
}

// end ends the call and tells the other side why, as far as it can be told.
func (s *Session) end(reason Reason, detail error) {
	if s.state == Ended {
		return
	}
	if s.line != nil && !s.linkLost {
		s.say(Message{Type: Bye, Session: cmp.Or(s.id, noSession), Reason: reason, Glare: s.glare})
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
		them = Shown(s.cfg.Address)
	}
	s.cfg.Notify(Event{
		State: s.state, Incoming: s.incoming, Loopback: s.cfg.Loopback, Session: s.id,
		Them: them, Address: s.cfg.Address, Reason: s.reason, Detail: s.detail, At: time.Now(),
		Words: s.verify.words, Fingerprint: s.verify.theirs, Way: s.way(), Standing: s.standing, Asking: s.asking != nil,
	})
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
	case c == goOn:
		s.onGoOn()
	case c == stillDialing:
		s.openBeside()
	case c == notMended:
		s.unmended()
	default:
		s.onHealing(c)
	}
}

// answer accepts the call. The answer is sent before media can flow.
func (s *Session) answer() {
	sdp, err := s.peer.Answer(s.ctx)
	if err != nil {
		s.end(Broken, fmt.Errorf("making the answer: %w", err))
		return
	}
	if err := s.verify.answers(sdp); err != nil {
		s.end(Broken, fmt.Errorf("making the answer: %w", err))
		return
	}
	s.say(Message{Type: Answer, Session: s.id, SDP: sdp, Nonce: s.verify.nonce})
	s.step(inAccept)
}
