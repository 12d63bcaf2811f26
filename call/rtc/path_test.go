//go:build linux

package rtc_test

import (
	"net"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/pion/turn/v5"
	"go.uber.org/goleak"

	"parley/call"
	"parley/call/rtc"
)

// trickle connects two ends that tell each other their addresses as they come.
func trickle(t *testing.T, a, b *socketEnd) {
	t.Helper()
	offer, err := a.peer.Offer(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := b.peer.Take(offer); err != nil {
		t.Fatal(err)
	}
	answer, err := b.peer.Answer(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := a.peer.Accept(answer); err != nil {
		t.Fatal(err)
	}
	for _, sdp := range []string{offer, answer} {
		if strings.Contains(strings.ToLower(sdp), " tcp ") && strings.Contains(sdp, "tcptype") {
			t.Error("a TCP address was told before UDP had its time")
		}
	}
	connected := map[*socketEnd]bool{}
	for limit := time.After(15 * time.Second); len(connected) < 2; {
		var v call.PeerEvent
		from, to := a, b
		select {
		case v = <-a.events:
		case v = <-b.events:
			from, to = b, a
		case <-limit:
			t.Fatal("no path in 15 s")
		}
		switch v.Kind {
		case call.PeerCandidate:
			_ = to.peer.AddCandidate(v.Candidate) // one that is of no use is not used
		case call.PeerConnected:
			connected[from] = true
		}
	}
}

func pathOf(t *testing.T, e *socketEnd) string {
	t.Helper()
	select {
	case stats := <-e.media.stats:
		return stats().Local
	case <-time.After(10 * time.Second):
		t.Fatal("no statistics")
		return ""
	}
}

// Where UDP is blocked the call's media goes over TCP, to the port that takes
// it, from a side that takes none.
func TestTCPWhereUDPIsBlocked(t *testing.T) {
	port, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer port.Close()
	config := rtc.Config{Video: []string{"H264"}, Log: quiet}.WithoutUDP()
	far := config
	far.TCP = port
	a, b := newSocketEnd(t, factory(t, config)), newSocketEnd(t, factory(t, far))
	defer closeBoth(t, a, b)
	trickle(t, a, b)
	sends(t, a, b)
	sends(t, b, a)
	if path := pathOf(t, a); !strings.HasPrefix(path, "tcp ") {
		t.Errorf("the path is %s", path)
	}
}

// A side that can be reached by nobody is reached through a relay.
func TestRelay(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	address, end := relay(t)
	defer end()
	config := rtc.Config{Video: []string{"H264"}, Log: quiet, Servers: func() []call.Server {
		return []call.Server{{URL: "turn:" + address + "?transport=udp", Username: "ann", Credential: "secret"}}
	}}.RelayOnly()
	a, b := newSocketEnd(t, factory(t, config)), newSocketEnd(t, factory(t, config))
	defer closeBoth(t, a, b)
	trickle(t, a, b)
	sends(t, a, b)
	sends(t, b, a)
	if path := pathOf(t, a); !strings.Contains(path, "relay") {
		t.Errorf("the path is %s", path)
	}
}

// relay runs a TURN server of this machine's own.
func relay(t *testing.T) (address string, end func()) {
	t.Helper()
	conn, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	const realm = "test"
	server, err := turn.NewServer(turn.ServerConfig{
		Realm: realm,
		AuthHandler: func(r *turn.RequestAttributes) (string, []byte, bool) {
			return r.Username, turn.GenerateAuthKey("ann", realm, "secret"), r.Username == "ann"
		},
		PacketConnConfigs: []turn.PacketConnConfig{{PacketConn: conn, RelayAddressGenerator: &turn.RelayAddressGeneratorStatic{
			RelayAddress: net.IPv4(127, 0, 0, 1), Address: "127.0.0.1",
		}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return conn.LocalAddr().String(), func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	}
}

func factory(t *testing.T, c rtc.Config) *rtc.Factory {
	t.Helper()
	f, err := rtc.NewFactory(c)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// Packets of a call are marked for routers that give it preference.
func TestPacketsAreMarked(t *testing.T) {
	conn, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	class, err := receivedClass(conn.(*net.UDPConn))
	if err != nil {
		t.Skip(err)
	}
	to := netip.MustParseAddrPort(conn.LocalAddr().String())
	a, b := newSocketEnd(t, newFactory(t, freePort(t))), newSocketEnd(t, newFactory(t, freePort(t)))
	defer closeBoth(t, a, b)
	offer, err := a.peer.Offer(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := b.peer.Take(offer); err != nil {
		t.Fatal(err)
	}
	if _, err := b.peer.Answer(t.Context()); err != nil {
		t.Fatal(err)
	}
	line := uint16(0)
	if err := b.peer.AddCandidate(call.Candidate{
		Candidate: "candidate:1 1 udp 2113937151 127.0.0.1 " + strings.Split(to.String(), ":")[1] + " typ host", SDPMLineIndex: &line,
	}); err != nil {
		t.Fatal(err)
	}
	if got, err := class(); err != nil || got != rtc.InteractiveVideo {
		t.Errorf("the first check came with class %#x, want %#x (%v)", got, rtc.InteractiveVideo, err)
	}
}
