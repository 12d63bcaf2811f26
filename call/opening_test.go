package call

import (
	"context"
	"log/slog"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

// openingBench is a call that is dialled, with the far ends of all its links.
func openingBench(t *testing.T) (b *bench, fars *[]Link) {
	fars = &[]Link{}
	b = benchWith(&bench{t: t, peer: &fakePeer{}, dial: anew(fars)}, false)
	return b, fars
}

// A caller that hears nothing says everything over further links, and takes
// the answer from whichever it comes.
func TestStalledOpening(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, fars := openingBench(t)
		stalled := b.far
		time.Sleep(openingPatience)
		synctest.Wait()
		if len(*fars) != 1 {
			t.Fatalf("%d links were opened beside the first", len(*fars))
		}
		b.far = (*fars)[0]
		if heard := b.heard(); !slices.Equal(types(heard), []MessageType{Hello, Offer}) || heard[0].Session != "s" {
			t.Fatalf("said %+v", heard)
		}
		b.say(hello, ok)
		b.want(Ringing)
		b.peerSays(PeerCandidate)
		b.far = stalled
		if heard := b.heard(); !slices.Equal(types(heard), []MessageType{Hello, Offer, Trickle}) {
			t.Errorf("over the first: %+v", heard)
		}
		b.say(hello, ok, answer)
		b.want(Connecting)
		time.Sleep(10 * openingPatience)
		if len(*fars) != 1 {
			t.Errorf("%d links were opened after the answer", len(*fars))
		}
		b.s.HangUp()
		b.over(HungUp)
		b.far = (*fars)[0]
		if heard := b.heard(); heard[len(heard)-1].Type != Bye {
			t.Errorf("over the second: %+v", heard)
		}
	})
}

// Links that are lost while another one stands are no loss.
func TestOneOfTwoLinksIsLost(t *testing.T) {
	for _, first := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			b, fars := openingBench(t)
			time.Sleep(openingPatience)
			synctest.Wait()
			lost, left := b.far, (*fars)[0]
			if !first {
				lost, left = left, lost
			}
			lost.Close()
			synctest.Wait()
			b.far = left
			b.say(hello, ok, answer)
			b.want(Connecting)
			left.Close()
			b.over(Lost)
		})
	}
}

func TestOpeningIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, fars := openingBench(t)
		<-b.s.Done()
		if len(*fars) != mostBeside {
			t.Errorf("%d links were opened", len(*fars))
		}
		b.over(Unreachable)
	})
}

// offerOver begins a call over a link, as a caller does.
func offerOver(t *testing.T, l Link, id string, messages ...MessageType) {
	t.Helper()
	for _, kind := range messages {
		m := Message{Type: kind, Session: id, SDP: "offer"}
		if kind == Hello {
			m = Message{Type: Hello, Version: ProtocolVersion, Session: id, Name: "Ann"}
		}
		if err := l.Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	synctest.Wait()
}

func toldOver(l Link) []MessageType {
	b := bench{far: l}
	return types(b.heard())
}

// A called side says everything over each link that was opened for a call, also
// over one whose offer comes late or never, and goes on over any that is left.
func TestOneCallOverSeveralLinks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		accept := make(chan Link)
		p := NewPhone(PhoneConfig{
			Me: func() string { return "Bob" }, Log: slog.New(slog.DiscardHandler), Dialer: dialFunc(nowhere),
			NewPeer: func(_ PeerMedia, _ []Server, notify func(PeerEvent)) (Peer, error) {
				return &fakePeer{notify: notify}, nil
			},
		})
		defer p.Close()
		p.Listen(acceptor{accept})
		var near, far [3]Link
		for i := range near {
			near[i], far[i] = Pipe()
			accept <- near[i]
		}
		offerOver(t, far[0], "s", Hello) // its offer stalls
		offerOver(t, far[1], "s", Hello, Offer)
		offerOver(t, far[2], "s", Hello, Offer)
		for i, want := range [][]MessageType{{Hello, OK}, {Hello, OK}, {Hello, OK}} {
			if got := toldOver(far[i]); !slices.Equal(got, want) {
				t.Errorf("over link %d: %v, want %v", i, got, want)
			}
		}
		offerOver(t, far[0], "s", Offer)
		if got := toldOver(far[0]); len(got) != 0 {
			t.Errorf("over the late link: %v", got)
		}
		p.Accept()
		synctest.Wait()
		for _, l := range far {
			if got := toldOver(l); !slices.Equal(got, []MessageType{Answer}) {
				t.Errorf("after the answer: %v", got)
			}
		}
		for _, l := range far[1:] { // of several that were dialled one is kept
			if err := l.Close(); err != nil {
				t.Error(err)
			}
		}
		time.Sleep(2 * closedPatience)
		if e := p.Last(); e.State != Connecting {
			t.Errorf("the call is %s", e.State)
		}
	})
}

// A link that stalled until its call was declined does not ring again.
func TestLateLinkOfADeclinedCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		accept := make(chan Link)
		p := NewPhone(PhoneConfig{
			Me: func() string { return "Bob" }, Log: slog.New(slog.DiscardHandler), Dialer: dialFunc(nowhere),
			NewPeer: func(_ PeerMedia, _ []Server, notify func(PeerEvent)) (Peer, error) {
				return &fakePeer{notify: notify}, nil
			},
		})
		defer p.Close()
		p.Listen(acceptor{accept})
		rang := 0
		p.Watch(func(e Event) {
			if e.State == Ringing {
				rang++
			}
		})
		for i, id := range []string{"s", "s", "another"} {
			near, far := Pipe()
			accept <- near
			offerOver(t, far, id, Hello, Offer)
			p.Decline()
			synctest.Wait()
			if want := []int{1, 1, 2}[i]; rang != want {
				t.Errorf("after link %d it rang %d times, want %d", i, rang, want)
			}
		}
	})
}

// Dial satisfies Dialer.
func (f dialFunc) Dial(ctx context.Context, _ string) (Link, error) { return f(ctx) }

// acceptor is a listener whose links the test gives.
type acceptor struct{ links chan Link }

func (a acceptor) Accept(ctx context.Context) (Link, error) {
	select {
	case l := <-a.links:
		return l, nil
	case <-ctx.Done():
		return nil, ErrLinkClosed
	}
}
func (acceptor) Close() error { return nil }
