package rendezvous

import (
	"slices"
	"testing"
	"time"

	"parley/call"
	"parley/call/rendezvous/rendezvoustest"
)

// slowMemory is a bus on which an answer may take its time.
type slowMemory struct{ Memory }

func (*slowMemory) Delay() time.Duration { return 50 * time.Millisecond }

func TestCluster(t *testing.T) {
	rendezvoustest.Cluster(t, func(t *testing.T) (a, b, c string) {
		bus := new(slowMemory)
		_, a = open(t, Config{Bus: bus})
		_, b = open(t, Config{Bus: bus})
		_, c = open(t, Config{Bus: bus})
		return a, b, c
	})
}

// Of two servers that draw the same number, one has it, and the other one draws
// again.
func TestNumbersAreUniqueInACluster(t *testing.T) {
	bus := new(slowMemory)
	var hubs []*hub
	var hosts []*peer
	heard := make(chan string, 8)
	for range 2 {
		s, _ := open(t, Config{Bus: bus})
		drawn := 0
		s.hub.draw = func(int, int) string { drawn++; return []string{"42", "43", "44"}[drawn-1] }
		hubs = append(hubs, s.hub)
		hosts = append(hosts, newPeer("here", func(f call.Frame) { heard <- f.Slot }, func(call.FrameReason) {}))
		s.hub.connect(hosts[len(hosts)-1])
	}
	for i, h := range hubs {
		h.frame(hosts[i], call.Frame{Type: call.OpenSlot, Number: true})
	}
	got := []string{<-heard, <-heard}
	if slices.Sort(got); !slices.Equal(got, []string{"42", "43"}) {
		t.Fatalf("the numbers are %q", got)
	}
	hubs[0].frame(hosts[0], call.Frame{Type: call.OpenSlot, Number: true}) // 43 or 44: never one that is taken
	if third := <-heard; slices.Contains(got, third) {
		t.Fatalf("%s was given out twice", third)
	}
}

// A number that was used at one server is not given out again by another.
func TestNumbersRestInACluster(t *testing.T) {
	bus := new(slowMemory)
	heard := make(chan call.Frame, 8)
	var hubs []*hub
	for range 2 {
		s, _ := open(t, Config{Bus: bus})
		drawn := 0
		s.hub.draw = func(int, int) string { drawn++; return []string{"42", "43"}[drawn-1] }
		hubs = append(hubs, s.hub)
	}
	for i, want := range []string{"42", "43"} {
		p := newPeer("here", func(f call.Frame) { heard <- f }, func(call.FrameReason) {})
		hubs[i].connect(p)
		hubs[i].frame(p, call.Frame{Type: call.OpenSlot, Number: true})
		if f := <-heard; f.Slot != want {
			t.Fatalf("server %d gave out %s, want %s", i, f.Slot, want)
		}
		hubs[i].frame(p, call.Frame{Type: call.CloseSlot, Slot: want})
	}
}

// A server that is not heard of is dead, and its sides of sessions with it.
func TestDeadServersAreBuried(t *testing.T) {
	bus := new(slowMemory)
	here, url := open(t, Config{Bus: bus})
	there, other := open(t, Config{Bus: bus})
	host, slot := room(t, url, "mine")
	guest, session := visitor(t, other, slot, host)
	setUp(t, host, guest, session)
	here.hub.do(func(t *turn) {
		t.nodes[there.hub.node] = t.at.Add(-deadAfter - time.Second)
		t.bury()
	})
	if f := host.Hear(call.Left); f.Session != session {
		t.Fatalf("left %+v", f)
	}
	there.hub.do(func(t *turn) {
		t.nodes[here.hub.node] = t.at.Add(-deadAfter - time.Second)
		t.bury()
	})
	guest.Hear(call.Left)
}

// One that ends in order says so, and nobody has to wait for its silence.
func TestEndingServerSaysSo(t *testing.T) {
	bus := new(slowMemory)
	_, url := open(t, Config{Bus: bus})
	there, other := open(t, Config{Bus: bus})
	host, slot := room(t, url, "mine")
	visitor(t, other, slot, host)
	there.Close()
	host.Hear(call.Left)
}
