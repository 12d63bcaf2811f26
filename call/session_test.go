package call

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// fakePeer is a transport whose events the test makes.
type fakePeer struct {
	notify     func(PeerEvent)
	takeErr    error
	sdp        string // of offer and answer; "": a word
	candidates []string
	gathered   []int // servers that were told, each time
	answered   int
	accepted   int
	restarted  int
	closed     int
}

func (p *fakePeer) Offer(context.Context) (string, error) { return cmp.Or(p.sdp, "offer"), nil }
func (p *fakePeer) Draft(context.Context) (string, error) { return cmp.Or(p.sdp, "draft"), nil }
func (p *fakePeer) Gather(servers []Server) error {
	p.gathered = append(p.gathered, len(servers))
	return nil
}
func (p *fakePeer) Take(string) error { return p.takeErr }
func (p *fakePeer) Answer(context.Context) (string, error) {
	p.answered++
	return cmp.Or(p.sdp, "answer"), nil
}
func (p *fakePeer) Accept(string) error { p.accepted++; return nil }
func (p *fakePeer) Restart(context.Context) (string, error) {
	p.restarted++
	return "restart", nil
}
func (p *fakePeer) AddCandidate(c Candidate) error {
	p.candidates = append(p.candidates, c.Candidate)
	return nil
}
func (p *fakePeer) Close() error { p.closed++; return nil }

// bench is a session with the other side in the test's hands. It lives in a
// bubble: settle lets everything happen that can.
type bench struct {
	t      *testing.T
	s      *Session
	peer   *fakePeer
	far    Link
	policy Policy
	dial   dialFunc // what becomes of each dialling anew; nil: nobody can
	mu     sync.Mutex
	events []Event
}

func (b *bench) note(e Event) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.events = append(b.events, e)
}

func newBench(t *testing.T, incoming bool) *bench {
	return benchWith(&bench{t: t, peer: &fakePeer{}}, incoming)
}

func benchWith(b *bench, incoming bool) *bench {
	cfg := SessionConfig{
		Me: "Me", Address: "there", Timing: DefaultTiming, Log: slog.New(slog.DiscardHandler),
		NewPeer: func(_ PeerMedia, _ []Server, notify func(PeerEvent)) (Peer, error) {
			b.peer.notify = notify
			return b.peer, nil
		},
		Notify: b.note, Policy: b.policy,
	}
	if b.dial != nil {
		cfg.Dial = func(ctx context.Context, _ string) (Link, error) { return b.dial(ctx) }
	}
	near, far := Pipe()
	near = dialBack{near}
	b.far = far
	if incoming {
		b.s = TakeCall(cfg, near)
	} else {
		cfg.ID = "s"
		b.s = StartCall(cfg, func(context.Context) (Link, error) { return near, nil })
	}
	synctest.Wait()
	return b
}

// dialBack is a link whose other side can be dialled.
type dialBack struct{ Link }

func (dialBack) Back(int) string { return "back" }

func (b *bench) say(all ...Message) {
	b.t.Helper()
	for _, m := range all {
		if err := b.far.Send(b.t.Context(), m); err != nil {
			b.t.Fatalf("%s: %v", m.Type, err)
		}
	}
	synctest.Wait()
}

func (b *bench) peerSays(kinds ...PeerEventKind) {
	for _, k := range kinds {
		b.peer.notify(PeerEvent{Kind: k})
		synctest.Wait()
	}
}

// heard is what the other side was told so far.
func (b *bench) heard() (all []Message) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for {
		m, err := b.far.Receive(ctx)
		if err != nil {
			return all
		}
		all = append(all, m)
	}
}

func (b *bench) state() State {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.events) == 0 {
		return Idle
	}
	return b.events[len(b.events)-1].State
}

func (b *bench) want(s State) {
	b.t.Helper()
	if got := b.state(); got != s {
		b.t.Fatalf("%s, want %s", got, s)
	}
}

