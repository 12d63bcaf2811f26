package call

import (
	"log/slog"
	"testing"
	"testing/synctest"
	"time"
)

// called is a phone that others can call over pipes.
type called struct {
	*Phone
	t      *testing.T
	links  chan Link
	events []Event
	missed []Event
}

func newCalled(t *testing.T, welcome func(Caller) Welcome) *called {
	c := &called{t: t, links: make(chan Link)}
	c.Phone = NewPhone(PhoneConfig{
		Me: func() string { return "Bob" }, Log: slog.New(slog.DiscardHandler), Dialer: dialFunc(nowhere), Welcome: welcome,
		NewPeer: func(_ PeerMedia, _ []Server, notify func(PeerEvent)) (Peer, error) {
			return &fakePeer{notify: notify}, nil
		},
	})
	c.Watch(func(e Event) { c.events = append(c.events, e) })
	c.WatchMissed(func(e Event) { c.missed = append(c.missed, e) })
	c.Listen(acceptor{c.links})
	return c
}

// call lets somebody call, and returns the far end.
func (c *called) call(id string) Link {
	near, far := Pipe()
	c.links <- near
	offerOver(c.t, far, id, Hello, Offer)
	return far
}

func (c *called) want(what string, events, missed int) {
	c.t.Helper()
	synctest.Wait()
	if len(c.events) != events || len(c.missed) != missed {
		c.t.Errorf("%s: %d events and %d missed calls, want %d and %d: %+v", what, len(c.events), len(c.missed), events, missed, c.missed)
	}
}

// Whoever begins to watch hears first of the call that there is, and of none
// that is over.
func TestWatchingWhileItRings(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		bob := newCalled(t, nil)
		defer bob.Close()
		var early, late, after []Event
		bob.Watch(func(e Event) { early = append(early, e) })
		far := bob.call("s")
		synctest.Wait()
		bob.Watch(func(e Event) { late = append(late, e) })
		synctest.Wait()
		if len(early) != 1 || len(late) != 1 || late[0].State != Ringing || late[0].Session != early[0].Session {
			t.Errorf("early %+v, late %+v", early, late)
		}
		bob.Decline()
		synctest.Wait()
		bob.Watch(func(e Event) { after = append(after, e) })
		synctest.Wait()
		if len(early) != 2 || len(late) != 2 || len(after) != 0 {
			t.Errorf("at the end: early %+v, late %+v, after it %+v", early, late, after)
		}
		if err := far.Close(); err != nil {
			t.Error(err)
		}
	})
}

func TestWhoIsNotWelcomeDoesNotRing(t *testing.T) {
	for _, c := range []struct {
		name    string
		welcome Welcome
		missed  int
	}{{"do not disturb", NotNow, 1}, {"blocked", Never, 0}} {
		synctest.Test(t, func(t *testing.T) {
			var asked []Caller
			bob := newCalled(t, func(who Caller) Welcome { asked = append(asked, who); return c.welcome })
			defer bob.Close()
			heard := (&bench{far: bob.call("s")}).heard()
			bob.want(c.name, 0, c.missed)
			if len(asked) != 1 || asked[0].Name != "Ann" || asked[0].Offer != "offer" || asked[0].Address == "" {
				t.Errorf("%s: asked about %+v", c.name, asked)
			}
			if last := heard[len(heard)-1]; last.Type != Bye || last.Reason != Busy {
				t.Errorf("%s: the caller hears %+v", c.name, heard)
			}
			if c.missed > 0 && (bob.missed[0].Them != "Ann" || !bob.missed[0].Incoming || bob.missed[0].Reason != Busy) {
				t.Errorf("missed: %+v", bob.missed[0])
			}
			if e := bob.Last(); !e.At.IsZero() {
				t.Errorf("%s: the last event is %+v", c.name, e)
			}
		})
	}
}

// A caller on a bad path opens further links for the same call.
func TestACallIsMissedOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		bob := newCalled(t, func(Caller) Welcome { return NotNow })
		defer bob.Close()
		bob.call("a")
		bob.want("a call", 0, 1)
		bob.call("a")
		bob.want("the same over another link", 0, 1)
		bob.call("b")
		bob.want("another call", 0, 2)
	})
}

func TestMissedCalls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		bob := newCalled(t, nil)
		defer bob.Close()
		far := bob.call("a")
		bob.want("it rings", 1, 0)
		bob.call("b")
		bob.want("another one calls meanwhile", 1, 1)
		if err := far.Send(t.Context(), Message{Type: Bye, Session: "a", Reason: Cancelled}); err != nil {
			t.Fatal(err)
		}
		bob.want("the first gives up", 2, 2)
		bob.call("c")
		bob.Decline()
		bob.want("one is declined", 4, 2)
		bob.call("d")
		time.Sleep(DefaultTiming.Ring + time.Second)
		bob.want("it rings in vain", 6, 3)
		bob.call("e")
		bob.Accept()
		bob.want("one is taken", 8, 3)
		bob.HangUp()
		bob.want("and over", 9, 3)
		for i, want := range []Reason{Busy, Cancelled, NoAnswer} {
			if bob.missed[i].Reason != want || bob.missed[i].State != Ended {
				t.Errorf("missed call %d: %+v", i, bob.missed[i])
			}
		}
	})
}
