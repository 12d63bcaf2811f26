package rtc_test

import (
	"log/slog"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"parley/call"
)

var quiet = slog.New(slog.DiscardHandler)

// connect has Ann call Bob, who accepts.
func connect(t *testing.T, l *lab) {
	t.Helper()
	if err := l.ann.phone.Dial("bob"); err != nil {
		t.Fatal(err)
	}
	if e := l.bob.until(t, call.Ringing); e.Them != "Ann" || !e.Incoming {
		t.Fatalf("Bob sees %+v", e)
	}
	l.bob.phone.Accept()
	if e := l.ann.until(t, call.Connected); e.Them != "Bob" {
		t.Fatalf("Ann sees %+v", e)
	}
	l.bob.until(t, call.Connected)
}

func TestWholeCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, done := newLab(t, 20*time.Millisecond, quiet)
		defer done()
		began := time.Now()
		connect(t, l)
		if took := time.Since(began); took > 500*time.Millisecond {
			t.Errorf("set-up took %v at 40 ms round trip", took)
		}
		ann, bob := l.ann.phone.Last(), l.bob.phone.Last()
		if len(ann.Words) != 4 || !slices.Equal(ann.Words, bob.Words) || ann.Fingerprint == bob.Fingerprint || len(bob.Fingerprint) != 95 {
			t.Errorf("Ann: %v of %s, Bob: %v of %s", ann.Words, ann.Fingerprint, bob.Words, bob.Fingerprint)
		}
		time.Sleep(10 * time.Second) // virtual
		for name, d := range map[string]*desk{"Ann": l.ann, "Bob": l.bob} {
			s := d.media.Stats()
			if s.Received.Shown < 280 {
				t.Errorf("%s was shown %d pictures in 10 s", name, s.Received.Shown)
			}
			if s.Received.Freezes != 0 || s.Received.Failed != 0 {
				t.Errorf("%s: %+v", name, s.Received)
			}
			if lat := s.Received.PictureLatency; lat == nil || lat.P95 < 20*time.Millisecond || lat.P95 > 60*time.Millisecond {
				t.Errorf("%s: picture latency %+v over a path of 20 ms", name, lat)
			}
			if s.Received.AudioPackets < 480 {
				t.Errorf("%s got %d sound packets in 10 s", name, s.Received.AudioPackets)
			}
			if s.Transport.RoundTrip < 30*time.Millisecond || s.Transport.PacketsReceived == 0 {
				t.Errorf("%s: transport %+v", name, s.Transport)
			}
		}
		l.ann.phone.HangUp()
		if e := l.ann.until(t, call.Ended); e.Reason != call.HungUp {
			t.Errorf("Ann: %s", e.Reason)
		}
		if e := l.bob.until(t, call.Ended); e.Reason != call.HungUp {
			t.Errorf("Bob: %s, %v", e.Reason, e.Detail)
		}
	})
}

func TestTheOtherSideVanishes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, done := newLab(t, 5*time.Millisecond, quiet)
		defer done()
		connect(t, l)
		time.Sleep(3 * time.Second)
		l.setCut(true)
		cut := time.Now()
		l.ann.until(t, call.Reconnecting)
		if e := l.ann.until(t, call.Ended); e.Reason != call.Lost {
			t.Errorf("ended with %s", e.Reason)
		}
		if took := time.Since(cut); took < 60*time.Second || took > 70*time.Second {
			t.Errorf("given up after %v", took)
		}
	})
}

// A network that comes back finds the same call, its picture within a second.
func TestACutIsSurvived(t *testing.T) {
	for _, length := range []time.Duration{3 * time.Second, 5 * time.Second, 30 * time.Second, 60 * time.Second} {
		t.Run(length.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l, done := newLab(t, 5*time.Millisecond, quiet)
				defer done()
				connect(t, l)
				time.Sleep(3 * time.Second)
				l.setCut(true)
				time.Sleep(length)
				l.setCut(false)
				back := time.Now()
				before := [2]uint64{l.ann.media.Stats().Received.Shown, l.bob.media.Stats().Received.Shown}
				l.ann.until(t, call.Connected)
				l.bob.until(t, call.Connected)
				t.Logf("connected again after %v", time.Since(back))
				time.Sleep(back.Add(2 * time.Second).Sub(time.Now()))
				for i, d := range []*desk{l.ann, l.bob} {
					if shown := d.media.Stats().Received.Shown - before[i]; shown < 25 {
						t.Errorf("%d pictures in the 2 s after the cut", shown)
					}
				}
			})
		})
	}
}

