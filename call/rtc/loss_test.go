package rtc_test

import (
	"testing"
	"testing/synctest"
	"time"

	"parley/call"
)

// At 5 % loss and 50 ms round trip every picture is repaired, and hardly any
// packet is sent again that had arrived (pion's own NACK generator sends more
// again than were lost).
func TestLossIsRepaired(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, done := newLab(t, 25*time.Millisecond, quiet)
		defer done()
		connect(t, l)
		time.Sleep(time.Second)
		before := l.bob.media.Stats()
		l.setLoss(0.05)
		time.Sleep(20 * time.Second)
		l.setLoss(0)
		time.Sleep(time.Second)
		theirs, mine := l.bob.media.Stats(), l.ann.media.Stats()
		got := theirs.Transport
		t.Logf("sent %d, missing %d, repaired %d, sent again %d, shown %d, freezes %d (%v)",
			mine.Transport.PacketsSent, got.Lost, got.Repaired, mine.Transport.Retransmitted,
			theirs.Received.Shown-before.Received.Shown, theirs.Received.Freezes, theirs.Received.Frozen)
		if got.Lost < 100 {
			t.Fatalf("only %d packets were missing: the path is not lossy", got.Lost)
		}
		if lost := theirs.Received.PacketsLost; lost != 0 {
			t.Errorf("%d packets of pictures were never repaired", lost)
		}
		if sent, limit := mine.Transport.Retransmitted, got.Lost*3/2; sent > limit || sent == 0 {
			t.Errorf("%d packets sent again for %d lost", sent, got.Lost)
		}
		if shown := theirs.Received.Shown - before.Received.Shown; shown < 600 {
			t.Errorf("%d pictures in 21 s", shown)
		}
		if got.Repaired > got.Lost {
			t.Errorf("%d of %d lost packets repaired", got.Repaired, got.Lost)
		}
	})
}

// Over a long way every packet of a picture is sent more than once where much
// is lost, and most pictures are shown.
func TestLossOverALongWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, done := newLab(t, 150*time.Millisecond, quiet)
		defer done()
		connect(t, l)
		time.Sleep(2 * time.Second)
		l.setLoss(0.2)
		time.Sleep(10 * time.Second) // for the sender to learn of it
		before, resent := l.bob.media.Stats().Received, l.ann.media.Stats().Transport.Retransmitted
		time.Sleep(20 * time.Second)
		after := l.bob.media.Stats().Received
		resent = l.ann.media.Stats().Transport.Retransmitted - resent
		shown, never := after.Shown-before.Shown, after.PacketsLost-before.PacketsLost
		t.Logf("%d pictures of 600 shown, %d packets sent again, %d never came", shown, resent, never)
		if shown < 450 || resent < 1200 {
			t.Error("too few")
		}
	})
}

// Half of everything lost is no call, but it must not end one.
func TestHeavyLossIsSurvived(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, done := newLab(t, 25*time.Millisecond, quiet)
		defer done()
		connect(t, l)
		l.setLoss(0.5)
		time.Sleep(10 * time.Second)
		l.setLoss(0)
		time.Sleep(2 * time.Second)
		before := l.bob.media.Stats().Received.Shown
		time.Sleep(2 * time.Second)
		if shown := l.bob.media.Stats().Received.Shown - before; shown < 50 {
			t.Errorf("%d pictures in the 2 s after the loss", shown)
		}
		if s := l.bob.phone.Last().State; s != call.Connected {
			t.Errorf("the call is %s", s)
		}
	})
}
