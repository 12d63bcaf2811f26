package rendezvous

import (
	"time"

	"parley/call"
)

// With other servers, each says now and then that it lives; one that does not
// is taken for dead, and its sides of sessions for gone. Who waits knocks again
// now and then, in case something was lost.
const (
	beatEvery  = 2 * time.Second
	deadAfter  = 7 * time.Second
	knockEvery = 15 * time.Second
	sweepEvery = time.Minute
)

// tick does what is due.
func (h *hub) tick(n int64) {
	h.do(func(t *turn) {
		every := func(d time.Duration) bool { return n%int64(d/time.Second) == 0 }
		if t.bus.Delay() > 0 {
			if every(beatEvery) {
				t.posts = append(t.posts, post{topic: everybody, note: note{Kind: beats}})
				t.bury()
			}
			if every(knockEvery) {
				for slot := range t.topics {
					t.retry(slot)
				}
			}
		}
		if every(sweepEvery) {
			t.gone.sweep(t.at)
			t.ledger.forget(t.at)
		}
	})
}

// bury ends what hangs on servers that were not heard of.
func (t *turn) bury() {
	for node, at := range t.nodes {
		if t.at.Sub(at) > deadAfter {
			t.lose(node)
		}
	}
}

// lose ends what hangs on another server.
func (t *turn) lose(node string) {
	if node == t.node {
		return
	}
	delete(t.nodes, node)
	for _, v := range t.visits {
		if v.state == joined && v.node == node {
			t.dropVisit(v, call.GoingAway)
		}
	}
	for _, s := range t.stays {
		if s.node == node {
			t.dropStay(s, call.GoingAway)
		}
	}
}
