package rendezvous

import "time"

// backoff is how long to wait before connecting again: hardly at all at first,
// since a server that restarts is back at once, and longer each time. It is
// drawn, lest all rooms of a server come back in the same moment.
type backoff struct {
	random func() float64 // in [0, 1)
	next   time.Duration
}

const (
	leastPause = 250 * time.Millisecond
	mostPause  = 30 * time.Second
	// A connection that lived so long was a good one.
	goodFor = 5 * time.Second
)

// pause is the wait after a connection that lived for some time; 0 for none.
func (b *backoff) pause(lived time.Duration) time.Duration {
	if lived >= goodFor || b.next == 0 {
		b.next = leastPause
	}
	most := b.next
	b.next = min(2*b.next, mostPause)
	return most/2 + time.Duration(b.random()*float64(most/2))
}
