package rendezvous

import (
	"errors"
	"testing"

	"parley/call"
)

// What waits is bounded; who speaks into a full outbox learns of it, and so
// does who empties it.
func TestTheOutboxIsBounded(t *testing.T) {
	o := newOutbox()
	for range mostWaiting {
		o.put(call.Frame{Type: call.Leave})
	}
	one := item{done: make(chan error, 1)}
	o.add(one)
	select {
	case err := <-one.done:
		if !errors.Is(err, errTakesNothing) {
			t.Errorf("one more: %v", err)
		}
	default:
		t.Error("it takes one more")
	}
	if items, err := o.take(); len(items) != mostWaiting || !errors.Is(err, errTakesNothing) {
		t.Errorf("%d wait, %v", len(items), err)
	}
}
