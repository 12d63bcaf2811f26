package rendezvous

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"parley/call"
)

// inBubble runs a room on a network that is the test's, with time that is.
func inBubble(t *testing.T, f func(t *testing.T, r *Room, n *network, told *doorNews)) {
	synctest.Test(t, func(t *testing.T) {
		n := &network{}
		var told doorNews
		r := NewRoom(RoomConfig{
			Origin: "https://meet.example", Log: quiet, open: n.open, random: func() float64 { return 1 },
			Notify: told.add,
		})
		defer r.Close()
		f(t, r, n, &told)
	})
}

// doorNews is what a room told of its doors.
type doorNews struct {
	mu  sync.Mutex
	all []call.DoorChange
}

func (c *doorNews) add(one call.DoorChange) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.all = append(c.all, one)
}

func (c *doorNews) list() []call.DoorChange {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.all)
}

func (c *doorNews) last() call.DoorChange {
	all := c.list()
	return all[len(all)-1]
}

func doorOf(claim string) call.Door { return call.Door{Slot: call.SlotOf("", claim), Claim: claim} }

// A room without doors connects nowhere, and lets go when the last one is shut.
func TestNoDoorNoConnection(t *testing.T) {
	inBubble(t, func(t *testing.T, r *Room, n *network, _ *doorNews) {
		time.Sleep(time.Minute)
		if n.count() != 0 {
			t.Fatal("connected for nothing")
		}
		r.Open(doorOf("a"))
		synctest.Wait()
		if said := n.last().heard(); len(said) != 1 || said[0].Type != call.OpenSlot || said[0].Claim != "a" {
			t.Fatalf("said %+v", said)
		}
		r.Shut(doorOf("a").Slot)
		time.Sleep(time.Second)
		select {
		case <-n.last().cut:
		default:
			t.Error("still connected for nothing")
		}
	})
}

// While there is no network a room tries again, less and less often, for ever;
// once it is back, all doors are open again within the longest pause.
func TestComesBackAfterHours(t *testing.T) {
	inBubble(t, func(t *testing.T, r *Room, n *network, told *doorNews) {
		n.set(true)
		r.Open(doorOf("a"))
		r.Open(doorOf("b"))
		time.Sleep(10 * time.Second)
		if tries := n.tried(); tries < 4 || tries > 8 {
			t.Errorf("%d attempts in the first 10 seconds", tries)
		}
		time.Sleep(3 * time.Hour)
		if tries := n.tried(); tries < 350 || tries > 400 {
			t.Errorf("%d attempts in 3 hours", tries)
		}
		if c := told.list()[0]; c.Kind != call.DoorAway || !errors.Is(c.Err, errDown) {
			t.Errorf("told %+v", c)
		}
		n.set(false)
		time.Sleep(mostPause)
		synctest.Wait()
		if said := n.last().heard(); len(said) != 2 {
			t.Errorf("said %+v", said)
		}
	})
}

// A connection that is cut is replaced at once; the time that is left of a
// door is what is asked for then.
func TestCutConnection(t *testing.T) {
	inBubble(t, func(t *testing.T, r *Room, n *network, told *doorNews) {
		d := doorOf("a")
		d.Until = time.Now().Add(time.Hour)
		r.Open(d)
		short := doorOf("b")
		short.Until = time.Now().Add(time.Minute)
		r.Open(short)
		time.Sleep(20 * time.Minute)
		n.last().Close()
		time.Sleep(leastPause)
		synctest.Wait()
		said := n.last().heard()
		if n.count() != 2 || len(said) != 1 || said[0].Slot != d.Slot || said[0].Seconds > 2400 || said[0].Seconds < 2390 {
			t.Fatalf("%d connections, said %+v", n.count(), said)
		}
		if last := told.last(); last.Kind != call.DoorShut || last.Slot != short.Slot {
			t.Errorf("told %+v", told.list())
		}
	})
}

