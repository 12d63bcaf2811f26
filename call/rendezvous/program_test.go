package rendezvous

import (
	"net/http/httptest"
	"testing"

	"parley/call/rendezvous/rendezvoustest"
)

type program = rendezvoustest.Program

var (
	connect = rendezvoustest.Connect
	room    = rendezvoustest.Room
	visitor = rendezvoustest.Visitor
	setUp   = rendezvoustest.SetUp
	relayed = rendezvoustest.Relayed
)

// open is a server that everybody may open slots at.
func open(t testing.TB, c Config) (*Server, string) {
	t.Helper()
	c.Open = true
	return serve(t, c)
}

func serve(t testing.TB, c Config) (*Server, string) {
	t.Helper()
	s, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(s.Handler())
	t.Cleanup(func() {
		s.Close()
		web.Close()
	})
	return s, web.URL
}
