package lan

import (
	"net"
	"net/netip"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	"github.com/miekg/dns"
)

// told is a packet that tells of somebody.
func told(t testing.TB, id, name string, addresses ...string) []byte {
	t.Helper()
	s := self{id: id, port: 4000, facts: facts{name, Available, 1}}
	for _, a := range addresses {
		s.addresses = append(s.addresses, netip.MustParseAddr(a))
	}
	b, err := response(s.records(ownTTL)).Pack()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

var stranger = netip.MustParseAddrPort("10.0.0.66:5353")

// Only an address on the network that it was heard on is called.
func TestAddressesElsewhereAreNotBelieved(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g segment
		bob := on(t, &g, "Bob", "10.0.0.2/24")
		wait(time.Second)
		for i, a := range []string{"127.0.0.1", "10.0.1.1", "8.8.8.8", "224.0.0.251", "0.0.0.0", "::1", "2001:db8::1", "ff02::fb"} {
			g.inject(told(t, "eve"+strconv.Itoa(i), "Eve", a), stranger)
		}
		wait(time.Second)
		bob.sees(t)
		g.inject(told(t, "eve", "Eve", "8.8.8.8", "10.0.0.66", "127.0.0.1"), stranger)
		wait(time.Second)
		if got := bob.People()[0].Addresses; len(got) != 1 || got[0].String() != "10.0.0.66:4000" {
			t.Errorf("Eve is called at %v", got)
		}
	})
}

// What comes from further than the network, or not from the port of multicast
// DNS, is not heard.
func TestWhoIsNotHeard(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g segment
		bob := on(t, &g, "Bob", "10.0.0.2/24")
		wait(time.Second)
		g.inject(told(t, "eve", "Eve", "10.0.0.66"), netip.MustParseAddrPort("10.0.1.66:5353"))
		g.inject(told(t, "eve", "Eve", "10.0.0.66"), netip.MustParseAddrPort("10.0.0.66:5354"))
		wait(time.Second)
		bob.sees(t)
		g.inject(told(t, "eve", "Eve", "10.0.0.66"), stranger)
		wait(time.Second)
		bob.sees(t, "Eve")
	})
}

// Names are cleaned, and nobody has none.
func TestNamesAreCleaned(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g segment
		bob := on(t, &g, "Bob", "10.0.0.2/24")
		wait(time.Second)
		g.inject(told(t, "a", "\u202eEve\x1b[31m\n\xff", "10.0.0.66"), stranger)
		g.inject(told(t, "b", " \u200f", "10.0.0.66"), stranger)
		wait(time.Second)
		bob.sees(t, "Eve[31m")
	})
}

// A good-bye in another's name, or other records under it, is set right within
// two seconds.
func TestLiesAboutOneselfAreSetRight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g segment
		ann, bob := on(t, &g, "Ann", "10.0.0.1/24"), on(t, &g, "Bob", "10.0.0.2/24")
		bob.until(t, soon, "Ann")
		wait(80 * time.Second) // nobody asks before 127 s
		lie := self{id: ann.ID(), port: 4000, facts: facts{"Ann", Available, 1}}
		for _, records := range [][]dns.RR{lie.records(0), {&dns.SRV{Hdr: header(instance(ann.ID()), dns.TypeSRV, ownTTL, true), Port: 666, Target: "eve.local."}}} {
			b, err := response(records).Pack()
			if err != nil {
				t.Fatal(err)
			}
			g.inject(b, stranger)
			wait(2500 * time.Millisecond)
			bob.sees(t, "Ann")
			if got := bob.People()[0].Addresses; len(got) != 1 || got[0].String() != "10.0.0.1:4000" {
				t.Errorf("Ann is called at %v", got)
			}
		}
	})
}

// Whoever tells of thousands takes nobody else's place, and nobody's memory.
func TestFlood(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g segment
		bob := on(t, &g, "Bob", "10.0.0.2/24")
		wait(10 * time.Second)
		for i := range 5000 {
			g.inject(told(t, "eve"+strconv.Itoa(i), "Eve", "10.0.0.66"), stranger)
			if i%50 == 0 {
				wait(200 * time.Millisecond)
			}
		}
		on(t, &g, "Ann", "10.0.0.1/24")
		wait(3 * time.Second)
		people := bob.People()
		if people[0].Name != "Ann" || len(people) > mostOfOne {
			t.Errorf("%d people are nearby, the first is %+v", len(people), people[0])
		}
		t.Logf("%d of 5000 are believed", len(people)-1)
	})
}

// However often one is asked, all are answered once a second at most.
func TestQuestionsAreAnsweredOnceASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g segment
		on(t, &g, "Ann", "10.0.0.1/24")
		wait(time.Minute)
		q := new(dns.Msg)
		q.SetQuestion(service, dns.TypePTR)
		b, err := q.Pack()
		if err != nil {
			t.Fatal(err)
		}
		before := g.packets()
		for range 500 {
			g.inject(b, stranger)
			wait(20 * time.Millisecond)
		}
		if n := g.packets() - before - 500; n < 5 || n > 11 {
			t.Errorf("%d answers in 10 s", n)
		}
	})
}

