package rtc_test

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"parley/call"
)

// states are what a person was shown, without repetitions.
func (d *desk) states() (all []call.State) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, e := range d.events {
		all = append(all, e.State)
	}
	return slices.Compact(all)
}

// Two people who dial each other at the same moment are connected, in one
// call, and neither is asked to accept it nor told that the other is busy.
func TestBothDialEachOther(t *testing.T) {
	for range 4 { // either ID may be the lower one
		synctest.Test(t, func(t *testing.T) {
			l, done := newLab(t, 10*time.Millisecond, quiet)
			defer done()
			if err := l.ann.phone.Dial("bob"); err != nil {
				t.Fatal(err)
			}
			if err := l.bob.phone.Dial("ann"); err != nil {
				t.Fatal(err)
			}
			ann, bob := l.ann.until(t, call.Connected), l.bob.until(t, call.Connected)
			if ann.Session != bob.Session || ann.Incoming == bob.Incoming {
				t.Fatalf("not one call: %+v and %+v", ann, bob)
			}
			if ann.Them != "Bob" || bob.Them != "Ann" {
				t.Errorf("Ann talks to %q, Bob to %q", ann.Them, bob.Them)
			}
			time.Sleep(3 * time.Second)
			for name, d := range map[string]*desk{"Ann": l.ann, "Bob": l.bob} {
				if s := d.media.Stats(); s.Received.Shown < 80 {
					t.Errorf("%s was shown %d pictures in 3 s", name, s.Received.Shown)
				}
				states := d.states()
				if slices.Contains(states, call.Ended) {
					t.Errorf("%s was shown %v", name, states)
				}
				if i := slices.Index(states, call.Ringing); i >= 0 && d.incomingRang() {
					t.Errorf("%s was asked to accept: %v", name, states)
				}
			}
			l.bob.phone.HangUp()
			if e := l.ann.until(t, call.Ended); e.Reason != call.HungUp {
				t.Errorf("Ann: %s", e.Reason)
			}
			l.bob.until(t, call.Ended)
			connect(t, l) // and both are free again
		})
	}
}

// incomingRang says whether a person was asked to accept a call.
func (d *desk) incomingRang() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.ContainsFunc(d.events, func(e call.Event) bool { return e.Incoming && e.State == call.Ringing })
}