// A connection over which nothing comes any more is noticed, though nobody
// closed it.
func TestSilentConnection(t *testing.T) {
	inBubble(t, func(t *testing.T, r *Room, n *network, _ *doorNews) {
		r.Open(doorOf("a"))
		time.Sleep(10 * pingEvery)
		if n.count() != 1 || n.last().pinged() < 9 {
			t.Fatalf("%d connections, %d pings", n.count(), n.last().pinged())
		}
		n.last().silence()
		time.Sleep(pingEvery + pingPatience + time.Second)
		if n.count() != 2 {
			t.Errorf("%d connections", n.count())
		}
	})
}

// A server that takes connections and ends them at once is not run against.
func TestFlappingServer(t *testing.T) {
	inBubble(t, func(t *testing.T, r *Room, n *network, _ *doorNews) {
		r.Open(doorOf("a"))
		for range 600 {
			time.Sleep(100 * time.Millisecond)
			n.last().Close()
		}
		if n.count() > 12 {
			t.Errorf("%d connections in a minute", n.count())
		}
	})
}

// What a server refuses is asked for again, later.
func TestRefusedIsTriedAgain(t *testing.T) {
	inBubble(t, func(t *testing.T, r *Room, n *network, told *doorNews) {
		r.Open(doorOf("a"))
		synctest.Wait()
		n.last().heard()
		for range 9 { // a server that says so again and again is heard once
			n.last().hears <- call.Frame{Type: call.Failed, Slot: doorOf("a").Slot, Reason: call.TooMany}
		}
		time.Sleep(retryEvery / 2)
		if said := n.last().heard(); len(said) != 0 || len(told.list()) != 1 || told.last().Kind != call.DoorRefused {
			t.Errorf("said %+v, told %+v", said, told.list())
		}
		time.Sleep(retryEvery)
		if said := n.last().heard(); len(said) != 1 || said[0].Type != call.OpenSlot {
			t.Errorf("later said %+v", said)
		}
		n.last().hears <- call.Frame{Type: call.Failed, Slot: doorOf("a").Slot, Reason: call.TooMany}
		synctest.Wait()
		if len(told.list()) != 2 {
			t.Errorf("refused again, it told %+v", told.list())
		}
	})
}

// A code's number is one that can be spoken, and no other door's name.
func TestACodeTakesNumbersAlone(t *testing.T) {
	inBubble(t, func(t *testing.T, r *Room, n *network, told *doorNews) {
		r.Open(doorOf("a"))
		r.OpenCode()
		synctest.Wait()
		w := n.last()
		w.heard()
		for _, slot := range []string{doorOf("a").Slot, "", "room", "1234567", "7"} {
			w.hears <- call.Frame{Type: call.Opened, Slot: slot, Number: true}
		}
		synctest.Wait()
		if said := w.heard(); len(said) != 1 || said[0].Type != call.Share || said[0].Slot != "7" {
			t.Errorf("said %+v", said)
		}
	})
}

// Hostile frames end nothing but what they are about.
func TestHostileServer(t *testing.T) {
	inBubble(t, func(t *testing.T, r *Room, n *network, _ *doorNews) {
		r.Open(doorOf("a"))
		synctest.Wait()
		w := n.last()
		w.heard()
		for _, f := range []call.Frame{
			{Type: call.Knock, Session: "s", Slot: "nobody"}, {Type: "offer", Session: "unknown", Body: "aa"}, {Type: call.Left, Session: "unknown"},
			{Type: call.Opened, Slot: "other"}, {Type: call.Opened, Slot: "7", Number: true}, {Type: call.Closed, Slot: "other", Reason: call.SlotGone},
			{Type: call.Failed}, {Type: call.Joined, Session: "x"}, {Type: call.Knock, Session: "s2"}, {Type: call.Pake, Session: "s2", Body: "!"},
		} {
			w.hears <- f
		}
		w.hears <- call.Frame{Type: call.Knock, Session: "good", Slot: doorOf("a").Slot}
		link, err := r.Accept(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for range mostFrames + 2 { // a flood
			w.hears <- call.Frame{Type: "offer", Session: "good", Body: "aa"}
			synctest.Wait()
		}
		if _, err := link.Receive(t.Context()); !errors.Is(err, call.ErrMessage) {
			t.Errorf("got %v", err)
		}
		link.Close()
		synctest.Wait()
		if n.count() != 1 {
			t.Error("the connection was given up")
		}
	})
}
