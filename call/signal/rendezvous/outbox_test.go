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
	if err := o.send(t.Context(), call.Frame{Type: call.Leave}); !errors.Is(err, errTakesNothing) {
		t.Errorf("it takes one more: %v", err)
	}
	if items, err := o.take(); len(items) != mostWaiting || !errors.Is(err, errTakesNothing) {
		t.Errorf("%d wait, %v", len(items), err)
	}
}
