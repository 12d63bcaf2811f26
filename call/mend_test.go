package call

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

// breaking is a link that can be lost.
type breaking struct {
	Link
	lost chan struct{}
}

var (
	errLost = errors.New("lost")
	quiet   = slog.New(slog.DiscardHandler)
)

func (b breaking) Receive(ctx context.Context) (Message, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		select {
		case <-b.lost:
			cancel()
		case <-ctx.Done():
		}
	}()
	m, err := b.Link.Receive(ctx)
	select {
	case <-b.lost:
		return Message{}, errLost
	default:
		return m, err
	}
}

// A caller whose link is lost while it rings dials again and says once more
// what was said; the call goes on.
func TestCallerMendsALostLink(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		near, far := Pipe()
		near2, far2 := Pipe()
		first := breaking{near, make(chan struct{})}
		b := &bench{t: t, peer: &fakePeer{}, far: far}
		tries := 0
		cfg := SessionConfig{
			ID: "s", Me: "Me", Address: "there", Timing: DefaultTiming, Log: quiet, Notify: b.note,
			Dial: func(context.Context, string) (Link, error) {
				if tries++; tries < 4 {
					return nil, ErrNobody // the rendezvous is not back yet
				}
				return near2, nil
			},
			NewPeer: func(_ PeerMedia, _ []Server, notify func(PeerEvent)) (Peer, error) {
				b.peer.notify = notify
				return b.peer, nil
			},
		}
		b.s = StartCall(cfg, func(context.Context) (Link, error) { return first, nil })
		synctest.Wait()
		b.say(Message{Type: OK, Session: "s", For: Offer})
		b.want(Ringing)
		close(first.lost)
		time.Sleep(5 * time.Second)
		b.want(Ringing)
		b.far = far2
		if heard := types(b.heard()); len(heard) < 2 || !slices.Equal(heard[:2], []MessageType{Hello, Offer}) {
			t.Fatalf("said %v over the new link", heard)
		}
		b.say(answer)
		b.want(Connecting)
		b.s.HangUp()
		<-b.s.Done()
		if heard := types(b.heard()); !slices.Contains(heard, Bye) {
			t.Errorf("at the end it said %v", heard)
		}
	})
}

// A caller who reaches nobody is told at once.
func TestNothingToMend(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &bench{t: t, peer: &fakePeer{}}
		cfg := SessionConfig{
			ID: "s", Address: "there", Timing: DefaultTiming, Log: quiet, Notify: b.note,
			Dial: func(context.Context, string) (Link, error) { return nil, ErrNobody },
			NewPeer: func(_ PeerMedia, _ []Server, notify func(PeerEvent)) (Peer, error) {
				b.peer.notify = notify
				return b.peer, nil
			},
		}
		began := time.Now()
		b.s = StartCall(cfg, func(context.Context) (Link, error) { return nil, ErrNobody })
		<-b.s.Done()
		if e := b.events[len(b.events)-1]; time.Since(began) > time.Second || e.Reason != Unreachable || !errors.Is(e.Detail, ErrNobody) {
			t.Errorf("after %v: %s, %v", time.Since(began), e.Reason, e.Detail)
		}
	})
}

// A called side whose link is lost rings on for a while, takes the caller who
// comes back, and gives up one who does not.
func TestCalleeWaitsForALostCaller(t *testing.T) {
	for _, back := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			near, far := Pipe()
			first := breaking{near, make(chan struct{})}
			b := &bench{t: t, peer: &fakePeer{}, far: far}
			cfg := SessionConfig{Me: "Me", Timing: DefaultTiming, Log: quiet, Notify: b.note,
				NewPeer: func(_ PeerMedia, _ []Server, notify func(PeerEvent)) (Peer, error) {
					b.peer.notify = notify
					return b.peer, nil
				},
			}
			b.s = TakeCall(cfg, first)
			b.say(Message{Type: Hello, Version: ProtocolVersion, Name: "Ann"}, Message{Type: Offer, Session: "s", SDP: "v=0"})
			b.want(Ringing)
			close(first.lost)
			time.Sleep(mendPatience / 2)
			b.want(Ringing)
			if !back {
				<-b.s.Done()
				b.want(Ended)
				return
			}
			near2, far2 := Pipe()
			beside := linkBeside{near2, make(chan bool, 1)}
			b.s.inbox.put(beside)
			if !<-beside.taken {
				t.Fatal("the caller who is back is not taken")
			}
			b.far = far2
			time.Sleep(mendPatience)
			b.want(Ringing)
			if heard := types(b.heard()); !slices.Equal(heard, []MessageType{Hello, OK}) {
				t.Errorf("said %v over the new link", heard)
			}
			b.s.Decline()
			<-b.s.Done()
		})
	}
}