// One who has the answer is not answered.
func TestKnownAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g segment
		ann := on(t, &g, "Ann", "10.0.0.1/24")
		wait(80 * time.Second) // she asks herself again at 127 s
		for _, test := range []struct {
			ttl  uint32
			want int
		}{{60, 0}, {59, 1}} {
			q := new(dns.Msg)
			q.SetQuestion(service, dns.TypePTR)
			q.Answer = []dns.RR{&dns.PTR{Hdr: header(service, dns.TypePTR, 0, false), Ptr: instance(ann.ID())}}
			q.Answer[0].Header().Ttl = test.ttl
			b, err := q.Pack()
			if err != nil {
				t.Fatal(err)
			}
			before := g.packets()
			g.inject(b, stranger)
			wait(2 * time.Second)
			if got := g.packets() - before - 1; got != test.want {
				t.Errorf("known for %d s: %d answers, want %d", test.ttl, got, test.want)
			}
		}
	})
}

// Programs that know nothing of multicast are answered too, alone, and some
// times a second (RFC 6762 section 6.7).
func TestOldQuestions(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g segment
		ann := on(t, &g, "Ann", "10.0.0.1/24")
		wait(time.Minute)
		asking := g.join(ann.machine, "eth", netip.MustParseAddrPort("10.0.0.9:40000"))
		defer asking.Close()
		q := new(dns.Msg)
		q.SetQuestion(services, dns.TypePTR)
		b, err := q.Pack()
		if err != nil {
			t.Fatal(err)
		}
		for range 50 {
			g.inject(b, asking.local)
		}
		wait(500 * time.Millisecond)
		answers := 0
		for range len(asking.queue) {
			h := <-asking.queue
			var m dns.Msg
			if err := m.Unpack(h.b); err != nil {
				t.Fatal(err)
			}
			if !m.Response {
				continue // what it asked itself
			}
			answers++
			if m.Id != q.Id || len(m.Answer) != 1 || m.Answer[0].Header().Class != dns.ClassINET || m.Answer[0].Header().Ttl > 10 {
				t.Fatalf("answered with %v", m)
			}
		}
		if answers != mostAlone {
			t.Errorf("%d answers", answers)
		}
	})
}

func TestText(t *testing.T) {
	for _, s := range []string{"", "Ann", `"`, `\`, `\065`, "é\x00\xff", strings.Repeat("\\", 9), `a\`} {
		if got := unescape(escape(s)); got != s {
			t.Errorf("%q came back as %q", s, got)
		}
	}
	for _, test := range []struct {
		in   []string
		want facts
	}{
		{nil, facts{"", Available, 0}},
		{[]string{"name=Ann", "NAME=Eve", "state=busy", "v=1"}, facts{"Ann", Busy, 1}},
		{[]string{"Name=Ann=Bob", "state=dead", "v=-1"}, facts{"Ann=Bob", Available, 0}},
		{[]string{"name", "v=70000", "state"}, facts{"", Available, 0}},
	} {
		if got := readFacts(&dns.TXT{Txt: test.in}); got != test.want {
			t.Errorf("%q: %+v, want %+v", test.in, got, test.want)
		}
	}
	long := announced(strings.Repeat("李", 300))
	if len("name="+long) > 255 || !utf8.ValidString(long) {
		t.Errorf("a name of %d bytes is announced", len(long))
	}
}

// FuzzPacket has a program hear what a stranger says. Nothing may break, and
// what it then knows is bounded and fit to be shown.
func FuzzPacket(f *testing.F) {
	f.Add(told(f, "eve", "Eve", "10.0.0.66"))
	f.Add(told(f, "eve", "\u202e", "10.0.0.66", "fe80::1"))
	q := new(dns.Msg)
	q.SetQuestion(service, dns.TypeANY)
	b, err := q.Pack()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte{0, 0, 0x84, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0xc0, 0x0c})
	f.Fuzz(func(t *testing.T, b []byte) {
		n := &Neighbours{
			cfg: Config{Port: 4000, Log: quiet}, id: "me", stations: map[place]*station{}, cache: newCache(), told: facts{"Me", Available, 1}, news: make(chan struct{}),
		}
		at := place{1, "eth", IPv4}
		n.stations[at] = &station{iface: Interface{1, "eth", []netip.Prefix{netip.MustParsePrefix("10.0.0.2/24")}}, conn: silence{}}
		m := new(dns.Msg)
		if m.Unpack(b) != nil {
			return
		}
		for _, from := range []uint16{port, 1234} {
			n.hear(packet{at: at, from: netip.AddrPortFrom(stranger.Addr(), from), message: m})
		}
		n.due(time.Now().Add(time.Minute))
		for _, p := range n.found() {
			if p.Name == "" || p.Name != announced(p.Name) && len(p.Name) < mostNameBytes || !isID(p.ID) || len(p.Addresses) == 0 || len(p.Addresses) > mostAddresses {
				t.Fatalf("believes %+v", p)
			}
			for _, a := range p.Addresses {
				if a.Addr().IsMulticast() || a.Addr().IsLoopback() || a.Port() == 0 {
					t.Fatalf("would call %v", a)
				}
			}
		}
	})
}

// silence is a station's other end in a fuzz test.
type silence struct{}

func (silence) Receive([]byte) (int, netip.AddrPort, error) {
	return 0, netip.AddrPort{}, net.ErrClosed
}
func (silence) Send([]byte) error                   { return nil }
func (silence) SendTo([]byte, netip.AddrPort) error { return nil }
func (silence) Close() error                        { return nil }
