package rtc_test

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"parley/call"
	"parley/call/rtc"
)

// These tests use real sockets; what they send never leaves this machine.

// counted is media that counts what comes and sends what it is told.
type counted struct {
	video chan call.VideoOut
	frame chan call.EncodedFrame
	stats chan func() call.TransportStats
}

func newCounted() *counted {
	return &counted{video: make(chan call.VideoOut, 2), frame: make(chan call.EncodedFrame, 100), stats: make(chan func() call.TransportStats, 2)}
}

func (c *counted) SendVideo(out call.VideoOut) {
	if out != nil {
		c.video <- out
	}
}
func (c *counted) SendAudio(call.AudioOut) {}
func (c *counted) ReceiveVideo(in call.VideoIn) {
	for {
		frame, err := in.ReadFrame()
		if err != nil {
			return
		}
		frame.Unit = append([]byte(nil), frame.Unit...)
		c.frame <- frame
	}
}
func (c *counted) ReceiveAudio(in call.AudioIn) {
	for {
		if _, err := in.ReadPacket(); errors.Is(err, io.EOF) {
			return
		}
	}
}
func (c *counted) KeyFrameWanted()                {}
func (c *counted) TargetRate(int)                 {}
func (c *counted) SenderReport(call.SenderReport) {}

func (c *counted) Transport(stats func() call.TransportStats) {
	if stats != nil {
		c.stats <- stats
	}
}

// socketEnd is one end of a connection on real sockets.
type socketEnd struct {
	peer   call.Peer
	media  *counted
	events chan call.PeerEvent
}

func newSocketEnd(t *testing.T, f *rtc.Factory) *socketEnd {
	t.Helper()
	e := &socketEnd{media: newCounted(), events: make(chan call.PeerEvent, 1000)}
	var err error
	if e.peer, err = f.NewPeer(e.media, nil, func(v call.PeerEvent) { e.events <- v }); err != nil {
		t.Fatal(err)
	}
	return e
}

func (e *socketEnd) until(t *testing.T, want call.PeerEventKind) {
	t.Helper()
	limit := time.After(10 * time.Second)
	for {
		select {
		case v := <-e.events:
			if v.Kind == want {
				return
			}
		case <-limit:
			t.Fatalf("no event %d in 10 s", want)
		}
	}
}

// freePort is a UDP port that nobody has.
func freePort(t *testing.T) int {
	t.Helper()
	conn, err := net.ListenPacket("udp", ":0")
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	return conn.LocalAddr().(*net.UDPAddr).Port
}

