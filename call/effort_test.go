package call

import (
	"testing"
	"time"
)

// machine encodes n seconds of 30 pictures that take a share of their time.
func machine(e *effort, now *time.Time, share float64, n int) {
	const gap = time.Second / 30
	for range 30 * n {
		*now = now.Add(gap)
		e.note(time.Duration(share*float64(gap)), gap, *now)
	}
}

func TestEffortFollowsTheMachine(t *testing.T) {
	var e effort
	now := time.Unix(1, 0)
	machine(&e, &now, 0.8, 20)
	if e.level != 0 {
		t.Fatalf("level %d though there is time", e.level)
	}
	machine(&e, &now, 1.5, 2)
	if e.level == 0 {
		t.Fatal("pictures are missed for 2 s and nothing is done")
	}
	down := e.level
	machine(&e, &now, 0.6, 60)
	if e.level != down {
		t.Errorf("level %d, was %d: the next larger would not fit", e.level, down)
	}
	machine(&e, &now, 0.2, 12)
	if e.level != down-1 {
		t.Errorf("level %d after 12 s with time to spare, was %d", e.level, down)
	}
}

// What was tried in vain is tried again, but later.
func TestEffortDoesNotSwing(t *testing.T) {
	var e effort
	now := time.Unix(1, 0)
	changes, before := 0, 0
	for range 300 { // a machine that bears level 1 easily and level 0 not at all
		share := 1.2
		if e.level > 0 {
			share = 0.3
		}
		machine(&e, &now, share, 1)
		if e.level != before {
			changes, before = changes+1, e.level
		}
	}
	if changes > 12 {
		t.Errorf("%d changes in 5 minutes", changes)
	}
	if changes < 3 {
		t.Error("it was never tried again")
	}
}
