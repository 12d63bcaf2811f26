package nats

import (
	"net/http/httptest"
	"strings"
	"testing"

	"parley/call/rendezvous"
	"parley/call/rendezvous/bustest"
	"parley/call/rendezvous/rendezvoustest"
)

func connect(t *testing.T, url string) *Bus {
	t.Helper()
	b, err := Connect(url, Options{Name: t.Name()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b
}

func TestBus(t *testing.T) {
	bustest.Run(t, func(t *testing.T) (a, b rendezvous.Bus) {
		url := rendezvoustest.NATS(t)
		return connect(t, url), connect(t, url)
	})
}

func TestServersAreOne(t *testing.T) {
	rendezvoustest.Cluster(t, func(t *testing.T) (a, b, c string) {
		url := rendezvoustest.NATS(t)
		return serve(t, url), serve(t, url), serve(t, url)
	})
}

func serve(t *testing.T, url string) string {
	t.Helper()
	s, err := rendezvous.New(rendezvous.Config{Open: true, Bus: connect(t, url)})
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(s.Handler())
	t.Cleanup(func() {
		s.Close()
		web.Close()
	})
	return web.URL
}

func TestNoClusterSaysWhatToDo(t *testing.T) {
	_, err := Connect("nats://127.0.0.1:1", Options{})
	if err == nil || !strings.Contains(err.Error(), "check --nats") {
		t.Fatalf("got %v", err)
	}
}