// over ends whatever is left and checks that everything was let go of, once.
func (b *bench) over(want Reason) {
	b.t.Helper()
	synctest.Wait()
	select {
	case <-b.s.Done():
	default:
		b.t.Fatal("the session lives on")
	}
	b.want(Ended)
	if got := b.events[len(b.events)-1].Reason; got != want {
		b.t.Errorf("ended: %s, want %s", got, want)
	}
	if b.peer.notify != nil && b.peer.closed != 1 {
		b.t.Errorf("the peer connection was closed %d times", b.peer.closed)
	}
	if err := b.far.Send(b.t.Context(), Message{Type: Bye, Session: "s"}); !errors.Is(err, ErrLinkClosed) {
		b.t.Errorf("the link is open still: %v", err)
	}
}

var (
	hello  = Message{Type: Hello, Version: ProtocolVersion, Name: "Them", Port: 5}
	offer  = Message{Type: Offer, Session: "s", SDP: "offer"}
	ok     = Message{Type: OK, Session: "s", For: Offer}
	answer = Message{Type: Answer, Session: "s", SDP: "answer"}
)

func bye(session string, r Reason) Message { return Message{Type: Bye, Session: session, Reason: r} }

// reach brings a session into a state.
func reach(t *testing.T, incoming bool, to State) *bench {
	t.Helper()
	return newBench(t, incoming).reach(incoming, to)
}

func (b *bench) reach(incoming bool, to State) *bench {
	b.t.Helper()
	if to >= Ringing {
		if incoming {
			b.say(hello, offer)
		} else {
			b.say(hello, ok)
		}
	}
	if to >= Connecting {
		if incoming {
			b.s.Accept()
			synctest.Wait()
		} else {
			b.say(answer)
		}
	}
	if to >= Connected {
		b.peerSays(PeerConnected)
	}
	if to >= Reconnecting {
		b.peerSays(PeerDisconnected)
	}
	b.want(to)
	return b
}

func eachState(t *testing.T, f func(t *testing.T, incoming bool, s State)) {
	for _, incoming := range []bool{false, true} {
		side := map[bool]string{false: "caller", true: "callee"}[incoming]
		for _, s := range []State{Idle, Dialing, Ringing, Connecting, Connected, Reconnecting} {
			if incoming && s == Dialing || !incoming && s == Idle {
				continue
			}
			t.Run(side+" "+s.String(), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) { f(t, incoming, s) })
			})
		}
	}
}

func TestHangUpInEveryState(t *testing.T) {
	want := map[State]Reason{Dialing: Cancelled, Ringing: Cancelled, Connecting: HungUp, Connected: HungUp, Reconnecting: HungUp}
	eachState(t, func(t *testing.T, incoming bool, s State) {
		b := reach(t, incoming, s)
		b.s.HangUp()
		synctest.Wait()
		if s == Idle { // nobody heard of it
			<-b.s.Done()
			b.want(Idle)
			return
		}
		reason := want[s]
		if incoming && s == Ringing {
			reason = Declined
		}
		b.over(reason)
		heard := b.heard()
		if last := heard[len(heard)-1]; last.Type != Bye || last.Reason != reason || last.Session != "s" {
			t.Errorf("the other side was told %+v", last)
		}
		b.s.HangUp() // does nothing any more
	})
}

func TestByeInEveryState(t *testing.T) {
	want := map[State]Reason{Dialing: Broken, Ringing: Broken, Connecting: HungUp, Connected: HungUp, Reconnecting: HungUp}
	eachState(t, func(t *testing.T, incoming bool, s State) {
		b := reach(t, incoming, s)
		before := len(b.heard())
		b.say(bye("s", HungUp))
		if s == Idle {
			<-b.s.Done()
			return
		}
		reason := want[s]
		if incoming && s == Ringing {
			reason = Cancelled
		}
		b.over(reason)
		if after := b.heard(); len(after) != 0 {
			t.Errorf("after %d messages, a bye was answered by %+v", before, after)
		}
	})
}

func TestByeReasonsOfTheCallee(t *testing.T) {
	for said, want := range map[Reason]Reason{Declined: Declined, Busy: Busy, NoAnswer: NoAnswer, Lost: Broken, "nonsense": Broken, "": Broken} {
		synctest.Test(t, func(t *testing.T) {
			b := reach(t, false, Ringing)
			b.say(bye("s", said))
			b.over(want)
		})
	}
}

