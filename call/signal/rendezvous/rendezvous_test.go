package rendezvous

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"parley/call"
	"parley/call/rendezvous"
	"parley/call/signal/signaltest"
)

func TestConformance(t *testing.T) {
	signaltest.Run(t, func(t *testing.T) signaltest.Method {
		s := startServer(t, rendezvous.Config{Open: true})
		r, told := newRoom(t, s.origin)
		link := invite(t, r, "claim", nil)
		told.await(t, call.DoorOpened)
		return signaltest.Method{Dialer: briefly{Dialer{}}, Address: link.String(), Listener: r, Bad: "not an address", Way: call.ByLink}
	})
}

// briefly does not wait long for a host that is not there.
type briefly struct{ d Dialer }

func (b briefly) Dial(ctx context.Context, address string) (call.Link, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return b.d.Dial(ctx, address)
}

func TestServersAreTold(t *testing.T) {
	s := startServer(t, rendezvous.Config{Open: true, Servers: func(_, session string) []call.Server {
		return []call.Server{{URL: "turn:relay.example", Username: session, Credential: "x"}}
	}})
	r, _ := newRoom(t, s.origin)
	guest, host := meet(t, Dialer{}, invite(t, r, "claim", nil).String(), r)
	for who, l := range map[string]call.Link{"guest": guest, "host": host} {
		if got := l.Servers(); len(got) != 1 || got[0].URL != "turn:relay.example" || got[0].Username == "" {
			t.Errorf("the %s is told %+v", who, got)
		}
	}
}

