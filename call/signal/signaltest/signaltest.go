// Package signaltest is the conformance suite of every way to reach the other
// side: what call.Session relies on in a call.Dialer, call.Listener and
// call.Link.
package signaltest

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"parley/call"
)

// Method is one way to reach the other side, ready to be used.
type Method struct {
	Dialer   call.Dialer
	Address  string // where Listener is reached
	Listener call.Listener
	// Way is how its links come about, as both ends tell; "" stands for
	// call.ByAddress.
	Way call.Way
	// Bad is an address that this method cannot understand.
	Bad string
}

// patience bounds each wait; the suite never waits for time to pass.
const patience = 10 * time.Second

// Run holds a method to the contract. make builds a fresh one for each test
// and registers its own clean-up.
func Run(t *testing.T, make func(*testing.T) Method) {
	tests := map[string]func(*testing.T, Method){
		"messages arrive in order, both ways": order,
		"a large offer passes whole":          large,
		"close is seen by the other side":     closeSeen,
		"close is idempotent and wakes":       closeWakes,
		"a bad address is told apart":         badAddress,
		"receive honours its context":         contextEnds,
		"a closed listener says so":           listenerCloses,
		"two links at once":                   twoLinks,
		"both ends tell how they met":         way,
		"what is said first comes first":      sayFirst,
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) { test(t, make(t)) })
	}
}

// pair dials and accepts.
func pair(t *testing.T, m Method) (near, far call.Link) {
	t.Helper()
	return pairIn(t, deadline(t), m)
}

func pairIn(t *testing.T, ctx context.Context, m Method) (near, far call.Link) {
	t.Helper()
	type result struct {
		link call.Link
		err  error
	}
	accepted := make(chan result, 1)
	go func() {
		link, err := m.Listener.Accept(ctx)
		accepted <- result{link, err}
	}()
	near, err := m.Dialer.Dial(ctx, m.Address)
	if err != nil {
		t.Fatalf("dial: %v", err)
	}
	r := <-accepted
	if r.err != nil {
		t.Fatalf("accept: %v", r.err)
	}
	t.Cleanup(func() { near.Close(); r.link.Close() })
	return near, r.link
}

func deadline(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	t.Cleanup(cancel)
	return ctx
}

func send(t *testing.T, l call.Link, m call.Message) {
	t.Helper()
	if err := l.Send(deadline(t), m); err != nil {
		t.Fatalf("send %s: %v", m.Type, err)
	}
}

func receive(t *testing.T, l call.Link) call.Message {
	t.Helper()
	m, err := l.Receive(deadline(t))
	if err != nil {
		t.Fatalf("receive: %v", err)
	}
	return m
}

func order(t *testing.T, m Method) {
	near, far := pair(t, m)
	for _, way := range [][2]call.Link{{near, far}, {far, near}} {
		for _, name := range []string{"first", "second", "third"} {
			send(t, way[0], call.Message{Type: call.Hello, Version: call.ProtocolVersion, Name: name})
		}
		for _, name := range []string{"first", "second", "third"} {
			if got := receive(t, way[1]); got.Name != name {
				t.Fatalf("got %q, want %q", got.Name, name)
			}
		}
	}
	if far.From() == "" {
		t.Error("the callee cannot say where the call comes from")
	}
}

// sayFirst holds for every method, whether it says anything with its request or
// leaves it to who dialled.
func sayFirst(t *testing.T, m Method) {
	ctx := call.WithFirst(deadline(t), call.Message{Type: call.Hello, Version: call.ProtocolVersion, Name: "first"},
		call.Message{Type: call.Offer, Session: "s", SDP: strings.Repeat("a=rtpmap:102 H264/90000\r\n", 200)})
	near, far := pairIn(t, ctx, m)
	again, _ := pairIn(t, ctx, m)
	if sayer, ok := again.(call.FirstSayer); ok && sayer.SaidFirst() {
		t.Error("two links say the same")
	}
	if sayer, ok := near.(call.FirstSayer); ok && sayer.SaidFirst() {
		if got := receive(t, far); got.Name != "first" {
			t.Fatalf("got %+v", got)
		}
		if got := receive(t, far); got.Type != call.Offer || len(got.SDP) != 200*25 {
			t.Fatalf("got %+v", got)
		}
	}
	send(t, near, call.Message{Type: call.Hello, Version: call.ProtocolVersion, Name: "then"})
	if got := receive(t, far); got.Name != "then" {
		t.Fatalf("got %+v", got)
	}
	send(t, far, call.Message{Type: call.Hello, Version: call.ProtocolVersion, Name: "back"})
	if got := receive(t, near); got.Name != "back" {
		t.Fatalf("got %+v", got)
	}
}