// A bye of another call ends none, unless its sender cannot know the ID yet.
func TestForeignMessagesAreIgnored(t *testing.T) {
	eachState(t, func(t *testing.T, incoming bool, s State) {
		b := reach(t, incoming, s)
		if s != Idle {
			b.say(bye("other", HungUp))
		}
		if s > Dialing {
			b.say(bye(noSession, HungUp))
		}
		b.say(Message{Type: Answer, Session: "other", SDP: "x"}, Message{Type: OK, Session: "other", For: Offer},
			Message{Type: Trickle, Session: "other", Candidate: &Candidate{Candidate: "foreign"}})
		b.want(s)
		if !incoming && s == Dialing {
			b.say(bye(noSession, Broken)) // from one that never got the offer
			b.over(Broken)
			return
		}
		if len(b.peer.candidates) != 0 {
			t.Errorf("candidates %q", b.peer.candidates)
		}
		b.s.HangUp()
	})
}

// What does not belong into a state changes nothing.
func TestRepeatedMessagesAreIgnored(t *testing.T) {
	eachState(t, func(t *testing.T, incoming bool, s State) {
		if s < Connecting {
			return
		}
		b := reach(t, incoming, s)
		n := len(b.events)
		second := offer
		second.Session = "another"
		b.say(Message{Type: Hello, Version: ProtocolVersion, Name: "Somebody else"}, offer, second, answer, ok)
		b.s.Accept()
		b.s.Decline()
		synctest.Wait()
		if len(b.events) != n || b.peer.answered+b.peer.accepted != 1 {
			t.Errorf("%+v, answered %d, accepted %d", b.events[n:], b.peer.answered, b.peer.accepted)
		}
		b.s.HangUp()
		synctest.Wait()
		if last := b.events[len(b.events)-1]; last.Them != "Them" || last.Session != "s" {
			t.Errorf("the other side became %q in %q", last.Them, last.Session)
		}
	})
}

func TestCandidatesWaitForTheirTime(t *testing.T) {
	candidate := func(s string) Message {
		return Message{Type: Trickle, Session: "s", Candidate: &Candidate{Candidate: s}}
	}
	synctest.Test(t, func(t *testing.T) {
		b := reach(t, false, Ringing)
		b.say(candidate("early"))
		if len(b.peer.candidates) != 0 {
			t.Fatal("used before the answer")
		}
		b.say(answer, candidate("late"))
		if c := b.peer.candidates; len(c) != 2 || c[0] != "early" || c[1] != "late" {
			t.Errorf("%q", c)
		}
		for range 200 {
			b.say(candidate("flood"))
		}
		if n := len(b.peer.candidates); n != maxCandidates {
			t.Errorf("%d candidates were tried, want %d", n, maxCandidates)
		}
		b.s.HangUp()
	})
}

// An address that is found before the link is up is told after the offer.
func TestOwnCandidatesFollowTheOffer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		near, far := Pipe()
		reached := make(chan struct{})
		b := &bench{t: t, peer: &fakePeer{}, far: far}
		b.s = StartCall(SessionConfig{
			ID: "s", Timing: DefaultTiming, Log: slog.New(slog.DiscardHandler),
			NewPeer: func(_ PeerMedia, _ []Server, notify func(PeerEvent)) (Peer, error) {
				b.peer.notify = notify
				return b.peer, nil
			},
			Notify: b.note,
		}, func(context.Context) (Link, error) { <-reached; return near, nil })
		synctest.Wait()
		b.peerSays(PeerCandidate)
		close(reached)
		synctest.Wait()
		b.peerSays(PeerCandidate)
		var types []MessageType
		for _, m := range b.heard() {
			types = append(types, m.Type)
		}
		if len(types) != 4 || types[0] != Hello || types[1] != Offer || types[2] != Trickle || types[3] != Trickle {
			t.Errorf("sent %v", types)
		}
		b.s.HangUp()
	})
}

func TestSilenceEndsEveryState(t *testing.T) {
	want := map[State]Reason{Dialing: Unreachable, Ringing: NoAnswer, Connecting: NoPath, Reconnecting: Lost}
	limit := map[State]time.Duration{Idle: 11, Dialing: 11, Ringing: 60, Connecting: 20, Reconnecting: 62}
	eachState(t, func(t *testing.T, incoming bool, s State) {
		b := reach(t, incoming, s)
		began := time.Now()
		if s == Connected { // needs no signalling
			time.Sleep(time.Hour)
			synctest.Wait()
			b.want(Connected)
			b.s.HangUp()
			return
		}
		<-b.s.Done()
		if took := time.Since(began); took > limit[s]*time.Second {
			t.Errorf("ended after %v", took)
		}
		if s != Idle {
			b.over(want[s])
		}
	})
}

