package lan

import (
	"context"
	"errors"
	"net/netip"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"parley/call"
)

// Two who are on one network see each other at once, and no more when one
// leaves.
func TestTwoFindEachOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g segment
		ann := on(t, &g, "Ann", "192.168.1.7/24")
		wait(10 * time.Second)
		bob := on(t, &g, "Bob", "192.168.1.8/24")
		if took := ann.until(t, soon, "Bob"); took > 250*time.Millisecond {
			t.Errorf("Bob was found after %v", took)
		}
		if took := bob.until(t, soon, "Ann"); took > 250*time.Millisecond {
			t.Errorf("Ann was found after %v", took)
		}
		want := []netip.AddrPort{netip.MustParseAddrPort("192.168.1.7:4000")}
		got := bob.People()[0]
		if got.Availability != Available || got.Version != 1 || !slices.Equal(got.Addresses, want) || got.ID != ann.ID() {
			t.Errorf("Ann is seen as %+v", got)
		}
		ann.Close()
		bob.until(t, soon)
	})
}

func TestAvailabilityIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g segment
		ann, bob := on(t, &g, "Ann", "10.0.0.1/8"), on(t, &g, "Bob", "10.0.0.2/8")
		var mu sync.Mutex
		var told []Availability
		stop := bob.Watch(func(people []Person) {
			mu.Lock()
			defer mu.Unlock()
			for _, p := range people {
				told = append(told, p.Availability)
			}
		})
		wait(5 * time.Second)
		for _, a := range []Availability{Busy, Available} {
			ann.SetAvailability(a)
			wait(1500 * time.Millisecond)
			if got := bob.People()[0].Availability; got != a {
				t.Errorf("Ann is %s, and seen as %s", a, got)
			}
		}
		stop()
		ann.SetAvailability(Busy)
		wait(2 * time.Second)
		mu.Lock()
		defer mu.Unlock()
		if want := []Availability{Available, Busy, Available}; !slices.Equal(told, want) {
			t.Errorf("told %v, want %v", told, want)
		}
	})
}

// Somebody whose program dies is gone when what it said has grown old, and not
// before.
func TestWhoSaysNothingIsForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g segment
		ann, bob := on(t, &g, "Ann", "10.0.0.1/8"), on(t, &g, "Bob", "10.0.0.2/8")
		bob.until(t, soon, "Ann")
		wait(10 * time.Second)
		ann.crash()
		if took := bob.until(t, ownTTL+5*time.Second); took < ownTTL/2 {
			t.Errorf("forgotten after %v", took)
		}
	})
}

// Twenty people stay for an hour: nobody flickers, and the network hears
// little of it.
func TestManyForAnHour(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g segment
		var all []program
		var want []string
		for i := range 20 {
			name := "Person " + string(rune('a'+i))
			all = append(all, on(t, &g, name, netip.AddrFrom4([4]byte{10, 0, 0, byte(i + 1)}).String()+"/24"))
			if i > 0 {
				want = append(want, name)
			}
		}
		all[0].until(t, 3*time.Second, want...)
		changes := -1 // the first is what there is now
		all[0].Watch(func([]Person) { changes++ })
		wait(time.Minute)
		before := g.packets()
		wait(time.Hour)
		all[0].sees(t, want...)
		if changes != 0 {
			t.Errorf("%d changes were told", changes)
		}
		a := float64(g.packets()-before) / 3600
		t.Logf("%.2f packets a second, of 20 people", a)
		if a > 2 {
			t.Errorf("20 people say %.1f packets a second", a)
		}
	})
}

// A network that loses every fifth packet delays, and hides nobody.
func TestLoss(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := segment{loss: 0.2}
		ann, bob := on(t, &g, "Ann", "10.0.0.1/8"), on(t, &g, "Bob", "10.0.0.2/8")
		took := max(ann.until(t, 2*time.Minute, "Bob"), bob.until(t, 2*time.Minute, "Ann"))
		t.Logf("found after %v", took)
		for range 60 {
			wait(time.Minute)
			bob.until(t, 2*time.Minute, "Ann") // where all of some packets were lost, it begins again
		}
	})
}

// An interface may come after the program has started, and go.
func TestInterfacesComeAndGo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var home, office segment
		m := &machine{}
		ann := started(t, m, "Ann")
		on(t, &home, "Bob", "192.168.1.8/24")
		cat := on(t, &office, "Cat", "10.0.0.3/8")
		wait(20 * time.Second)
		ann.sees(t)
		m.plugIn("wlan0", &home, "192.168.1.7/24")
		ann.until(t, lookEvery+soon, "Bob")
		m.plugIn("eth0", &office, "10.0.0.7/8", "fe80::7/64")
		ann.until(t, lookEvery+soon, "Bob", "Cat")
		cat.until(t, soon, "Ann")
		m.pull("wlan0")
		ann.until(t, lookEvery+soon, "Cat")
		want := []netip.AddrPort{netip.MustParseAddrPort("10.0.0.7:4000"), netip.MustParseAddrPort("[fe80::7%eth]:4000")}
		if got := cat.People()[0].Addresses; !slices.Equal(got, want) {
			t.Errorf("Ann is seen at %v: what she has on other networks is nobody's business here", got)
		}
	})
}