// A guest who comes first waits, and is let in as soon as the host is there.
func TestGuestWaitsForTheHost(t *testing.T) {
	s := startServer(t, rendezvous.Config{Open: true})
	r, _ := newRoom(t, s.origin)
	link := call.Invitation{Host: s.address, Slot: call.SlotOf("", "claim"), Secret: [call.SecretSize]byte{1, 2, 3}}
	if _, err := (briefly{Dialer{}}).Dial(t.Context(), link.String()); !errors.Is(err, ErrAway) {
		t.Errorf("nobody there: %v", err)
	}
	dialled := make(chan error, 1)
	ctx := soon(t)
	go func() {
		guest, err := Dialer{}.Dial(ctx, link.String())
		if err == nil {
			err = guest.Send(ctx, hello("Ann"))
		}
		dialled <- err
	}()
	invite(t, r, "claim", nil)
	host, err := r.Accept(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer host.Close()
	if m, err := host.Receive(ctx); err != nil || m.Name != "Ann" {
		t.Errorf("got %+v, %v", m, err)
	}
	if err := <-dialled; err != nil {
		t.Error(err)
	}
}

func TestOnceIsForOneCall(t *testing.T) {
	s := startServer(t, rendezvous.Config{Open: true})
	r, told := newRoom(t, s.origin)
	link := invite(t, r, "claim", func(d *call.Door) { d.Once = true })
	guest, host := meet(t, Dialer{}, link.String(), r)
	setUp(t, guest, host)
	if c := told.await(t, call.DoorShut); c.Slot != link.Slot {
		t.Errorf("told %+v", c)
	}
	if _, err := (Dialer{}).Dial(soon(t), link.String()); !errors.Is(err, ErrUsedUp) {
		t.Errorf("a second call: %v", err)
	}
	pass(t, host, guest, call.Message{Type: call.Bye, Session: "s", Reason: call.HungUp}) // the first one goes on
}

func TestTimeRunsOut(t *testing.T) {
	s := startServer(t, rendezvous.Config{Open: true})
	r, told := newRoom(t, s.origin)
	link := invite(t, r, "claim", func(d *call.Door) { d.Until = time.Now().Add(time.Second) })
	told.await(t, call.DoorOpened)
	told.await(t, call.DoorShut)
	if _, err := (Dialer{}).Dial(soon(t), link.String()); !errors.Is(err, ErrUsedUp) {
		t.Errorf("late: %v", err)
	}
	late := invite(t, r, "claim 2", func(d *call.Door) { d.Until = time.Now().Add(time.Hour) })
	r.Shut(late.Slot)
	if _, err := (briefly{Dialer{}}).Dial(soon(t), late.String()); err == nil {
		t.Error("a door that was shut let somebody in")
	}
}

// Whoever has the link without its end, or guesses one, is not understood and
// learns nothing.
func TestAnotherSecret(t *testing.T) {
	s := startServer(t, rendezvous.Config{Open: true})
	r, _ := newRoom(t, s.origin)
	link := invite(t, r, "claim", nil)
	link.Secret[0] ^= 1
	guest, host := meet(t, Dialer{}, link.String(), r)
	if err := guest.Send(soon(t), hello("Eve")); err != nil {
		t.Fatal(err)
	}
	if m, err := host.Receive(soon(t)); !errors.Is(err, call.ErrMessage) {
		t.Errorf("got %+v, %v", m, err)
	}
}

func TestCode(t *testing.T) {
	s := startServer(t, rendezvous.Config{Open: true})
	r, told := newRoom(t, s.origin)
	r.OpenCode()
	code := told.await(t, call.DoorOpened).Code
	if again, err := call.ParseCode(code.String()); err != nil || again != code {
		t.Fatalf("the code is %q: %v", code, err)
	}
	d := Dialer{Origin: func() string { return s.origin }}
	guest, host := meet(t, d, code.String(), r)
	pass(t, guest, host, hello("Ann"))
	pass(t, host, guest, hello("Bob"))
	told.await(t, call.DoorShut)
	if _, err := d.Dial(soon(t), code.String()); err == nil {
		t.Error("the code works twice")
	}
	setUp(t, guest, host)
}

// A wrong guess closes the slot, and both sides are told.
func TestWrongCode(t *testing.T) {
	s := startServer(t, rendezvous.Config{Open: true})
	r, told := newRoom(t, s.origin)
	r.OpenCode()
	code := told.await(t, call.DoorOpened).Code
	wrong := code
	if call.Words[0] == code.Words[0] {
		wrong.Words[0] = call.Words[1]
	} else {
		wrong.Words[0] = call.Words[0]
	}
	wrong.Origin = s.origin
	guest, host := meet(t, Dialer{}, wrong.String(), r)
	if err := guest.Send(soon(t), hello("Eve")); err != nil {
		t.Fatal(err)
	}
	if m, err := host.Receive(soon(t)); !errors.Is(err, call.ErrMessage) {
		t.Errorf("the host got %+v, %v", m, err)
	}
	if err := host.Send(soon(t), call.Message{Type: call.Bye, Session: "none"}); err != nil { // as a Phone does
		t.Error(err)
	}
	if c := told.await(t, call.DoorGuessed); c.Code != code {
		t.Errorf("told %+v", c)
	}
	host.Close()
	if _, err := guest.Receive(soon(t)); !errors.Is(err, ErrCode) || !errors.Is(err, call.ErrLinkClosed) {
		t.Errorf("the guest was told %v", err)
	}
	if _, err := (Dialer{Origin: func() string { return s.origin }}).Dial(soon(t), code.String()); err == nil {
		t.Error("the right code works after a guess")
	}
}

// Who takes the code's one guess and says nothing has used it up as well.
func TestCodeThatIsTriedAndLeft(t *testing.T) {
	s := startServer(t, rendezvous.Config{Open: true})
	r, told := newRoom(t, s.origin)
	r.OpenCode()
	code := told.await(t, call.DoorOpened).Code
	g, err := Dialer{}.join(soon(t), place{s.origin, code.Number, true}, nil)
	if err != nil {
		t.Fatal(err)
	}
	g.Close()
	told.await(t, call.DoorGuessed)
	if _, err := (Dialer{Origin: func() string { return s.origin }}).Dial(soon(t), code.String()); err == nil {
		t.Error("the right code works after a guess")
	}
}

func TestCodeWithoutRendezvous(t *testing.T) {
	if _, err := (Dialer{}).Dial(t.Context(), "7-acorn-zipper"); err == nil || !strings.Contains(err.Error(), "settings") {
		t.Errorf("got %v", err)
	}
}

func TestManner(t *testing.T) {
	for address, want := range map[string]struct {
		mine, once bool
	}{
		"https://meet.example/c/a#AAECAwQFBgcICQoLDA0ODw": {true, false}, "parley:meet.example/c/a#x": {true, false}, "https://meet.example/": {true, false},
		"7-acorn-zipper": {true, true}, "7-acron-zipper": {true, true}, "ann": {}, "192.168.1.7:27539": {}, "": {},
	} {
		m, mine := Dialer{}.Manner(address)
		if mine != want.mine || mine && (m.Once != want.once || m.Draft == want.once || !m.Late || !m.Steady) {
			t.Errorf("%q: %+v, %v", address, m, mine)
		}
	}
}