func TestLinkLostInEveryState(t *testing.T) {
	want := map[State]Reason{Dialing: Unreachable, Ringing: Lost, Connecting: Lost} // of the caller
	eachState(t, func(t *testing.T, incoming bool, s State) {
		b := reach(t, incoming, s)
		b.far.Close()
		synctest.Wait()
		switch reason := want[s]; {
		case s == Connected: // picture and sound go on
			b.want(Connected)
			b.peerSays(PeerDisconnected)
			began := time.Now()
			<-b.s.Done()
			if took := time.Since(began); took != goneAndRefused {
				t.Errorf("gave up after %v", took)
			}
			b.over(Lost)
		case s == Reconnecting:
			<-b.s.Done()
			b.over(Lost)
		case s == Idle:
			<-b.s.Done()
		case incoming && (s == Ringing || s == Connecting): // another link may be on its way
			b.want(s)
			began := time.Now()
			<-b.s.Done()
			if took := time.Since(began); took != closedPatience {
				t.Errorf("gave up after %v", took)
			}
			b.over(map[State]Reason{Ringing: Cancelled, Connecting: Lost}[s])
		default:
			b.over(reason)
		}
	})
}

// A transport that fails waits for the bye that explains it, which may be
// slower, and for no more.
func TestPeerFailureAndBye(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := reach(t, true, Connected)
		b.peerSays(PeerFailed)
		time.Sleep(lastWord / 2)
		b.say(bye("s", HungUp))
		b.over(HungUp)
	})
	synctest.Test(t, func(t *testing.T) {
		b := reach(t, true, Connected)
		b.peerSays(PeerDisconnected, PeerFailed)
		time.Sleep(lastWord + time.Millisecond)
		b.over(Lost)
	})
	synctest.Test(t, func(t *testing.T) { // nobody can send one
		b := reach(t, true, Connected)
		b.far.Close()
		synctest.Wait()
		b.want(Connected)
		b.peerSays(PeerFailed)
		b.over(HungUp)
	})
	synctest.Test(t, func(t *testing.T) {
		b := reach(t, false, Connecting)
		b.peerSays(PeerFailed)
		b.over(NoPath)
	})
	synctest.Test(t, func(t *testing.T) {
		b := reach(t, false, Connected)
		b.peerSays(PeerDisconnected, PeerConnected)
		time.Sleep(time.Minute)
		synctest.Wait()
		b.want(Connected)
		b.s.HangUp()
	})
}

func TestBrokenProtocolEndsTheCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // another version: both are told
		b := newBench(t, true)
		b.say(Message{Type: Hello, Version: ProtocolVersion + 1, Name: "Newer"})
		<-b.s.Done()
		heard := b.heard()
		if len(heard) != 2 || heard[0].Type != Hello || heard[1].Reason != Broken || heard[1].Session != noSession {
			t.Errorf("told %+v", heard)
		}
	})
	synctest.Test(t, func(t *testing.T) { // an offer that the transport refuses
		b := newBench(t, true)
		b.peer.takeErr = errors.New("no")
		b.say(hello, offer)
		b.over(Broken)
	})
	synctest.Test(t, func(t *testing.T) { // a flood
		b := reach(t, true, Ringing)
		for range maxMessages {
			if b.far.Send(t.Context(), hello) != nil {
				break
			}
		}
		b.over(Broken)
	})
}

// A session whose link accepts nothing any more still ends, with its bye lost.
func TestStuckLinkCannotHoldASession(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := reach(t, false, Connected)
		for range 100 { // more than the pipe holds
			b.peerSays(PeerCandidate)
		}
		began := time.Now()
		b.s.HangUp()
		<-b.s.Done()
		if took := time.Since(began); took > goodbye {
			t.Errorf("took %v", took)
		}
		b.over(HungUp)
	})
}
