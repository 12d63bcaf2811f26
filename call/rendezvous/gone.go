package rendezvous

import "time"

// gone remembers slots that were used up or ran out, so that who comes late is
// told so and does not wait. It is a kindness, and bounded.
type gone struct{ until map[string]time.Time }

const (
	goneFor  = 10 * time.Minute
	goneMost = 10_000
)

func newGone() *gone { return &gone{until: map[string]time.Time{}} }

func (g *gone) add(slot string, now time.Time) {
	if len(g.until) < goneMost {
		g.until[slot] = now.Add(goneFor)
	}
}

func (g *gone) forget(slot string) { delete(g.until, slot) }

func (g *gone) has(slot string, now time.Time) bool { return now.Before(g.until[slot]) }

func (g *gone) len() int { return len(g.until) }

// sweep drops what is long past.
func (g *gone) sweep(now time.Time) {
	for slot, until := range g.until {
		if !now.Before(until) {
			delete(g.until, slot)
		}
	}
}