// telling is a machine whose system tells of changes.
type telling struct {
	*machine
	changed chan struct{}
}

func (m telling) Changes() (func(context.Context) error, func() error, error) {
	return func(ctx context.Context) error {
		select {
		case <-m.changed:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}, func() error { return nil }, nil
}

// Where the system tells of an interface, nobody waits for the next look.
func TestChangesAreTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g segment
		m := telling{&machine{}, make(chan struct{}, 1)}
		ann := started(t, m.machine, "Ann", func(c *Config) { c.Network = m })
		on(t, &g, "Bob", "10.0.0.2/24")
		wait(lookEvery + time.Second) // just after a look
		m.plugIn("wlan0", &g, "10.0.0.1/24")
		m.changed <- struct{}{}
		ann.until(t, settling+500*time.Millisecond, "Bob")
	})
}

// An address that changes is told anew.
func TestAddressChanges(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g segment
		m := &machine{}
		m.plugIn("wlan0", &g, "192.168.1.7/24")
		started(t, m, "Ann")
		bob := on(t, &g, "Bob", "192.168.1.8/24")
		bob.until(t, soon, "Ann")
		m.pull("wlan0")
		m.plugIn("wlan0", &g, "192.168.1.77/24")
		wait(lookEvery + 2*time.Second)
		bob.sees(t, "Ann")
		want := []netip.AddrPort{netip.MustParseAddrPort("192.168.1.77:4000")}
		if got := bob.People()[0].Addresses; !slices.Equal(got, want) {
			t.Errorf("Ann is seen at %v, want %v", got, want)
		}
	})
}

// IPv6 alone does; the address of one cable is told with its network's name.
func TestIPv6(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g segment
		on(t, &g, "Ann", "fe80::7/64")
		bob := on(t, &g, "Bob", "fe80::8/64")
		bob.until(t, soon, "Ann")
		want := []netip.AddrPort{netip.MustParseAddrPort("[fe80::7%eth]:4000")}
		if got := bob.People()[0].Addresses; !slices.Equal(got, want) {
			t.Errorf("Ann is seen at %v, want %v", got, want)
		}
	})
}

// After a sleep those who left meanwhile are gone soon, and those who are
// there see the sleeper again at once.
func TestSleep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g segment
		var mu sync.Mutex
		var asleep time.Duration
		ann := on(t, &g, "Ann", "10.0.0.1/8", func(c *Config) {
			c.Clock = func() time.Time {
				mu.Lock()
				defer mu.Unlock()
				return time.Now().Add(asleep)
			}
		})
		bob := on(t, &g, "Bob", "10.0.0.2/8")
		cat := on(t, &g, "Cat", "10.0.0.3/8")
		ann.until(t, soon, "Bob", "Cat")
		wait(10 * time.Second)
		cat.crash()
		before := g.packets()
		mu.Lock()
		asleep = 8 * time.Hour // as if nobody's clock had run
		mu.Unlock()
		ann.until(t, lookEvery+leastTTL+time.Second, "Bob")
		if g.packets() == before {
			t.Error("nothing was said after the sleep")
		}
		bob.sees(t, "Ann", "Cat")
	})
}

// Who switches it off is neither seen nor sees.
func TestOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g segment
		ann := on(t, &g, "Ann", "10.0.0.1/8", func(c *Config) { c.Off = true })
		bob := on(t, &g, "Bob", "10.0.0.2/8")
		wait(time.Minute)
		ann.sees(t)
		bob.sees(t)
		if _, err := ann.Dial(t.Context(), Scheme+bob.ID()); !errors.Is(err, errOff) {
			t.Errorf("dialled while off: %v", err)
		}
		if _, err := ann.Dial(t.Context(), "Bob"); !errors.Is(err, call.ErrBadAddress) {
			t.Errorf("dialled by name while off: %v", err)
		}
		ann.SetOff(false)
		ann.until(t, soon, "Bob")
		bob.until(t, soon, "Ann")
		ann.SetOff(true)
		ann.until(t, soon)
		bob.until(t, soon)
	})
}

// Who takes no calls looks, and is not seen.
func TestLookingOnly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g segment
		ann := on(t, &g, "Ann", "10.0.0.1/8", func(c *Config) { c.Port = 0 })
		bob := on(t, &g, "Bob", "10.0.0.2/8")
		ann.until(t, soon, "Bob")
		wait(time.Minute)
		bob.sees(t)
	})
}

// A change of name is seen.
func TestRename(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g segment
		var mu sync.Mutex
		name := "Ann"
		on(t, &g, "", "10.0.0.1/8", func(c *Config) {
			c.Name = func() string { mu.Lock(); defer mu.Unlock(); return name }
		})
		bob := on(t, &g, "Bob", "10.0.0.2/8")
		bob.until(t, soon, "Ann")
		mu.Lock()
		name = "Änne “Ä” \\ Müller 李小龍"
		mu.Unlock()
		bob.until(t, lookEvery+2*time.Second, "Änne “Ä” \\ Müller 李小龍")
	})
}