func newFactory(t *testing.T, port int) *rtc.Factory {
	t.Helper()
	f, err := rtc.NewFactory(rtc.Config{Port: port, Video: []string{"H264", "VP8"}, Log: quiet})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// only leaves the candidates of a description whose address passes.
func only(sdp string, passes func(netip.Addr) bool) (string, int) {
	var kept []string
	n := 0
	for _, line := range strings.Split(sdp, "\r\n") {
		if text, ok := strings.CutPrefix(line, "a=candidate:"); ok {
			ip, err := netip.ParseAddr(strings.Fields(text)[4])
			if err != nil || !passes(ip) {
				continue
			}
			n++
		}
		kept = append(kept, line)
	}
	return strings.Join(kept, "\r\n"), n
}

// join connects two ends over addresses that pass, and says whether there are any.
func join(t *testing.T, a, b *socketEnd, passes func(netip.Addr) bool) bool {
	t.Helper()
	offer, err := a.peer.Offer(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	offer, n := only(offer, passes)
	if n == 0 {
		return false
	}
	if err := b.peer.Take(offer); err != nil {
		t.Fatal(err)
	}
	answer, err := b.peer.Answer(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	answer, _ = only(answer, passes)
	if err := a.peer.Accept(answer); err != nil {
		t.Fatal(err)
	}
	a.until(t, call.PeerConnected)
	b.until(t, call.PeerConnected)
	return true
}

func loopback4(ip netip.Addr) bool { return ip.IsLoopback() && ip.Is4() }

// own6 passes this machine's own IPv6 addresses; pion makes no candidate of ::1.
func own6(ip netip.Addr) bool { return ip.Is6() && !ip.Is4In6() && !ip.IsLinkLocalUnicast() }

// sends passes one key frame and says its codec.
func sends(t *testing.T, from, to *socketEnd) string {
	t.Helper()
	out := <-from.media.video
	unit := []byte{0, 0, 0, 1, 0x67, 1, 2, 3, 0, 0, 0, 1, 0x68, 1, 0, 0, 0, 1, 0x65, 0x88, 1, 2, 3}
	if err := out.WriteFrame(call.EncodedFrame{Unit: unit, Key: true, At: time.Now()}); err != nil {
		t.Fatal(err)
	}
	select {
	case got := <-to.media.frame:
		if string(got.Unit) != string(unit) || !got.Key {
			t.Errorf("% x came", got.Unit)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("no picture in 10 s")
	}
	return out.Codec()
}

func closeBoth(t *testing.T, ends ...*socketEnd) {
	t.Helper()
	for _, e := range ends {
		if err := errors.Join(e.peer.Close(), e.peer.Close()); err != nil {
			t.Error(err)
		}
	}
}

func TestRealSockets(t *testing.T) {
	for name, passes := range map[string]func(netip.Addr) bool{"IPv4": loopback4, "IPv6": own6} {
		t.Run(name, func(t *testing.T) {
			defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
			a, b := newSocketEnd(t, newFactory(t, freePort(t))), newSocketEnd(t, newFactory(t, freePort(t)))
			defer closeBoth(t, a, b)
			if !join(t, a, b, passes) {
				t.Skipf("this machine has no %s address but that of loopback", name)
			}
			if codec := sends(t, a, b); codec != "H264" {
				t.Errorf("%s was negotiated", codec)
			}
			sends(t, b, a)
		})
	}
}

// All peers of a factory share its port, which is free again after the last.
func TestOnePortForAll(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	port := freePort(t)
	shared := newFactory(t, port)
	a1, a2, b1, b2 := newSocketEnd(t, shared), newSocketEnd(t, shared), newSocketEnd(t, newFactory(t, freePort(t))), newSocketEnd(t, newFactory(t, freePort(t)))
	join(t, a1, b1, loopback4)
	join(t, b2, a2, loopback4)
	sends(t, a1, b1)
	sends(t, b2, a2)
	closeBoth(t, a1, b1)
	sends(t, a2, b2) // its neighbour's end is not its own
	if conn, err := net.ListenPacket("udp4", fmt.Sprintf("127.0.0.1:%d", port)); err == nil {
		conn.Close()
		t.Error("the port is not held while a call runs")
	}
	closeBoth(t, a2, b2)
	conn, err := net.ListenPacket("udp4", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		t.Fatalf("the port is not free after the last call: %v", err)
	}
	conn.Close()
}

func TestPortTaken(t *testing.T) {
	taken, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	f := newFactory(t, taken.LocalAddr().(*net.UDPAddr).Port)
	if _, err := f.NewPeer(newCounted(), nil, func(call.PeerEvent) {}); err == nil || !strings.Contains(err.Error(), "choose another port") {
		t.Errorf("%v", err)
	}
}

// A peer that never connected, in whatever stage, leaves nothing behind.
func TestCloseAtEveryStage(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	f, g := newFactory(t, freePort(t)), newFactory(t, freePort(t))
	stages := []func(a, b *socketEnd) error{
		func(a, b *socketEnd) error { return nil },
		func(a, b *socketEnd) error { _, err := a.peer.Offer(t.Context()); return err },
		func(a, b *socketEnd) error {
			offer, err := a.peer.Offer(t.Context())
			return errors.Join(err, b.peer.Take(offer))
		},
		func(a, b *socketEnd) error {
			offer, err := a.peer.Offer(t.Context())
			err = errors.Join(err, b.peer.Take(offer))
			_, err2 := b.peer.Answer(t.Context())
			return errors.Join(err, err2)
		},
	}
	for i, stage := range stages {
		a, b := newSocketEnd(t, f), newSocketEnd(t, g)
		if err := stage(a, b); err != nil {
			t.Errorf("stage %d: %v", i, err)
		}
		closeBoth(t, a, b)
	}
}

func TestHostileDescriptions(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	f := newFactory(t, freePort(t))
	a := newSocketEnd(t, f)
	defer closeBoth(t, a)
	good, err := a.peer.Offer(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	section := good[strings.Index(good, "m=video"):]
	for name, offer := range map[string]string{
		"nothing": "", "no SDP": "hello", "no fingerprint": "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n",
		"a thousand tracks": good + strings.Repeat(section, 1000),
	} {
		b := newSocketEnd(t, f)
		began := time.Now()
		if err := b.peer.Take(offer); err == nil {
			if _, err = b.peer.Answer(t.Context()); err == nil {
				t.Errorf("%s: answered", name)
			}
		}
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("%s: took %v", name, took)
		}
		closeBoth(t, b)
	}
	b := newSocketEnd(t, f)
	defer closeBoth(t, b)
	if err := b.peer.Take(good); err != nil {
		t.Fatal(err)
	}
	for _, c := range []string{"", "x", "candidate:1 1 udp 1 example.invalid 9 typ host", "candidate:1 1 tcp 1 127.0.0.1 9 typ host tcptype active"} {
		_ = b.peer.AddCandidate(call.Candidate{Candidate: c}) // refused or not, it must not break anything
	}
	if _, err := b.peer.Answer(t.Context()); err != nil {
		t.Error(err)
	}
}
