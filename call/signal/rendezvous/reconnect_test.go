package rendezvous

import (
	"errors"
	"testing"

	"parley/call"
	"parley/call/rendezvous"
)

// The server crashes and comes back: the room is back by itself, and who talks
// over a link is told that it was lost, not that the other side hung up.
func TestServerCrashes(t *testing.T) {
	s := startServer(t, rendezvous.Config{Open: true})
	r, told := newRoom(t, s.origin)
	link := invite(t, r, "claim", nil)
	guest, host := meet(t, Dialer{}, link.String(), r)
	setUp(t, guest, host)
	s.kill()
	for who, l := range map[string]call.Link{"guest": guest, "host": host} {
		if _, err := l.Receive(soon(t)); err == nil || errors.Is(err, call.ErrLinkClosed) || errors.Is(err, call.ErrMessage) {
			t.Errorf("the %s is told %v, want that the connection was lost", who, err)
		}
	}
	told.await(t, call.DoorAway)
	s.start()
	told.await(t, call.DoorOpened)
	guest, host = meet(t, Dialer{}, link.String(), r)
	setUp(t, guest, host)
}

// The server is replaced by another at the same address: rooms move to that one
// at once, and a call that is talked over the old one goes on there.
func TestServerGoesAway(t *testing.T) {
	old := startServer(t, rendezvous.Config{Open: true})
	r, told := newRoom(t, old.origin)
	link := invite(t, r, "claim", nil)
	guest, host := meet(t, Dialer{}, link.String(), r)
	setUp(t, guest, host)
	told.await(t, call.DoorOpened)

	fresh := &server{t: t, config: rendezvous.Config{Open: true}, address: "127.0.0.1:0"}
	fresh.start()
	t.Cleanup(fresh.kill)
	old.web.Handler.(*forward).to(fresh.now.Handler())
	gone := old.now.GoAway()
	told.await(t, call.DoorOpened)
	again, hostAgain := meet(t, Dialer{}, link.String(), r)
	pass(t, again, hostAgain, hello("Eve"))
	pass(t, guest, host, call.Message{Type: call.Bye, Session: "s", Reason: call.HungUp})
	guest.Close()
	host.Close()
	<-gone // nobody is left at the old one
}

// A room that is closed lets the calls that came in through it live on, and
// nobody else in.
func TestRoomClosesUnderACall(t *testing.T) {
	s := startServer(t, rendezvous.Config{Open: true})
	r, _ := newRoom(t, s.origin)
	link := invite(t, r, "claim", nil)
	guest, host := meet(t, Dialer{}, link.String(), r)
	pass(t, guest, host, hello("Ann"))
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if late, err := (briefly{Dialer{}}).Dial(soon(t), link.String()); err == nil { // the server may not have heard of it yet
		if _, err := late.Receive(soon(t)); !errors.Is(err, call.ErrLinkClosed) {
			t.Errorf("a closed room let somebody in: %v", err)
		}
	}
	pass(t, host, guest, call.Message{Type: call.Bye, Session: "s", Reason: call.HungUp})
	host.Close()
	if _, err := guest.Receive(soon(t)); !errors.Is(err, call.ErrLinkClosed) {
		t.Errorf("after the close: %v", err)
	}
}

// The number of a code is lost with the connection, and its words with it.
func TestCodeIsRenewed(t *testing.T) {
	s := startServer(t, rendezvous.Config{Open: true})
	r, told := newRoom(t, s.origin)
	r.OpenCode()
	before := told.await(t, call.DoorOpened).Code
	s.kill()
	s.start()
	after := told.await(t, call.DoorOpened).Code
	if before.Words == after.Words {
		t.Errorf("%v and %v", before, after)
	}
	if _, err := (Dialer{Origin: func() string { return s.origin }}).Dial(soon(t), before.String()); before.Number != after.Number && err == nil {
		t.Error("the code before works")
	}
	guest, host := meet(t, Dialer{Origin: func() string { return s.origin }}, after.String(), r)
	pass(t, guest, host, hello("Ann"))
}

// Several doors share a connection, and what is said through one reaches nobody
// at another.
func TestManyDoors(t *testing.T) {
	s := startServer(t, rendezvous.Config{Open: true})
	r, _ := newRoom(t, s.origin)
	const doors = 20
	var guests, hosts [doors]call.Link
	for i := range doors {
		link := invite(t, r, string(rune('a'+i)), nil)
		guests[i], hosts[i] = meet(t, Dialer{}, link.String(), r)
	}
	for i := range doors {
		if err := guests[i].Send(soon(t), hello(string(rune('a'+i)))); err != nil {
			t.Fatal(err)
		}
	}
	for i := range doors {
		if m, err := hosts[i].Receive(soon(t)); err != nil || m.Name != string(rune('a'+i)) {
			t.Errorf("door %d: %+v, %v", i, m, err)
		}
	}
	if n := len(r.now.sessions); n != doors {
		t.Errorf("%d sessions", n)
	}
}

func TestBadKey(t *testing.T) {
	s := startServer(t, rendezvous.Config{})
	r, told := newRoom(t, s.origin)
	invite(t, r, "claim", nil)
	if c := told.await(t, call.DoorRefused); c.Err == nil {
		t.Errorf("told %+v", c)
	}
}
