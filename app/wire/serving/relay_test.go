package serving

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/pion/turn/v5"

	"parley/call"
	"parley/call/rendezvous/rendezvoustest"
)

// relayed starts a server that relays on this machine, until stop.
func relayed(t *testing.T, folder string, port int) (url string, stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	started, done := make(chan string, 1), make(chan error, 1)
	go func() {
		done <- Run(ctx, Options{
			Listen: "127.0.0.1:0", Folder: folder, Log: slog.New(slog.DiscardHandler), Started: func(web, _ string) { started <- web },
			Relay: Relay{Listen: fmt.Sprint("127.0.0.1:", port), Public: []string{"127.0.0.1"}, Private: true},
		})
	}()
	stop = func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	select {
	case web := <-started:
		return "http://" + web, stop
	case err := <-done:
		t.Fatal(err)
		return "", nil
	}
}

// told are the servers that a host is told.
func told(t *testing.T, url, claim string) []call.Server {
	t.Helper()
	host := rendezvoustest.Connect(t, url)
	host.Say(call.Frame{Type: call.OpenSlot, Slot: call.SlotOf("", claim), Claim: claim})
	return host.Hear(call.Opened).Servers
}

// allocate asks for a relayed address.
func allocate(t *testing.T, s call.Server) error {
	t.Helper()
	address, _, _ := strings.Cut(strings.TrimPrefix(s.URL, "turn:"), "?")
	conn, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	c, err := turn.NewClient(&turn.ClientConfig{TURNServerAddr: address, Conn: conn, Username: s.Username, Password: s.Credential, RTO: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.Listen(); err != nil {
		t.Fatal(err)
	}
	at, err := c.Allocate()
	if err == nil {
		err = at.Close()
	}
	return err
}

// What a server tells its programs lets them relay through it; where an older
// process has the port, that one relays, and this one as soon as it has ended.
func TestRelay(t *testing.T) {
	probe, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := probe.Addr().(*net.TCPAddr).Port
	probe.Close()
	folder := t.TempDir()
	url, stop := relayed(t, folder, port)
	servers := told(t, url, "one")
	if len(servers) != 3 || servers[0].URL != fmt.Sprint("stun:127.0.0.1:", port) || servers[0].Username != "" {
		t.Fatalf("told %+v", servers)
	}
	if err := allocate(t, servers[1]); err != nil {
		t.Errorf("%s: %v", servers[1].URL, err)
	}
	wrong := servers[1]
	wrong.Credential = "x"
	if err := allocate(t, wrong); err == nil {
		t.Error("a wrong word is let in")
	}
	next, stopNext := relayed(t, folder, port)
	defer stopNext()
	later := told(t, next, "two")[1]
	if err := allocate(t, later); err != nil {
		t.Errorf("the next process' word is not taken by the older one: %v", err)
	}
	stop()
	every := time.NewTicker(100 * time.Millisecond)
	defer every.Stop()
	for limit := time.Now().Add(10 * time.Second); allocate(t, later) != nil; <-every.C {
		if time.Now().After(limit) {
			t.Fatal("the next process does not relay")
		}
	}
}

func TestWhatRelayingTakes(t *testing.T) {
	for name, test := range map[string]struct {
		relay  Relay
		secure bool
		fine   bool
	}{
		"nothing":           {Relay{}, false, true},
		"here":              {Relay{Listen: ":3478", Public: []string{"1.1.1.1"}}, false, true},
		"no address":        {Relay{Listen: ":3478"}, false, false},
		"elsewhere":         {Relay{Servers: []string{"turn:a:3478", "stun:a:3478"}, Secret: "s"}, false, true},
		"without a secret":  {Relay{Servers: []string{"turn:a:3478"}}, false, false},
		"no URL":            {Relay{Servers: []string{"a:3478"}, Secret: "s"}, false, false},
		"both":              {Relay{Listen: ":3478", Public: []string{"1.1.1.1"}, Servers: []string{"turn:a"}, Secret: "s"}, false, false},
		"TLS":               {Relay{Listen: ":3478", Public: []string{"1.1.1.1"}, TLS: ":5349", Host: "a"}, true, true},
		"no certificate":    {Relay{Listen: ":3478", Public: []string{"1.1.1.1"}, TLS: ":5349", Host: "a"}, false, false},
		"TLS, with no name": {Relay{Listen: ":3478", Public: []string{"1.1.1.1"}, TLS: ":5349"}, true, false},
	} {
		if err := test.relay.check(test.secure); (err == nil) != test.fine {
			t.Errorf("%s: %v", name, err)
		}
	}
}
