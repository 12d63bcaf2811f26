// Package bustest is what every rendezvous.Bus has to do.
package bustest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"parley/call/rendezvous"
)

// patience is for what must come.
const patience = 20 * time.Second

// Run asks two ends of one bus; the bus of a single process may hand over the
// same one twice.
func Run(t *testing.T, connect func(*testing.T) (a, b rendezvous.Bus)) {
	t.Run("all that is published arrives in order", func(t *testing.T) {
		a, b := connect(t)
		got := make(chan string, 2000)
		hear(t, b, "slot.choir.x", got)
		await(t, a, "slot.choir.x", got)
		for i := range 1000 {
			publish(t, a, "slot.choir.x", fmt.Sprint(i))
		}
		for i := range 1000 {
			if s := receive(t, got); s != fmt.Sprint(i) {
				t.Fatalf("%q came as number %d", s, i)
			}
		}
	})
	t.Run("each topic has its own", func(t *testing.T) {
		a, b := connect(t)
		one, two := make(chan string, 2000), make(chan string, 2000)
		hear(t, b, "slot.one", one)
		hear(t, b, "slot.two", two)
		await(t, a, "slot.one", one)
		await(t, a, "slot.two", two)
		publish(t, a, "slot.one", "1")
		publish(t, a, "slot.two", "2")
		if x, y := receive(t, one), receive(t, two); x != "1" || y != "2" {
			t.Fatalf("%q and %q", x, y)
		}
	})
	t.Run("who stopped hears no more", func(t *testing.T) {
		a, b := connect(t)
		gone, here, behind := make(chan string, 2000), make(chan string, 2000), make(chan string, 2000)
		stop := hear(t, b, "slot.gone", gone)
		hear(t, b, "slot.here", here)
		await(t, a, "slot.gone", gone)
		await(t, a, "slot.here", here)
		hear(t, a, "slot.behind", behind)
		await(t, b, "slot.behind", behind)
		stop()
		publish(t, b, "slot.behind", "stopped") // by the same end, so behind the stop
		receive(t, behind)
		publish(t, a, "slot.gone", "x")
		publish(t, a, "slot.here", "y")
		receive(t, here)
		if len(gone) > 0 {
			t.Fatalf("%q was heard", <-gone)
		}
		hear(t, b, "slot.gone", gone) // and again
		await(t, a, "slot.gone", gone)
	})
}

func hear(t *testing.T, b rendezvous.Bus, topic string, to chan<- string) (stop func()) {
	t.Helper()
	stop, err := b.Subscribe(topic, func(data []byte) { to <- string(slices.Clone(data)) })
	if err != nil {
		t.Fatal(err)
	}
	return stop
}

// await publishes until the other end hears it, since that may take its time,
// and takes off what is left of that.
func await(t *testing.T, from rendezvous.Bus, topic string, got chan string) {
	t.Helper()
	deadline := time.After(patience)
	for heard := false; !heard; {
		publish(t, from, topic, "?")
		select {
		case <-got:
			heard = true
		case <-time.After(10 * time.Millisecond):
		case <-deadline:
			t.Fatalf("nothing comes on %s", topic)
		}
	}
	publish(t, from, topic, "!")
	for receive(t, got) != "!" {
	}
}

func publish(t *testing.T, b rendezvous.Bus, topic, text string) {
	t.Helper()
	if err := b.Publish(topic, []byte(text)); err != nil {
		t.Fatal(err)
	}
}

func receive(t *testing.T, from <-chan string) string {
	t.Helper()
	select {
	case s := <-from:
		return s
	case <-time.After(patience):
		t.Fatal("nothing comes")
		return ""
	}
}
