package rendezvous

import (
	"math"
	"strconv"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"parley/call"
)

// Who comes late with an old code must not use up the next person's.
func TestNumberIsNotGivenOutAgainAtOnce(t *testing.T) {
	s, url := open(t, Config{})
	var draws atomic.Int64
	s.hub.draw = func(int, int) string { return strconv.FormatInt(40+draws.Add(1)/3, 10) } // 40 twice, 41 thrice, …
	host := connect(t, url)
	for _, want := range []string{"40", "41", "42"} {
		host.Say(call.Frame{Type: call.OpenSlot, Number: true})
		slot := host.Hear(call.Opened).Slot
		if slot != want {
			t.Fatalf("%s was given out, want %s", slot, want)
		}
		host.Say(call.Frame{Type: call.CloseSlot, Slot: slot})
	}
}

func TestNumbersAreAsShortAsCanBe(t *testing.T) {
	for taken, digits := range map[int]int{0: 2, 22: 2, 23: 3, 225: 3, 226: 4, 5_000: 5, 200_000: 6} {
		if n := drawNumber(taken, 0); len(n) != digits || !isNumber(n) {
			t.Errorf("%d taken: %s", taken, n)
		}
	}
	if n := drawNumber(0, 9); len(n) != 6 {
		t.Errorf("with all patience: %s", n)
	}
	if isNumber(call.SlotOf("", "x")) {
		t.Error("a slot is taken for a number")
	}
}

func TestSlotRunsOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, err := New(Config{Open: true})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		heard := make(chan call.Frame, 8)
		host := newPeer("here", func(f call.Frame) { heard <- f }, func(call.FrameReason) {})
		s.hub.reserve(host.address)
		s.hub.connect(host)
		ask := func(seconds int) time.Time {
			s.hub.frame(host, call.Frame{Type: call.OpenSlot, Slot: call.SlotOf("", "x"), Claim: "x", Seconds: seconds})
			if f := <-heard; f.Type != call.Opened || f.Seconds != min(seconds, longest) {
				t.Fatalf("heard %+v", f)
			}
			return time.Now()
		}
		ask(60)
		<-time.After(50 * time.Second)
		again := ask(60) // a minute more
		if f := <-heard; f.Type != call.Closed || f.Reason != call.SlotGone || time.Since(again) != time.Minute {
			t.Fatalf("heard %+v after %v", f, time.Since(again))
		}
		ask(math.MaxInt)
		<-time.After(time.Hour)
		if len(heard) > 0 {
			t.Fatalf("heard %+v", <-heard)
		}
	})
}

// Nobody speaks in another's session, though they know its name.
func TestSessionsAreTheirOwn(t *testing.T) {
	_, url := open(t, Config{})
	host, slot := room(t, url, "mine")
	guest, session := visitor(t, url, slot, host)
	other, _ := visitor(t, url, slot, host)
	stranger, _ := room(t, url, "another")
	for name, p := range map[string]*program{"another guest": other, "another host": stranger} {
		p.Say(call.Frame{Type: call.FrameType(call.Bye), Session: session, Body: "xX"})
		if f := p.Hear(call.Failed); f.Reason != call.NoSession {
			t.Errorf("%s: %+v", name, f)
		}
		p.Say(call.Frame{Type: call.Leave, Session: session})
	}
	relayed(t, guest, host, call.Offer, session, "yY")
	relayed(t, host, guest, call.Answer, session, "zZ")
}
