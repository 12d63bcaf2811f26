package signaltest

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"parley/call"
)

// Distances are how far apart two people are when a way of reaching is timed:
// on the real clock nothing but this machine takes time, and in a bubble
// nothing but the way.
var Distances = []time.Duration{0, 100 * time.Millisecond}

// Ladder times a call by a method, from the click to the answer, from which on
// ICE and DTLS take their time, and prints each rung. make builds the method
// over a network; most is how many round trips it may take.
func Ladder(t *testing.T, most float64, make func(*testing.T, *Far) Method) {
	for _, trip := range Distances {
		t.Run(fmt.Sprint("round trip of ", trip), func(t *testing.T) {
			run := func(t *testing.T) { climb(t, trip, most, make) }
			if trip == 0 {
				run(t)
				return
			}
			synctest.Test(t, run)
		})
	}
}

func climb(t *testing.T, trip time.Duration, most float64, make func(*testing.T, *Far) Method) {
	m := make(t, &Far{OneWay: trip / 2})
	ladder := &rungs{trip: trip}
	ann := call.NewPhone(call.PhoneConfig{
		Me: func() string { return "Ann" }, Dialer: timed{m.Dialer, ladder}, NewPeer: ladder.peer("Ann"), Log: slog.New(slog.DiscardHandler),
	})
	bob := call.NewPhone(call.PhoneConfig{
		Me: func() string { return "Bob" }, Dialer: call.Methods{}, NewPeer: ladder.peer("Bob"), Log: slog.New(slog.DiscardHandler),
	})
	defer func() {
		ann.Close()
		bob.Close()
		synctestWait(trip)
	}()
	bob.Watch(func(e call.Event) {
		if e.State == call.Ringing {
			ladder.add("Bob's program rings, and he accepts")
			bob.Accept()
		}
	})
	bob.Listen(m.Listener)
	answered, ended := makeOnce(), makeOnce()
	ann.Watch(func(e call.Event) {
		switch e.State {
		case call.Connecting:
			answered.done()
		case call.Ended:
			t.Logf("the call ended: %s, %v", e.Reason, e.Detail)
			ended.done()
		}
	})
	ladder.began = time.Now()
	if err := ann.Dial(m.Address); err != nil {
		t.Fatal(err)
	}
	select {
	case <-answered.c:
	case <-ended.c:
		t.Fatal("nobody answered")
	case <-time.After(patience):
		t.Fatal("nobody answered in time")
	}
	took := time.Since(ladder.began)
	t.Logf("%s\n%s", trip, ladder)
	if trip > 0 && took > time.Duration(most*float64(trip)) {
		t.Errorf("the answer came after %.1f round trips, want %.1f at most", float64(took)/float64(trip), most)
	}
}

// synctestWait lets the good-byes arrive in a bubble.
func synctestWait(trip time.Duration) {
	if trip > 0 {
		time.Sleep(10 * trip) // virtual
	}
}

type onceChan struct {
	c    chan struct{}
	once sync.Once
}

func makeOnce() *onceChan { return &onceChan{c: make(chan struct{})} }

func (o *onceChan) done() { o.once.Do(func() { close(o.c) }) }

// rungs are what happened, and when.
type rungs struct {
	trip  time.Duration
	began time.Time

	mu  sync.Mutex
	all []string
}

func (r *rungs) add(what string) {
	after := time.Since(r.began)
	line := fmt.Sprintf("  %6.1f ms  %s", float64(after.Microseconds())/1000, what)
	if r.trip > 0 {
		line = fmt.Sprintf("  %4.1f round trips  %s", float64(after)/float64(r.trip), what)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.all = append(r.all, line)
}

func (r *rungs) String() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return strings.Join(r.all, "\n")
}

// timed tells when a dialler has its link.
type timed struct {
	call.Dialer
	to *rungs
}

func (d timed) Dial(ctx context.Context, address string) (call.Link, error) {
	link, err := d.Dialer.Dial(ctx, address)
	if err == nil {
		d.to.add("Ann has the link")
	}
	return link, err
}

// Manner satisfies call.Mannered, as far as the dialler does.
func (d timed) Manner(address string) (call.Manner, bool) {
	if m, ok := d.Dialer.(call.Mannered); ok {
		return m.Manner(address)
	}
	return call.Manner{}, true
}

// peer makes peer connections that connect nowhere, and tell what is asked of
// them.
func (r *rungs) peer(who string) call.NewPeer {
	return func(call.PeerMedia, []call.Server, func(call.PeerEvent)) (call.Peer, error) {
		return deaf{who, r}, nil
	}
}

type deaf struct {
	who string
	to  *rungs
}

// description is as long as that of a call with two pictures.
var description = "v=0\r\na=fingerprint:sha-256 " + strings.Repeat("AB:", 31) + "AB\r\n" + strings.Repeat("a=rtpmap:102 H264/90000\r\n", 240)

func (d deaf) Offer(context.Context) (string, error) { return description, nil }

func (d deaf) Draft(ctx context.Context) (string, error) { return d.Offer(ctx) }
func (d deaf) Gather([]call.Server) error                { return nil }

func (d deaf) Take(string) error {
	d.to.add(d.who + " has the offer")
	return nil
}

func (d deaf) Answer(context.Context) (string, error) { return description, nil }

func (d deaf) Accept(string) error {
	d.to.add(d.who + " has the answer: ICE and DTLS begin")
	return nil
}

func (d deaf) Restart(context.Context) (string, error) { return description, nil }
func (d deaf) AddCandidate(call.Candidate) error       { return nil }
func (d deaf) Close() error                            { return nil }