// An address that is no longer reached is left for another one, in the same call.
func TestAnAddressIsLost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, done := newLab(t, 5*time.Millisecond, quiet)
		defer done()
		connect(t, l)
		time.Sleep(time.Second)
		path := l.ann.media.Stats().Transport.Local
		dead := "10.0.0.1"
		if strings.Contains(path, "10.0.0.11:") {
			dead = "10.0.0.11"
		}
		l.setDead(dead)
		l.ann.until(t, call.Reconnecting)
		silent := time.Now()
		l.ann.until(t, call.Connected)
		if took := time.Since(silent); took > 2*time.Second {
			t.Errorf("another path took %v", took)
		}
		now := l.ann.media.Stats()
		if now.Transport.Local == path {
			t.Errorf("still on %s", path)
		}
		before := now.Received.Shown
		time.Sleep(2 * time.Second)
		if shown := l.ann.media.Stats().Received.Shown - before; shown < 50 {
			t.Errorf("%d pictures in the 2 s after", shown)
		}
	})
}

func TestDeclined(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, done := newLab(t, time.Millisecond, quiet)
		defer done()
		if err := l.ann.phone.Dial("bob"); err != nil {
			t.Fatal(err)
		}
		l.bob.until(t, call.Ringing)
		l.bob.phone.Decline()
		if e := l.ann.until(t, call.Ended); e.Reason != call.Declined {
			t.Errorf("Ann: %s", e.Reason)
		}
		l.bob.until(t, call.Ended)
		if s := l.bob.media.Stats(); s.Received.Frames != 0 || s.Sent.Encoded != 0 {
			t.Errorf("media flowed in a declined call: %+v", s)
		}
	})
}

func TestNobodyAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, done := newLab(t, time.Millisecond, quiet)
		defer done()
		if err := l.ann.phone.Dial("bob"); err != nil {
			t.Fatal(err)
		}
		if e := l.ann.until(t, call.Ended); e.Reason != call.NoAnswer {
			t.Errorf("Ann: %s", e.Reason)
		}
	})
}

func TestCancelledWhileItRings(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, done := newLab(t, time.Millisecond, quiet)
		defer done()
		if err := l.ann.phone.Dial("bob"); err != nil {
			t.Fatal(err)
		}
		l.bob.until(t, call.Ringing)
		l.ann.phone.HangUp()
		if e := l.bob.until(t, call.Ended); e.Reason != call.Cancelled {
			t.Errorf("Bob: %s", e.Reason)
		}
		l.ann.until(t, call.Ended)
		connect(t, l) // and both are free again
	})
}

func TestBusy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, done := newLab(t, time.Millisecond, quiet)
		defer done()
		if err := l.bob.phone.DialSelf(); err != nil {
			t.Fatal(err)
		}
		if err := l.ann.phone.Dial("bob"); err != nil {
			t.Fatal(err)
		}
		if e := l.ann.until(t, call.Ended); e.Reason != call.Busy {
			t.Errorf("Ann: %s", e.Reason)
		}
	})
}

func TestCallToOneself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, done := newLab(t, time.Millisecond, quiet)
		defer done()
		if err := l.ann.phone.DialSelf(); err != nil {
			t.Fatal(err)
		}
		if e := l.ann.until(t, call.Connected); !e.Loopback {
			t.Errorf("%+v", e)
		}
		time.Sleep(3 * time.Second)
		s := l.ann.media.Stats()
		if s.Received.Shown < 80 || s.Received.AudioPackets < 140 {
			t.Errorf("in 3 s: %+v", s.Received)
		}
		l.ann.phone.HangUp()
		l.ann.until(t, call.Ended)
	})
}
