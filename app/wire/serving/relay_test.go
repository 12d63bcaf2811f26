package serving

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/pion/turn/v5"

	"parley/call"
	"parley/call/rendezvous"
	"parley/call/rendezvous/rendezvoustest"
	"parley/call/rendezvous/spaces"
)

// freePort is one that nobody has at the moment.
func freePort(t *testing.T) int {
	t.Helper()
	probe, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer probe.Close()
	return probe.Addr().(*net.TCPAddr).Port
}

// relayed starts a server that relays on this machine, until stop.
func relayed(t *testing.T, folder string, port int, metrics string) (url string, stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	started, done := make(chan string, 1), make(chan error, 1)
	go func() {
		done <- Run(ctx, Options{
			Listen: "127.0.0.1:0", Metrics: metrics, Folder: folder, Log: slog.New(slog.DiscardHandler),
			Started: func(web, figures string) {
				if web != "" {
					url = web
				}
				if metrics == "" || figures != "" { // they are listened on last
					started <- url
				}
			},
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

// told are the servers that a host is told when a guest knocks at its slot; key
// is that of a space, "" of the server's own.
func told(t *testing.T, url, key, claim string) []call.Server {
	t.Helper()
	host, slot := rendezvoustest.Connect(t, url), call.SlotOf(call.SpaceOfKey(key), claim)
	host.Say(call.Frame{Type: call.OpenSlot, Slot: slot, Claim: claim, Key: key})
	for _, s := range host.Hear(call.Opened).Servers {
		if s.Username != "" || strings.HasPrefix(s.URL, "turn") {
			t.Errorf("told before there is a guest: %+v", s)
		}
	}
	guest := rendezvoustest.Connect(t, url)
	guest.Say(call.Frame{Type: call.Join, Slot: slot})
	knock := host.Hear(call.Knock)
	if joined := guest.Hear(call.Joined); len(joined.Servers) != len(knock.Servers) {
		t.Errorf("the host is told %+v, the guest %+v", knock.Servers, joined.Servers)
	}
	return knock.Servers
}

// allocate asks for a relayed address, and sends over it what is to be sent.
func allocate(t *testing.T, s call.Server, packets ...[]byte) error {
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
	if err != nil {
		return err
	}
	for _, p := range packets {
		if _, err := at.WriteTo(p, conn.LocalAddr()); err != nil {
			t.Error(err)
		}
	}
	return at.Close()
}

// What a server tells its programs lets them relay through it; where an older
// process has the port, that one relays, and this one as soon as it has ended.
func TestRelay(t *testing.T) {
	port, folder := freePort(t), t.TempDir()
	url, stop := relayed(t, folder, port, "")
	servers := told(t, url, "", "one")
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
	t.Setenv("PARLEY_SOCKETS", handedOver(t))
	next, stopNext := relayed(t, folder, port, "")
	defer stopNext()
	later := told(t, next, "", "two")[1]
	if err := allocate(t, later); err != nil {
		t.Errorf("the next process' word is not taken by the older one: %v", err)
	}
	stop()
	until(t, "the next process relays", func() bool { return allocate(t, later) == nil })
}

// handedOver names a socket as a process before would.
func handedOver(t *testing.T) string {
	t.Helper()
	null, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	fd, err := syscall.Dup(int(null.Fd())) // closed by who takes it over
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint("tcp/elsewhere=", fd)
}

// A port that another program has is told, and not waited for.
func TestTheRelaysPortIsTaken(t *testing.T) {
	taken, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	err = Run(t.Context(), Options{
		Listen: "127.0.0.1:0", Folder: t.TempDir(), Log: slog.New(slog.DiscardHandler),
		Relay: Relay{Listen: taken.Addr().String(), Public: []string{"127.0.0.1"}, Private: true},
	})
	if !errors.Is(err, syscall.EADDRINUSE) || !strings.Contains(err.Error(), "choose another address") {
		t.Errorf("it serves until %v", err)
	}
}

// A space whose calls have had relayed what its quota allows is told no relay
// any more, and gets none; another one is. The figures say so.
func TestSpacesHaveTheirOwnRelayQuota(t *testing.T) {
	folder, metrics := t.TempDir(), fmt.Sprint("localhost:", freePort(t))
	choir, err1 := spaces.Add(Spaces(folder), rendezvous.Space{Name: "choir", Quota: rendezvous.Quota{RelayBytes: 2500}})
	band, err2 := spaces.Add(Spaces(folder), rendezvous.Space{Name: "band"})
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	url, stop := relayed(t, folder, freePort(t), metrics)
	defer stop()
	servers := told(t, url, choir.Invitation, "one")
	if len(servers) != 3 {
		t.Fatalf("told %+v", servers)
	}
	packet := make([]byte, 1000)
	if err := allocate(t, servers[1], packet, packet, packet, packet, packet); err != nil {
		t.Fatal(err)
	}
	says := ""
	until(t, "it is refused", func() bool {
		says = figures(t, "http://"+metrics+"/metrics")
		return strings.Contains(says, `parley_relay_refused_total{reason="space-bytes",space="choir"} 3`)
	})
	for _, line := range []string{
		`parley_relay_allocations_total{space="choir"} 1`, `parley_relay_bytes_total{space="choir"} 2000`, `parley_space_relay_bytes_today{space="choir"} 2000`,
	} {
		if !strings.Contains(says, line+"\n") {
			t.Errorf("no %s in\n%s", line, says)
		}
	}
	if err := allocate(t, servers[1], make([]byte, 500)); err != nil { // the rest
		t.Fatal(err)
	}
	until(t, "the space is told no relay", func() bool { return len(told(t, url, choir.Invitation, "two")) == 1 })
	if err := allocate(t, servers[1]); err == nil {
		t.Error("the space is let in beyond its quota")
	}
	others := told(t, url, band.Invitation, "one")
	if len(others) != 3 {
		t.Fatalf("another space is told %+v", others)
	}
	if err := allocate(t, others[1]); err != nil {
		t.Errorf("another space is not let in: %v", err)
	}
}

// until asks again and again.
func until(t *testing.T, what string, is func() bool) {
	t.Helper()
	every := time.NewTicker(100 * time.Millisecond)
	defer every.Stop()
	for limit := time.Now().Add(10 * time.Second); !is(); <-every.C {
		if time.Now().After(limit) {
			t.Fatalf("until %s it takes too long", what)
		}
	}
}

// figures is what Prometheus would read.
func figures(t *testing.T, url string) string {
	t.Helper()
	answer, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	all, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(all)
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
