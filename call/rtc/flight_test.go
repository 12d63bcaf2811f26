package rtc

import (
	"net"
	"net/netip"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func sockets(t *testing.T) (near *flightConn, far *net.UDPConn, to, from netip.AddrPort) {
	t.Helper()
	open := func() *net.UDPConn {
		conn, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
		if err != nil {
			t.Fatal(err)
		}
		return conn
	}
	near, far = newFlightConn(open()), open()
	t.Cleanup(func() { near.Close(); far.Close() })
	return near, far, netip.MustParseAddrPort(far.LocalAddr().String()), netip.MustParseAddrPort(near.LocalAddr().String())
}

// receive waits for a packet, for so long at most; "" is none.
func receive(t *testing.T, conn *net.UDPConn, most time.Duration) string {
	t.Helper()
	if err := conn.SetReadDeadline(time.Now().Add(most)); err != nil {
		t.Fatal(err)
	}
	b := make([]byte, 1500)
	n, err := conn.Read(b)
	if err != nil {
		return ""
	}
	return string(b[:n])
}

func TestFlightIsRepeatedUntilAnswered(t *testing.T) {
	near, far, to, from := sockets(t)
	for _, b := range []string{"\x16one", "\x14two", "\x80picture"} {
		if _, err := near.WriteToAddrPort([]byte(b), to); err != nil {
			t.Fatal(err)
		}
	}
	for i, want := range []string{"\x16one", "\x14two", "\x80picture", "\x16one", "\x14two", "\x16one", "\x14two"} {
		if got := receive(t, far, 5*flightEvery); got != want {
			t.Fatalf("packet %d is %q, want %q", i, got, want)
		}
	}
	if _, err := far.WriteToUDPAddrPort([]byte("\x01check"), from); err != nil {
		t.Fatal(err)
	}
	b := make([]byte, 1500)
	if _, _, err := near.ReadFromAddrPort(b); err != nil || near.waiting.Load() != 1 {
		t.Fatalf("a check of the path ended the flight (%v)", err)
	}
	if _, err := far.WriteToUDPAddrPort([]byte("\x16answer"), from); err != nil {
		t.Fatal(err)
	}
	if _, _, err := near.ReadFromAddrPort(b); err != nil || near.waiting.Load() != 0 {
		t.Fatalf("an answer did not end the flight (%v)", err)
	}
	for receive(t, far, flightEvery/10) != "" { // what was on its way
	}
	if got := receive(t, far, 2*flightEvery); got != "" {
		t.Errorf("%q came after the answer", got)
	}
}

func TestNextFlightTakesThePlaceOfTheLast(t *testing.T) {
	near, _, to, _ := sockets(t)
	now := time.Now()
	near.keep([]byte("\x16a"), to, now)
	near.keep([]byte("\x16b"), to, now.Add(flightGap/2))
	near.keep([]byte("\x16c"), to, now.Add(10*flightGap))
	near.mu.Lock()
	defer near.mu.Unlock()
	if f := near.flights[to]; len(f.packets) != 1 || string(f.packets[0]) != "\x16c" || near.waiting.Load() != 1 {
		t.Errorf("%q, %d flights", f.packets, near.waiting.Load())
	}
}

func TestClosedSocketRepeatsNothing(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	near, far, to, _ := sockets(t)
	if _, err := near.WriteToAddrPort([]byte("\x16one"), to); err != nil {
		t.Fatal(err)
	}
	if err := near.Close(); err != nil {
		t.Fatal(err)
	}
	near.keep([]byte("\x16late"), to, time.Now().Add(time.Second))
	if near.waiting.Load() != 0 {
		t.Error("a flight waits on a closed socket")
	}
	receive(t, far, time.Second)
	if got := receive(t, far, 2*flightEvery); got != "" {
		t.Errorf("%q", got)
	}
}

func BenchmarkWrite(b *testing.B) {
	conn, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		b.Fatal(err)
	}
	c := newFlightConn(conn)
	defer c.Close()
	to := netip.MustParseAddrPort(conn.LocalAddr().String())
	packet := make([]byte, 1200)
	packet[0] = 0x80
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.WriteToAddrPort(packet, to); err != nil {
			b.Fatal(err)
		}
	}
}
