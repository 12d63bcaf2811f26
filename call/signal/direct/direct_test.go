package direct

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"parley/call"
	"parley/call/signal/signaltest"
)

func listen(t *testing.T) *Listener {
	t.Helper()
	l, err := Listen(0, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

func TestConformance(t *testing.T) {
	for name, host := range map[string]string{"IPv4": "127.0.0.1", "IPv6": "::1"} {
		t.Run(name, func(t *testing.T) {
			if probe, err := net.Listen("tcp", net.JoinHostPort(host, "0")); err != nil {
				t.Skipf("this machine has no %s: %v", name, err)
			} else {
				probe.Close()
			}
			signaltest.Run(t, func(t *testing.T) signaltest.Method {
				l := listen(t)
				return signaltest.Method{
					Dialer: Dialer{}, Listener: l, Bad: "not an address",
					Address: net.JoinHostPort(host, strconv.Itoa(l.Port())),
				}
			})
		})
	}
}

func TestParseAddress(t *testing.T) {
	tests := []struct{ in, host, port string }{
		{"ann", "ann", "27539"},
		{" ann.local ", "ann.local", "27539"},
		{"ann:1234", "ann", "1234"},
		{"192.168.1.7", "192.168.1.7", "27539"},
		{"192.168.1.7:9", "192.168.1.7", "9"},
		{"::1", "::1", "27539"},
		{"[::1]", "::1", "27539"},
		{"[fe80::1%eth0]:80", "fe80::1%eth0", "80"},
		{"2001:db8::7", "2001:db8::7", "27539"},
		{"", "", ""}, {"ann:", "", ""}, {"ann:0", "", ""}, {"ann:70000", "", ""}, {"ann bob", "", ""},
		{"http://ann", "", ""}, {"-v", "", ""}, {"[nonsense]:80", "", ""}, {"ann@bob", "", ""},
	}
	for _, test := range tests {
		host, port, err := ParseAddress(test.in)
		if test.host == "" {
			if !errors.Is(err, call.ErrBadAddress) {
				t.Errorf("%q: got %s %s %v, want ErrBadAddress", test.in, host, port, err)
			}
			continue
		}
		if err != nil || host != test.host || port != test.port {
			t.Errorf("%q: got %q %q %v", test.in, host, port, err)
		}
	}
}

func TestURL(t *testing.T) {
	for host, want := range map[string]string{
		"ann": "ws://ann:9/parley", "::1": "ws://[::1]:9/parley", "fe80::1%eth0": "ws://[fe80::1%25eth0]:9/parley",
	} {
		if got := urlOf(host, "9"); got != want {
			t.Errorf("%s: %s, want %s", host, got, want)
		}
	}
}

func TestDialErrorsSayWhatToDo(t *testing.T) {
	l := listen(t)
	port := strconv.Itoa(l.Port())
	l.Close()
	_, err := Dialer{}.Dial(t.Context(), "127.0.0.1:"+port)
	if err == nil || !strings.Contains(err.Error(), "start Parley on that machine") {
		t.Errorf("refused connection: %v", err)
	}
	other := &http.Server{Handler: http.NotFoundHandler()}
	tcp, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go other.Serve(tcp)
	defer other.Close()
	if _, err := (Dialer{}).Dial(t.Context(), tcp.Addr().String()); err == nil {
		t.Error("a web server was taken for a Parley")
	}
}

func TestPortTaken(t *testing.T) {
	l := listen(t)
	if _, err := Listen(l.Port(), slog.New(slog.DiscardHandler)); !errors.Is(err, ErrPortTaken) {
		t.Fatalf("got %v, want ErrPortTaken", err)
	}
}

// A web page must not be able to make this machine ring.
func TestForeignOriginIsRefused(t *testing.T) {
	l := listen(t)
	url := "ws://127.0.0.1:" + strconv.Itoa(l.Port()) + path
	_, resp, err := websocket.Dial(t.Context(), url, &websocket.DialOptions{
		Subprotocols: []string{protocol}, HTTPHeader: http.Header{"Origin": {"https://evil.example"}},
	})
	if err == nil || resp == nil || resp.StatusCode != http.StatusForbidden {
		t.Fatalf("got %v, %v", resp, err)
	}
}

func TestOversizedMessageIsRefused(t *testing.T) {
	l := listen(t)
	go func() {
		url := "ws://127.0.0.1:" + strconv.Itoa(l.Port()) + path
		conn, _, err := websocket.Dial(context.Background(), url, &websocket.DialOptions{Subprotocols: []string{protocol}})
		if err == nil {
			conn.Write(context.Background(), websocket.MessageText, make([]byte, 2*call.MaxMessage))
		}
	}()
	link, err := l.Accept(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer link.Close()
	if _, err := link.Receive(t.Context()); !errors.Is(err, call.ErrMessage) {
		t.Fatalf("got %v, want ErrMessage", err)
	}
}

func FuzzParseAddress(f *testing.F) {
	for _, s := range []string{"ann", "[::1]:80", "a:b:c", "host:99999", "%", "\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		host, port, err := ParseAddress(s)
		if err != nil {
			return
		}
		if strings.ContainsAny(host, "/@ ?#") || port == "" {
			t.Fatalf("%q gave %q %q", s, host, port)
		}
	})
}
