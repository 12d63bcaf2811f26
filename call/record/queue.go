package record

import "sync"

// queue hands values from the goroutines of a call to one worker. It is
// bounded: when the worker is late, values are left out and counted, and the
// caller never waits. Values are swapped, not copied, so that the memory
// inside them circulates and nothing is allocated once it has grown.
type queue[T any] struct {
	mu      sync.Mutex
	items   []T
	missing []int // values left out before each item
	head, n int
	dropped int // left out since the last item
	wake    chan struct{}
}

func newQueue[T any](capacity int) *queue[T] {
	return &queue[T]{items: make([]T, capacity), missing: make([]int, capacity), wake: make(chan struct{}, 1)}
}

// begin locks the queue and returns the next free place to be filled, or nil
// when there is none. After a place was returned, commit must follow.
func (q *queue[T]) begin() *T {
	q.mu.Lock()
	if q.n == len(q.items) {
		q.dropped++
		q.mu.Unlock()
		return nil
	}
	i := (q.head + q.n) % len(q.items)
	q.missing[i], q.dropped = q.dropped, 0
	return &q.items[i]
}

// commit makes what was filled visible and wakes the worker.
func (q *queue[T]) commit() {
	q.n++
	q.mu.Unlock()
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

// take swaps the oldest value into *into. dropped is the number of values left
// out before it.
func (q *queue[T]) take(into *T) (dropped int, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.n == 0 {
		return 0, false
	}
	*into, q.items[q.head] = q.items[q.head], *into
	dropped = q.missing[q.head]
	q.head = (q.head + 1) % len(q.items)
	q.n--
	return dropped, true
}
