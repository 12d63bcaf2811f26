package lan

import (
	"context"
	"errors"
	"net"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"parley/call"
	"parley/call/signal/direct"
	"parley/call/signal/signaltest"
)

// Whoever is found nearby is reached as the suite demands.
func TestConformance(t *testing.T) {
	signaltest.Run(t, func(t *testing.T) signaltest.Method {
		l, err := direct.Listen(0, quiet)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { l.Close() })
		var g segment
		on(t, &g, "Ann", "127.0.0.1/8", func(c *Config) { c.Port = l.Port() })
		bob := on(t, &g, "Bob", "127.0.0.1/8", func(c *Config) { c.Dialer = direct.Dialer{} })
		return signaltest.Method{Dialer: bob, Address: "nearby:ann", Listener: l, Bad: "http://ann", Way: call.Nearby}
	})
}

// dials notes what is dialled.
type dials struct {
	mu    sync.Mutex
	all   []string
	reply func(ctx context.Context, address string) (call.Link, error)
}

func (d *dials) Dial(ctx context.Context, address string) (call.Link, error) {
	d.mu.Lock()
	d.all = append(d.all, address)
	d.mu.Unlock()
	return d.reply(ctx, address)
}

func answers(context.Context, string) (call.Link, error) {
	near, _ := call.Pipe()
	return near, nil
}

func TestWhoIsDialled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g segment
		d := &dials{reply: answers}
		bob := on(t, &g, "Bob", "10.0.0.9/24", func(c *Config) { c.Dialer = d })
		ann := on(t, &g, "Ann Bee", "10.0.0.1/24")
		on(t, &g, "Cat", "10.0.0.2/24")
		on(t, &g, "Cat", "10.0.0.3/24")
		on(t, &g, "10.0.0.77", "10.0.0.4/24")
		on(t, &g, "nas.local", "10.0.0.5/24")
		on(t, &g, "localhost", "10.0.0.6/24")
		wait(5 * time.Second)
		tests := []struct {
			address, reaches string
			is               error
		}{
			{"Ann Bee", "10.0.0.1:4000", nil},
			{" ann bee", "10.0.0.1:4000", nil},
			{"nearby:Ann Bee", "10.0.0.1:4000", nil},
			{ann.ID(), "10.0.0.1:4000", nil},
			{Scheme + ann.ID(), "10.0.0.1:4000", nil},
			{"nearby:nas.local", "10.0.0.5:4000", nil}, // who says so means a person
			{"nas.local", "", call.ErrBadAddress},
			{"10.0.0.77", "", call.ErrBadAddress},
			{"localhost", "", call.ErrBadAddress},
			{"12", "", call.ErrBadAddress},
			{"7-crisp-lemon", "", call.ErrBadAddress},
			{"https://ann/c/x", "", call.ErrBadAddress},
			{"", "", call.ErrBadAddress},
			{"nearby:", "", call.ErrBadAddress},
			{"Dan", "", call.ErrBadAddress},
			{"nearby:Dan", "", errNobody},
		}
		for _, test := range tests {
			d.all = nil
			link, err := bob.Dial(t.Context(), test.address)
			if !errors.Is(err, test.is) || strings.Join(d.all, " ") != test.reaches {
				t.Errorf("%q: dialled %q, %v; want %q, %v", test.address, d.all, err, test.reaches, test.is)
			}
			if link != nil {
				link.Close()
			}
		}
		if _, err := bob.Dial(t.Context(), "Cat"); err == nil || errors.Is(err, call.ErrBadAddress) || !strings.Contains(err.Error(), Scheme) {
			t.Errorf("two have that name: %v", err)
		}
	})
}

