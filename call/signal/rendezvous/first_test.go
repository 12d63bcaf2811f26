package rendezvous

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"parley/call"
	"parley/call/rendezvous"
	"parley/call/signal/signaltest"
)

func anOffer() call.Message {
	return call.Message{Type: call.Offer, Session: "s", SDP: "v=0\r\n" + strings.Repeat("a=rtpmap:102 H264/90000\r\n", 200)}
}

// Something in front of a server may refuse what it does not know. Then what is
// said first is said over the link.
func TestWhatIsNotLetThroughIsSaidLater(t *testing.T) {
	s := startServer(t, rendezvous.Config{Open: true})
	r, told := newRoom(t, s.origin)
	link := invite(t, r, "claim", nil)
	told.await(t, call.DoorOpened)
	var refused atomic.Int32
	s.web.Handler.(*forward).to(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		if strings.Contains(q.Header.Get("Sec-WebSocket-Protocol"), call.FirstFramesProtocol) {
			refused.Add(1)
			http.Error(w, "what is that", http.StatusBadRequest)
			return
		}
		s.now.Handler().ServeHTTP(w, q)
	}))
	first := Dialer{open: func(ctx context.Context, origin string, q request) (wire, error) {
		if strings.Contains(q.first, "SDP") || strings.Contains(q.first, "H264") {
			t.Error("what is said first is not sealed")
		}
		return openSocket(ctx, origin, q)
	}}
	d := talkative{first}
	guest, host := meetSaying(t, d, link.String(), r)
	if guest.(call.FirstSayer).SaidFirst() || refused.Load() != 1 {
		t.Errorf("refused %d times, said %v", refused.Load(), guest.(call.FirstSayer).SaidFirst())
	}
	pass(t, guest, host, hello("Ann"))
	pass(t, guest, host, anOffer())
	pass(t, host, guest, hello("Bob"))
}

// talkative dials with something to say.
type talkative struct{ Dialer }

func (d talkative) Dial(ctx context.Context, address string) (call.Link, error) {
	return d.Dialer.Dial(call.WithFirst(ctx, hello("Ann"), anOffer()), address)
}

func meetSaying(t *testing.T, d talkative, address string, r *Room) (guest, host call.Link) {
	t.Helper()
	accepted := make(chan call.Link, 1)
	ctx := soon(t)
	go func() {
		l, err := r.Accept(ctx)
		if err != nil {
			t.Error(err)
		}
		accepted <- l
	}()
	guest, err := d.Dial(ctx, address)
	if err != nil {
		t.Fatal(err)
	}
	host = <-accepted
	t.Cleanup(func() { guest.Close(); host.Close() })
	return guest, host
}

// An attempt that takes its time is overtaken by another one, which says
// nothing by itself.
func TestTheSlowAttemptIsLetGo(t *testing.T) {
	secured := certificate()
	synctest.Test(t, func(t *testing.T) {
		r, told, d := inTheMiddle(t, &signaltest.Far{OneWay: time.Millisecond}, secured)
		link := invite(t, r, "claim", nil)
		told.await(t, call.DoorOpened)
		open := d.open
		d.open = func(ctx context.Context, origin string, q request) (wire, error) {
			if q.first != "" {
				<-ctx.Done()
				return nil, ctx.Err()
			}
			return open(ctx, origin, q)
		}
		guest, host := meetSaying(t, talkative{d}, link.String(), r)
		if guest.(call.FirstSayer).SaidFirst() {
			t.Error("the slow one won")
		}
		pass(t, guest, host, hello("Ann"))
		pass(t, host, guest, hello("Bob"))
		guest.Close()
		host.Close()
		time.Sleep(time.Second) // virtual
	})
}

// A code is asked for by one request, however many attempts make their way to
// the server: the host hears of one guest, and has one guess to judge.
func TestACodeIsAskedForOnce(t *testing.T) {
	secured := certificate()
	synctest.Test(t, func(t *testing.T) {
		r, told, d := inTheMiddle(t, &signaltest.Far{OneWay: 500 * time.Millisecond}, secured) // attempts overlap
		r.OpenCode()
		code := told.await(t, call.DoorOpened).Code
		var asked atomic.Int32
		open := d.open
		d.open = func(ctx context.Context, origin string, q request) (wire, error) {
			may := q.may
			q.may = func(ctx context.Context) error {
				err := may(ctx)
				if err == nil {
					asked.Add(1)
				}
				return err
			}
			return open(ctx, origin, q)
		}
		guest, host := meet(t, d, code.String(), r)
		pass(t, guest, host, hello("Ann"))
		pass(t, host, guest, hello("Bob"))
		if asked.Load() != 1 {
			t.Errorf("%d requests", asked.Load())
		}
		guest.Close()
		host.Close()
		time.Sleep(10 * time.Second) // virtual
	})
}

// The half of a key that is left at the server is good for the number and the
// exchange that it was made for, and each number has its own.
func TestHalfIsForOneGuest(t *testing.T) {
	code := call.Code{Number: "42", Words: [2]string{call.Words[1], call.Words[2]}}
	d := &door{Door: call.Door{Slot: "42"}, code: &code}
	half, share, err := newHalf(code, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	d.half = half
	if _, again, err := newHalf(code, rand.Reader); err != nil || again == share {
		t.Errorf("the same half twice: %v", err)
	}
	wrong, number := code, code
	wrong.Words[0], number.Number = call.Words[3], "43"
	for name, c := range map[string]struct {
		code call.Code
		want bool
	}{"the code": {code, true}, "another word": {wrong, false}, "another number": {number, false}} {
		said := &fakeWire{said: make(chan call.Frame, 1), cut: make(chan struct{})}
		g := &guestLink{wire: said, slot: "42", session: "s", share: share, done: make(chan struct{})}
		if err := g.agree(t.Context(), c.code); err != nil {
			t.Fatal(err)
		}
		host, err := d.agree(<-said.said, "s", rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		body, err := g.box.Seal(hello("Ann"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := host.Open(call.FrameType(call.Hello), body); (err == nil) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, bad := range []string{"", "!", share[:10], share[:30]} {
		g := &guestLink{share: bad}
		if err := g.agree(t.Context(), code); err == nil {
			t.Errorf("%q is taken for half of a key", bad)
		}
	}
	if _, err := d.agree(call.Frame{Type: call.FrameType(call.Hello), Body: "aA"}, "s", rand.Reader); !errors.Is(err, call.ErrMessage) {
		t.Errorf("a message before there is a key: %v", err)
	}
	if _, _, err := newHalf(code, strings.NewReader("")); err == nil {
		t.Error("half of a key without randomness")
	}
}

// One of many attempts may ask; the others wait for their end.
func TestOnlyOne(t *testing.T) {
	may := onlyOne()
	ctx, cancel := context.WithCancel(t.Context())
	if err := may(ctx); err != nil {
		t.Error(err)
	}
	cancel()
	if err := may(ctx); err == nil {
		t.Error("two may ask")
	}
}
