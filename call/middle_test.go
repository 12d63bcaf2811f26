package call

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
)

// middle carries the messages of a call between two pipes, and makes of each
// what it likes: what a rendezvous, or whoever owns the network, could do.
func middle(ctx context.Context, ann, bob Link, change func(toBob bool, m Message) Message) {
	pump := func(from, to Link, toBob bool) {
		for {
			m, err := from.Receive(ctx)
			if err != nil {
				return
			}
			if err := to.Send(ctx, change(toBob, m)); err != nil {
				return
			}
		}
	}
	go pump(ann, bob, true)
	go pump(bob, ann, false)
}

// between has Ann call Bob through a middle, and returns what each was shown
// once the call is connected.
func between(t *testing.T, change func(toBob bool, m Message) Message) (ann, bob Event) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		annNear, annFar := Pipe()
		bobNear, bobFar := Pipe()
		middle(ctx, annFar, bobNear, change)
		a, b := &bench{t: t, peer: &fakePeer{sdp: sdpWith(print32("0A"))}}, &bench{t: t, peer: &fakePeer{sdp: sdpWith(print32("0B"))}}
		config := func(b *bench) SessionConfig {
			return SessionConfig{
				Me: "Me", Timing: DefaultTiming, Log: slog.New(slog.DiscardHandler), Notify: b.note,
				NewPeer: func(_ PeerMedia, _ []Server, notify func(PeerEvent)) (Peer, error) {
					b.peer.notify = notify
					return b.peer, nil
				},
			}
		}
		cfg := config(a)
		cfg.ID = "s"
		b.s = TakeCall(config(b), bobFar)
		a.s = StartCall(cfg, func(context.Context) (Link, error) { return annNear, nil })
		synctest.Wait()
		b.s.Accept()
		synctest.Wait()
		a.peerSays(PeerConnected)
		b.peerSays(PeerConnected)
		ann, bob = a.last(), b.last()
		a.s.HangUp()
		b.s.HangUp()
		<-a.s.Done()
		<-b.s.Done()
	})
	return ann, bob
}

func TestWordsAgreeWhereNobodyIsBetween(t *testing.T) {
	ann, bob := between(t, func(_ bool, m Message) Message { return m })
	if ann.State != Connected || bob.State != Connected || len(ann.Words) != 4 || !slices.Equal(ann.Words, bob.Words) {
		t.Errorf("Ann: %s %v; Bob: %s %v", ann.State, ann.Words, bob.State, bob.Words)
	}
}

// Whoever swaps the certificates with its own, and commits and reveals as the
// protocol has it, is seen by the words.
func TestWordsDifferWhereSomebodyIsBetween(t *testing.T) {
	mallory := verification{}
	ann, bob := between(t, func(toBob bool, m Message) Message {
		swap := func() { m.SDP = sdpWith(print32("EE")) }
		switch {
		case m.Type == Offer:
			swap()
			if err := mallory.offers(m.SDP); err != nil {
				t.Error(err)
			}
			m.Commit = mallory.commit
		case m.Type == Answer:
			swap()
		case m.Type == OK && m.For == Answer:
			m.Nonce = mallory.nonce
		}
		return m
	})
	if ann.State != Connected || bob.State != Connected {
		t.Fatalf("Ann: %s, Bob: %s", ann.State, bob.State)
	}
	if len(ann.Words) != 4 || len(bob.Words) != 4 || slices.Equal(ann.Words, bob.Words) {
		t.Errorf("both see %v and %v", ann.Words, bob.Words)
	}
}

// Who only passes the caller's own number on is caught by the program itself.
func TestASwapWithoutACommitmentEndsTheCall(t *testing.T) {
	_, bob := between(t, func(_ bool, m Message) Message {
		m.SDP = strings.ReplaceAll(m.SDP, print32("0A"), print32("EE"))
		return m
	})
	if bob.State != Ended || bob.Reason != Broken || bob.Words != nil {
		t.Errorf("%+v", bob)
	}
}
