package relay

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"math/big"
	"net"
	"net/netip"
	"sync"
	"testing"
	"time"

	"github.com/pion/turn/v5"
	"go.uber.org/goleak"
)

const secret = "a secret that nobody guesses"

// patience bounds each wait.
const testPatience = 5 * time.Second

// certificate is one of this test's own, for 127.0.0.1.
func certificate(t *testing.T) *tls.Config {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
}

// served is a relay on this machine's loopback.
type served struct {
	*Server
	udp, tcp, tls string
	mu            sync.Mutex
	refused       map[Refusal]int
	news          chan struct{} // one is refused
}

// refuses waits until so many were refused for a reason.
func (s *served) refuses(t *testing.T, why Refusal, n int) {
	t.Helper()
	limit := time.After(testPatience)
	for s.refusals(why) < n {
		select {
		case <-s.news:
		case <-limit:
			t.Fatalf("%d were refused for %s, want %d", s.refusals(why), why, n)
		}
	}
}

func (s *served) refusals(why Refusal) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.refused[why]
}

func serve(t *testing.T, change ...func(*Config)) *served {
	t.Helper()
	out := &served{refused: map[Refusal]int{}, news: make(chan struct{}, 1)}
	udp, err1 := net.ListenPacket("udp4", "127.0.0.1:0")
	tcp, err2 := net.Listen("tcp4", "127.0.0.1:0")
	secure, err3 := net.Listen("tcp4", "127.0.0.1:0")
	for _, err := range []error{err1, err2, err3} {
		if err != nil {
			t.Fatal(err)
		}
	}
	out.udp, out.tcp, out.tls = udp.LocalAddr().String(), tcp.Addr().String(), secure.Addr().String()
	cfg := Config{
		Secret: secret, Public: []netip.Addr{netip.MustParseAddr("127.0.0.1")}, Private: true,
		UDP: []net.PacketConn{udp}, TCP: []net.Listener{tcp}, TLS: []net.Listener{secure}, TLSConfig: certificate(t),
		Watch: Watch{Refused: func(_ string, why Refusal) {
			out.mu.Lock()
			out.refused[why]++
			out.mu.Unlock()
			select {
			case out.news <- struct{}{}:
			default: // it is looked at anyway
			}
		}},
	}
	for _, f := range change {
		f(&cfg)
	}
	var err error
	if out.Server, err = Serve(cfg); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := out.Close(); err != nil {
			t.Error(err)
		}
	})
	return out
}

