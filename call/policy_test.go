package call

import (
	"testing"
	"testing/synctest"
	"time"
)

// asked is a caller's bench whose policy finds another machine than before.
func asked(t *testing.T, hold bool) *bench {
	b := &bench{t: t, peer: &fakePeer{sdp: sdpWith(print32("0A"))}}
	b.policy = Policy{
		Standing: func(c Caller) Standing {
			if c.Fingerprint != print32("0B") || c.Address != "there" || c.Name != "Them" || c.Incoming {
				t.Errorf("asked about %+v", c)
			}
			return Changed
		},
		Hold: func(Caller) bool { return hold },
	}
	benchWith(b, false)
	b.say(hello, ok, Message{Type: Answer, Session: "s", SDP: sdpWith(print32("0B"))})
	return b
}

// Nothing of this side's is sent to another machine than before until the
// person says so.
func TestAChangedMachineIsAskedAbout(t *testing.T) {
	answer := Message{Type: Answer, Session: "s", SDP: sdpWith(print32("0B"))}
	synctest.Test(t, func(t *testing.T) {
		b := asked(t, true)
		b.say(answer) // over another link
		if e := b.last(); !e.Asking || e.Standing != Changed || e.State != Ringing || b.peer.accepted != 0 {
			t.Fatalf("%+v, the answer was taken %d times", e, b.peer.accepted)
		}
		b.s.GoOn()
		b.s.GoOn()
		synctest.Wait()
		if e := b.last(); e.Asking || e.State != Connecting || b.peer.accepted != 1 {
			t.Errorf("%+v, the answer was taken %d times", e, b.peer.accepted)
		}
		b.s.HangUp()
	})
	synctest.Test(t, func(t *testing.T) {
		b := asked(t, true)
		b.s.HangUp()
		b.over(Cancelled)
	})
	synctest.Test(t, func(t *testing.T) { // they took the call, and wait no longer
		b := asked(t, true)
		b.say(bye("s", HungUp))
		b.over(HungUp)
	})
	synctest.Test(t, func(t *testing.T) { // nobody says anything
		b := asked(t, true)
		time.Sleep(DefaultTiming.Connect)
		b.over(Cancelled)
		if b.peer.accepted != 0 {
			t.Error("the answer was taken")
		}
	})
	synctest.Test(t, func(t *testing.T) { // nobody is there to be asked: told at once
		b := asked(t, false)
		if e := b.last(); e.Asking || e.Standing != Changed || e.State != Connecting {
			t.Errorf("%+v", e)
		}
		b.s.HangUp()
	})
}