// Somebody who is not known yet is waited for a moment.
func TestDialWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g segment
		on(t, &g, "Ann", "10.0.0.1/24")
		wait(10 * time.Second)
		bob := on(t, &g, "Bob", "10.0.0.9/24", func(c *Config) { c.Dialer = &dials{reply: answers} })
		begin := time.Now()
		link, err := bob.Dial(t.Context(), "Ann")
		if err != nil || time.Since(begin) > 300*time.Millisecond {
			t.Fatalf("after %v: %v", time.Since(begin), err)
		}
		link.Close()
	})
}

// The first of somebody's addresses that answers is taken; none of them holds
// up the next.
func TestAddressesAreTriedTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g segment
		d := &dials{reply: func(ctx context.Context, address string) (call.Link, error) {
			if strings.HasPrefix(address, "10.") {
				<-ctx.Done() // a firewall that says nothing
				return nil, ctx.Err()
			}
			return answers(ctx, address)
		}}
		m := &machine{}
		m.plugIn("eth", &g, "10.0.0.1/24", "fe80::1/64")
		started(t, m, "Ann")
		bob := on(t, &g, "Bob", "10.0.0.9/24", func(c *Config) { c.Dialer = d })
		bob.until(t, soon, "Ann")
		begin := time.Now()
		link, err := bob.Dial(t.Context(), "Ann")
		if took := time.Since(begin); err != nil || took > stagger {
			t.Fatalf("after %v: %v", took, err)
		}
		link.Close()
	})
}

// Whoever does not answer is looked for again, and is gone if not there.
func TestWhoDoesNotAnswerIsForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g segment
		ann, bob := on(t, &g, "Ann", "10.0.0.1/24"), on(t, &g, "Bob", "10.0.0.2/24")
		bob.until(t, soon, "Ann")
		wait(10 * time.Second)
		if _, err := bob.Dial(t.Context(), "Ann"); !errors.Is(err, call.ErrNobody) {
			t.Errorf("got %v", err)
		}
		wait(15 * time.Second)
		bob.sees(t, "Ann") // she is there: only her program takes no calls
		ann.crash()
		if _, err := bob.Dial(t.Context(), "Ann"); err == nil {
			t.Error("reached nobody")
		}
		bob.until(t, leastTTL+time.Second)
	})
}

// On the machine's own loopback, through real sockets.
func TestLoopback(t *testing.T) {
	name := loopback(t)
	l, err := direct.Listen(0, quiet)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	who := "Test " + strconv.Itoa(l.Port())
	m := System{Only: []string{name}}
	open := func(name string, port int) *Neighbours {
		n, err := Open(Config{Name: func() string { return name }, Port: port, Dialer: direct.Dialer{}, Network: m, Log: quiet})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { n.Close() })
		return n
	}
	ann, bob := open(who, l.Port()), open("Looking", 0)
	accepted := make(chan error, 1)
	go func() {
		link, err := l.Accept(t.Context())
		if err == nil {
			defer link.Close()
		}
		accepted <- err
	}()
	link, err := bob.Dial(t.Context(), Scheme+ann.ID())
	if err != nil {
		t.Fatal(err)
	}
	defer link.Close()
	if err := <-accepted; err != nil {
		t.Fatal(err)
	}
	gone := make(chan struct{})
	var once sync.Once
	stop := bob.Watch(func(people []Person) {
		if _, err := among(people, ann.ID()); err != nil {
			once.Do(func() { close(gone) })
		}
	})
	defer stop()
	ann.Close()
	select {
	case <-gone:
	case <-time.After(5 * time.Second):
		t.Error("nobody heard the good-bye")
	}
}

// loopback is the name of the interface, where it can be used for this.
func loopback(t *testing.T) string {
	t.Helper()
	all, err := net.Interfaces()
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range all {
		if i.Flags&net.FlagLoopback == 0 {
			continue
		}
		system := System{Only: []string{i.Name}}
		found, err := system.Interfaces()
		if err != nil || len(found) == 0 {
			continue
		}
		if conn, err := system.Join(found[0], IPv4); err == nil {
			conn.Close()
			return i.Name
		}
	}
	t.Skip("this machine's loopback carries no multicast")
	return ""
}