// enter connects a program to a relay over a transport.
func enter(t *testing.T, transport, address string) net.PacketConn {
	t.Helper()
	switch transport {
	case "udp":
		conn, err := net.ListenPacket("udp4", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		return conn
	case "tls":
		conn, err := tls.Dial("tcp4", address, &tls.Config{InsecureSkipVerify: true}) // made a moment ago, by this test
		if err != nil {
			t.Fatal(err)
		}
		return turn.NewSTUNConn(conn)
	}
	conn, err := net.Dial("tcp4", address)
	if err != nil {
		t.Fatal(err)
	}
	return turn.NewSTUNConn(conn)
}

// ask returns a client of a relay with a name and word.
func ask(t *testing.T, conn net.PacketConn, address, name, word string) *turn.Client {
	t.Helper()
	c, err := turn.NewClient(&turn.ClientConfig{
		STUNServerAddr: address, TURNServerAddr: address, Conn: conn, Username: name, Password: word, Realm: "parley",
		RTO: 100 * time.Millisecond, LoggerFactory: loggers{quiet},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close(); conn.Close() })
	if err := c.Listen(); err != nil {
		t.Fatal(err)
	}
	return c
}

// member is a client of somebody who may use the relay.
func member(t *testing.T, transport, address, id string) *turn.Client {
	t.Helper()
	name := Name("", id, time.Now().Add(time.Hour))
	return ask(t, enter(t, transport, address), address, name, Word(secret, name))
}

// allocated asks for a relayed address.
func allocated(t *testing.T, c *turn.Client) net.PacketConn {
	t.Helper()
	conn, err := c.Allocate()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

// passes holds that a text goes from one to the other's address and arrives
// from the first's.
func passes(t *testing.T, from, to net.PacketConn, text string) {
	t.Helper()
	if _, err := from.WriteTo([]byte(text), to.LocalAddr()); err != nil {
		t.Fatal(err)
	}
	if err := to.SetReadDeadline(time.Now().Add(testPatience)); err != nil {
		t.Fatal(err)
	}
	b := make([]byte, 2000)
	n, at, err := to.ReadFrom(b)
	if err != nil || string(b[:n]) != text || at.String() != from.LocalAddr().String() {
		t.Fatalf("got %q from %v (%v), want %q from %v", b[:n], at, err, text, from.LocalAddr())
	}
}

func TestRelaying(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	s := serve(t)
	defer s.Close()
	for transport, address := range map[string]string{"udp": s.udp, "tcp": s.tcp, "tls": s.tls} {
		t.Run(transport, func(t *testing.T) {
			relayed := allocated(t, member(t, transport, address, "ann"))
			peer, err := net.ListenPacket("udp4", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			defer peer.Close()
			passes(t, relayed, peer, "a text there")
			passes(t, peer, relayed, "and a text back")
		})
	}
}

// Two who both use the relay reach each other, also where this machine cannot
// reach itself by its public address.
func TestBothRelayed(t *testing.T) {
	s := serve(t, func(c *Config) {
		c.Private, c.Public = false, []netip.Addr{netip.MustParseAddr("8.8.8.8")} // nothing is sent there
	})
	c := member(t, "udp", s.udp, "ann")
	a, b := allocated(t, c), allocated(t, member(t, "tcp", s.tcp, "bob"))
	if host, _, _ := net.SplitHostPort(a.LocalAddr().String()); host != "8.8.8.8" {
		t.Fatalf("the relayed address is %v", a.LocalAddr())
	}
	if err := c.CreatePermission(b.LocalAddr()); err != nil {
		t.Fatal(err)
	}
	passes(t, b, a, "and a text back")
	passes(t, a, b, "a text there")
}

// Another port of the relay's own address is not reached: a firewall in front
// would not have let it through.
func TestOwnMachineIsNotReached(t *testing.T) {
	s := serve(t, func(c *Config) { c.Private, c.Public = false, []netip.Addr{netip.MustParseAddr("8.8.8.8")} })
	a := allocated(t, member(t, "udp", s.udp, "ann"))
	if _, err := a.WriteTo([]byte("x"), &net.UDPAddr{IP: net.IPv4(8, 8, 8, 8), Port: 53}); err != nil {
		t.Fatal(err)
	}
	s.refuses(t, BadPeer, 1)
}

// Nor is another address that this machine has on the internet.
func TestOtherAddressesOfThisMachineAreRefused(t *testing.T) {
	s := &Server{cfg: Config{Log: quiet, Public: []netip.Addr{netip.MustParseAddr("8.8.8.8")}}, local: func() ([]net.Addr, error) {
		return []net.Addr{&net.IPNet{IP: net.ParseIP("8.8.4.4"), Mask: net.CIDRMask(24, 32)}, &net.IPNet{IP: net.ParseIP("2606:4700::1"), Mask: net.CIDRMask(64, 128)}}, nil
	}}
	for text, want := range map[string]bool{
		"8.8.8.8": true, "8.8.4.4": false, "::ffff:8.8.4.4": false, "2606:4700::1": false, "8.8.4.5": true, "2606:4700::2": true, "10.0.0.1": false,
	} {
		if got := s.mayReach(nil, net.ParseIP(text)); got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
	s.local = func() ([]net.Addr, error) { return nil, errors.New("none are told") }
	if s.mayReach(nil, net.ParseIP("8.8.4.5")) || !s.mayReach(nil, net.ParseIP("8.8.8.8")) {
		t.Error("what is not known may be reached, or what is told may not")
	}
}

func TestPrivatePeersAreRefused(t *testing.T) {
	s := serve(t, func(c *Config) { c.Private, c.Public = false, []netip.Addr{netip.MustParseAddr("8.8.8.8")} })
	c := member(t, "udp", s.udp, "ann")
	a := allocated(t, c)
	for _, ip := range []string{"127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254", "224.0.0.1", "100.64.0.1", "0.0.0.0"} {
		if err := c.CreatePermission(&net.UDPAddr{IP: net.ParseIP(ip), Port: 9}); err == nil {
			t.Errorf("%s may be relayed to", ip)
		}
		if _, err := a.WriteTo([]byte("x"), &net.UDPAddr{IP: net.ParseIP(ip), Port: 9}); err == nil {
			t.Errorf("%s was relayed to", ip)
		}
	}
	if err := c.CreatePermission(&net.UDPAddr{IP: net.IPv4(1, 1, 1, 1), Port: 9}); err != nil {
		t.Errorf("an address of the internet is refused: %v", err)
	}
}

func TestIsPublic(t *testing.T) {
	for text, want := range map[string]bool{
		"1.1.1.1": true, "2606:4700::1": true, "64:ff9b::101:101": true, "2002:101:101::1": true, "::ffff:1.1.1.1": true,
		"::ffff:10.0.0.1": false, "::ffff:127.0.0.1": false, "64:ff9b::a00:1": false, "64:ff9b::7f00:1": false, "64:ff9b:1::a00:1": false,
		"2002:a00:1::1": false, "2002:7f00:1::": false, "::10.0.0.1": false, "::127.0.0.1": false, "::ffff:0:10.0.0.1": false,
		"::1": false, "::": false, "fe80::1": false, "fe80::1%eth0": false, "fc00::1": false, "fd00::1": false, "ff02::1": false, "fec0::1": false,
		"2001:db8::1": false, "2001::1": false, "100.64.0.1": false, "198.18.0.1": false, "192.0.2.1": false, "240.0.0.1": false,
		"255.255.255.255": false, "169.254.169.254": false, "172.16.0.1": false, "172.32.0.1": true, "0.1.2.3": false,
	} {
		if got := isPublic(netip.MustParseAddr(text)); got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}

func TestAllocationsAreLimited(t *testing.T) {
	s := serve(t, func(c *Config) { c.Limits = Limits{PerID: 2, PerSpace: 3, Total: 4} })
	open := func(space, id string) error {
		name := Name(space, id, time.Now().Add(time.Hour))
		_, err := ask(t, enter(t, "udp", s.udp), s.udp, name, Word(secret, name)).Allocate()
		return err
	}
	for _, test := range []struct {
		space, id string
		why       Refusal // "" is let in
	}{
		{"club", "ann", ""}, {"club", "ann", ""}, {"club", "ann", TooManyOfID}, {"club", "bob", ""}, {"club", "cat", TooManyOfSpace},
		{"", "dan", ""}, {"", "eve", TooMany},
	} {
		before := s.refusals(test.why)
		err := open(test.space, test.id)
		if (err == nil) != (test.why == "") {
			t.Errorf("%s of %s: %v, want %q", test.id, test.space, err, test.why)
		}
		if test.why != "" && s.refusals(test.why) == before {
			t.Errorf("%s of %s was not refused for %s", test.id, test.space, test.why)
		}
	}
	if s.Open() != 4 {
		t.Errorf("%d allocations", s.Open())
	}
}

// What is over the rate, or over what an ID may use at all, is lost on the way.
func TestBytesAreLimited(t *testing.T) {
	for name, test := range map[string]struct {
		limits Limits
		why    Refusal
	}{"rate": {Limits{Rate: 5000}, TooFast}, "of an ID": {Limits{IDBytes: 5000}, IDUsedUp}, "of a space": {Limits{DayBytes: 5000}, SpaceUsedUp}} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, func(c *Config) { c.Limits = test.limits })
			relayed := allocated(t, member(t, "udp", s.udp, "ann"))
			peer, err := net.ListenPacket("udp4", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			defer peer.Close()
			for range 10 {
				if _, err := relayed.WriteTo(make([]byte, 1000), peer.LocalAddr()); err != nil {
					t.Fatal(err)
				}
			}
			s.refuses(t, test.why, 5)
		})
	}
}

func TestBucket(t *testing.T) {
	b, now := bucket{rate: 1000}, time.Now()
	if !b.take(1000, now) || b.take(1, now) || b.take(501, now.Add(500*time.Millisecond)) || !b.take(500, now.Add(500*time.Millisecond)) || b.take(1001, now.Add(time.Hour)) {
		t.Error("the bucket lets through what it should not, or holds back what it should")
	}
}

func TestLedgerForgets(t *testing.T) {
	l, now := newLedger(Limits{IDBytes: 10, DayBytes: 15}, nil), time.Date(2026, 1, 1, 23, 0, 0, 0, time.UTC)
	if why := l.open("a.x", now); why != "" {
		t.Fatal(why)
	}
	for _, test := range []struct {
		id   string
		n    int
		at   time.Duration
		want Refusal
	}{{"a.x", 10, 0, ""}, {"a.x", 1, 0, IDUsedUp}, {"a.y", 5, 0, ""}, {"a.z", 1, 0, SpaceUsedUp}, {"b.z", 1, 0, ""}, {"a.z", 1, 2 * time.Hour, ""}} {
		if got := l.use(test.id, test.n, now.Add(test.at)); got != test.want {
			t.Errorf("%+v: %q", test, got)
		}
	}
	l.close("a.x", now)
	l.open("c.x", now.Add(100*time.Hour))
	if len(l.ids) != 1 || len(l.spaces) != 1 || l.total != 1 {
		t.Errorf("it remembers %d IDs, %d spaces and %d allocations", len(l.ids), len(l.spaces), l.total)
	}
}

// A space has its own limits in the place of those of all, and a change counts
// within a second.
func TestSpacesHaveTheirOwnLimits(t *testing.T) {
	choir := Own{Allocations: 1, DayBytes: 10}
	l := newLedger(Limits{PerSpace: 2, DayBytes: 100}, func(space string) Own {
		if space == "choir" {
			return choir
		}
		return Own{}
	})
	now := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		id   string
		want Refusal
	}{{"choir.x", ""}, {"choir.y", TooManyOfSpace}, {"band.x", ""}, {"band.y", ""}, {"band.z", TooManyOfSpace}} {
		if got := l.open(test.id, now); got != test.want {
			t.Errorf("an allocation of %s: %q, want %q", test.id, got, test.want)
		}
	}
	if a, b := l.use("choir.x", 11, now), l.use("band.x", 11, now); a != SpaceUsedUp || b != "" {
		t.Errorf("11 bytes: %q and %q", a, b)
	}
	choir = Own{Allocations: 3, DayBytes: 200}
	later := now.Add(askEvery)
	if a, b := l.open("choir.y", later), l.use("choir.x", 150, later); a != "" || b != "" {
		t.Errorf("with more of each: %q and %q", a, b)
	}
	if choir, band, none := l.used("choir", later), l.used("band", later), l.used("none", later); choir != 150 || band != 11 || none != 0 {
		t.Errorf("used: %d, %d and %d", choir, band, none)
	}
	if tomorrow := l.used("choir", later.Add(24*time.Hour)); tomorrow != 0 {
		t.Errorf("%d are of another day", tomorrow)
	}
}

// A connection that says nothing useful is closed, TLS or not, and those of one
// address are limited.
func TestConnectionsAreLimited(t *testing.T) {
	s := serve(t)
	conn, err := net.Dial("tcp4", s.tls)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := conn.Write([]byte("GET / HTTP/1.1\r\n\r\n")); err != nil {
		t.Fatal(err)
	}
	if err := conn.SetReadDeadline(time.Now().Add(testPatience)); err != nil {
		t.Fatal(err)
	}
	var answer bytes.Buffer
	if _, err := answer.ReadFrom(conn); err != nil {
		t.Errorf("a connection that is not TLS stays open: %v", err)
	}
	for i := range mostConnsOf + 1 {
		c, err := net.Dial("tcp4", s.tcp)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		if i < mostConnsOf {
			continue
		}
		if err := c.SetReadDeadline(time.Now().Add(testPatience)); err != nil {
			t.Fatal(err)
		}
		if _, err := answer.ReadFrom(c); err != nil {
			t.Errorf("connection %d stays open: %v", i, err)
		}
	}
}

func TestWhoMayNotServe(t *testing.T) {
	public := []netip.Addr{netip.MustParseAddr("1.1.1.1")}
	udp := []net.PacketConn{nil}
	for name, c := range map[string]Config{
		"a short secret":  {Secret: "short", Public: public, UDP: udp},
		"no address":      {Secret: secret, UDP: udp},
		"a private one":   {Secret: secret, Public: []netip.Addr{netip.MustParseAddr("10.0.0.1")}, UDP: udp},
		"nothing to hear": {Secret: secret, Public: public},
		"no certificate":  {Secret: secret, Public: public, TLS: []net.Listener{nil}},
		"ports backwards": {Secret: secret, Public: public, UDP: udp, First: 2000, Last: 1000},
	} {
		if s, err := Serve(c); err == nil {
			t.Errorf("%s: it serves", name)
			s.Close()
		}
	}
}
