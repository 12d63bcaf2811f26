package rtc_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"parley/call"
)

// An offer that is made before its servers are known finds its path by them all
// the same: two people behind routers that only a relay helps.
func TestServersThatComeAfterTheOffer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := newInternet(t, 20*time.Millisecond)
		l := &lab{random: rand.New(rand.NewPCG(1, 2))}
		router, address := net.behind(t, symmetric, "5.0.0.2")
		l.ann = deskWith(t, router, "Ann", quiet, nil, address)
		router, address = net.behind(t, symmetric, "5.0.0.3")
		l.bob = deskWith(t, router, "Bob", quiet, nil, address)
		l.ann.lab, l.bob.lab, l.ann.told = l, l, servers()
		l.ann.dialTo(l.bob)
		l.bob.dialTo(l.ann)
		if err := net.wan.Start(); err != nil {
			t.Fatal(err)
		}
		defer func() {
			l.ann.close(t)
			l.bob.close(t)
			if err := net.relay.Close(); err != nil {
				t.Error(err)
			}
			if err := net.wan.Stop(); err != nil {
				t.Error(err)
			}
		}()
		began := time.Now()
		connect(t, l)
		took := time.Since(began)
		time.Sleep(2 * time.Second)
		if path := l.ann.media.Stats().Transport; !strings.Contains(path.Local+path.Remote, "relay") {
			t.Errorf("over %s to %s", path.Local, path.Remote)
		}
		if took > 1500*time.Millisecond {
			t.Errorf("connected after %v", took)
		}
	})
}

// What ICE and DTLS take from the answer on, and the first picture after them:
// the last rungs of the ladder of a call's set-up (signaltest has those before).
func TestRoundTripsOfTheTransport(t *testing.T) {
	const trip = 100 * time.Millisecond
	for name, told := range map[string][]call.Server{"by address": nil, "by link": {}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l, done := newLab(t, trip/2, quiet)
				defer done()
				l.ann.told = told
				began := time.Now()
				connect(t, l)
				connected := time.Since(began)
				for l.ann.media.Stats().Received.Shown == 0 {
					time.Sleep(time.Millisecond) // virtual
				}
				shown := time.Since(began)
				trips := func(d time.Duration) float64 { return float64(d) / float64(trip) }
				t.Logf("connected after %.1f round trips, the first picture after %.1f", trips(connected), trips(shown))
				if trips(connected) > 3.7 || trips(shown) > 4.5 {
					t.Errorf("connected after %v, the first picture after %v", connected, shown)
				}
			})
		})
	}
}