func large(t *testing.T, m Method) {
	near, far := pair(t, m)
	sdp := strings.Repeat("a=candidate:ünïcode\r\n", 4000)
	send(t, near, call.Message{Type: call.Offer, Session: "s", SDP: sdp})
	if got := receive(t, far); got.SDP != sdp {
		t.Fatalf("%d bytes came, %d were sent", len(got.SDP), len(sdp))
	}
}

func closeSeen(t *testing.T, m Method) {
	near, far := pair(t, m)
	send(t, near, call.Message{Type: call.Bye, Session: "s", Reason: call.HungUp})
	near.Close()
	if got := receive(t, far); got.Reason != call.HungUp {
		t.Fatalf("the last message was lost: got %+v", got)
	}
	if _, err := far.Receive(deadline(t)); !errors.Is(err, call.ErrLinkClosed) {
		t.Fatalf("after the close: %v, want ErrLinkClosed", err)
	}
}

func closeWakes(t *testing.T, m Method) {
	near, _ := pair(t, m)
	woken := make(chan error, 1)
	go func() {
		_, err := near.Receive(context.Background())
		woken <- err
	}()
	near.Close()
	near.Close()
	select {
	case err := <-woken:
		if !errors.Is(err, call.ErrLinkClosed) {
			t.Fatalf("woken with %v, want ErrLinkClosed", err)
		}
	case <-deadline(t).Done():
		t.Fatal("Receive sleeps on after Close")
	}
	if err := near.Send(deadline(t), call.Message{Type: call.Bye, Session: "s"}); err == nil {
		t.Fatal("Send succeeds after Close")
	}
}

func badAddress(t *testing.T, m Method) {
	if _, err := m.Dialer.Dial(deadline(t), m.Bad); !errors.Is(err, call.ErrBadAddress) {
		t.Fatalf("dialling %q: %v, want ErrBadAddress", m.Bad, err)
	}
}

func contextEnds(t *testing.T, m Method) {
	near, _ := pair(t, m)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := near.Receive(ctx); err == nil {
		t.Fatal("Receive returned a message that nobody sent")
	}
}

func listenerCloses(t *testing.T, m Method) {
	if err := m.Listener.Close(); err != nil {
		t.Fatalf("close: %v", err)
	}
	if _, err := m.Listener.Accept(deadline(t)); !errors.Is(err, call.ErrLinkClosed) {
		t.Fatalf("accept after close: %v, want ErrLinkClosed", err)
	}
	if _, err := m.Dialer.Dial(deadline(t), m.Address); err == nil {
		t.Fatal("a closed listener was reached")
	}
}

func twoLinks(t *testing.T, m Method) {
	near1, far1 := pair(t, m)
	near2, far2 := pair(t, m)
	send(t, near1, call.Message{Type: call.Hello, Version: 1, Name: "one"})
	send(t, near2, call.Message{Type: call.Hello, Version: 1, Name: "two"})
	if a, b := receive(t, far1).Name, receive(t, far2).Name; a != "one" || b != "two" {
		t.Fatalf("crossed: %q and %q", a, b)
	}
}

func way(t *testing.T, m Method) {
	near, far := pair(t, m)
	for side, l := range map[string]call.Link{"near": near, "far": far} {
		got := call.ByAddress
		if w, ok := l.(call.WayTeller); ok {
			got = w.Way()
		}
		// Who is called from nearby sees an address, as from anywhere.
		if want := cmp.Or(m.Way, call.ByAddress); got != want && (side == "near" || want != call.Nearby) {
			t.Errorf("the %s end tells %q, want %q", side, got, want)
		}
	}
}
