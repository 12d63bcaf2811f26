package rendezvous

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/call"
	"parley/call/rendezvous"
)

var quiet = slog.New(slog.DiscardHandler)

// patience bounds what must come.
const patience = 20 * time.Second

// server is the real one, which can be killed and started again.
type server struct {
	t       testing.TB
	config  rendezvous.Config
	origin  string
	address string

	mu    sync.Mutex
	now   *rendezvous.Server
	web   *http.Server
	conns map[net.Conn]bool
}

func startServer(t testing.TB, c rendezvous.Config) *server {
	t.Helper()
	s := &server{t: t, config: c, address: "127.0.0.1:0"}
	s.start()
	t.Cleanup(s.kill)
	return s
}

func (s *server) start() {
	s.t.Helper()
	tcp, err := net.Listen("tcp", s.address)
	if err != nil {
		s.t.Fatal(err)
	}
	s.address = tcp.Addr().String()
	s.origin = "http://" + s.address
	now, err := rendezvous.New(s.config)
	if err != nil {
		s.t.Fatal(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now, s.conns = now, map[net.Conn]bool{}
	s.web = &http.Server{Handler: &forward{h: now.Handler()}, ConnState: s.note}
	go s.web.Serve(tcp)
}

// forward is what a machine's address leads to, which may change.
type forward struct {
	mu sync.Mutex
	h  http.Handler
}

func (f *forward) to(h http.Handler) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.h = h
}

func (f *forward) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	h := f.h
	f.mu.Unlock()
	h.ServeHTTP(w, r)
}

func (s *server) note(c net.Conn, state http.ConnState) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.conns != nil {
		s.conns[c] = true
	}
}

// kill ends the server as a crash would: no connection hears a word.
func (s *server) kill() {
	s.mu.Lock()
	conns := s.conns
	s.conns = nil
	s.mu.Unlock()
	s.web.Close()
	for c := range conns {
		c.Close()
	}
	s.now.Close()
}

// changes are what a room tells.
type changes chan call.DoorChange

func (c changes) await(t testing.TB, kind call.DoorChangeKind) call.DoorChange {
	t.Helper()
	limit := time.After(patience)
	for {
		select {
		case got := <-c:
			if got.Kind == kind {
				return got
			}
			t.Logf("passed over %+v", got)
		case <-limit:
			t.Fatalf("not told of %v", kind)
		}
	}
}

func newRoom(t testing.TB, origin string) (*Room, changes) {
	t.Helper()
	return newRoomOf(t, origin, "")
}

// newRoomOf has the invitation key of a space.
func newRoomOf(t testing.TB, origin, key string) (*Room, changes) {
	t.Helper()
	told := make(changes, 64)
	r := NewRoom(RoomConfig{Origin: origin, Key: key, Log: quiet, Notify: func(c call.DoorChange) { told <- c }})
	t.Cleanup(func() { r.Close() })
	return r, told
}

// invite opens a door and returns its link.
func invite(t testing.TB, r *Room, claim string, change func(*call.Door)) call.Invitation {
	t.Helper()
	d := call.Door{Slot: call.SlotOf(call.SpaceOfKey(r.cfg.Key), claim), Claim: claim, Secret: [call.SecretSize]byte{1, 2, 3}}
	if change != nil {
		change(&d)
	}
	r.Open(d)
	return call.Invitation{Host: hostOf(r.cfg.Origin), TLS: strings.HasPrefix(r.cfg.Origin, "https:"), Slot: d.Slot, Secret: d.Secret}
}

func soon(t testing.TB) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	t.Cleanup(cancel)
	return ctx
}

// meet dials and accepts.
func meet(t testing.TB, d Dialer, address string, r *Room) (guest, host call.Link) {
	t.Helper()
	type result struct {
		link call.Link
		err  error
	}
	accepted := make(chan result, 1)
	ctx := soon(t)
	go func() {
		l, err := r.Accept(ctx)
		accepted <- result{l, err}
	}()
	guest, err := d.Dial(ctx, address)
	if err != nil {
		t.Fatalf("dial: %v", err)
	}
	got := <-accepted
	if got.err != nil {
		t.Fatalf("accept: %v", got.err)
	}
	t.Cleanup(func() { guest.Close(); got.link.Close() })
	return guest, got.link
}

func hello(name string) call.Message {
	return call.Message{Type: call.Hello, Version: call.ProtocolVersion, Name: name}
}

// pass says something one way.
func pass(t testing.TB, from, to call.Link, m call.Message) {
	t.Helper()
	if err := from.Send(soon(t), m); err != nil {
		t.Fatalf("send %s: %v", m.Type, err)
	}
	if got, err := to.Receive(soon(t)); err != nil || got.Type != m.Type || got.Name != m.Name {
		t.Fatalf("got %+v, %v, want %+v", got, err, m)
	}
}

// setUp says what a call begins with.
func setUp(t testing.TB, guest, host call.Link) {
	t.Helper()
	pass(t, guest, host, hello("Ann"))
	pass(t, guest, host, call.Message{Type: call.Offer, Session: "s", SDP: "v=0"})
	pass(t, host, guest, hello("Bob"))
	pass(t, host, guest, call.Message{Type: call.OK, Session: "s", For: call.Offer})
	pass(t, host, guest, call.Message{Type: call.Answer, Session: "s", SDP: "v=0"})
	pass(t, guest, host, call.Message{Type: call.OK, Session: "s", For: call.Answer})
}
