package play

import (
	"context"
	"sync"
)

// tape holds the sound that is about to be heard, by the film's samples. A leg
// writes it and is held up when it is far enough ahead; the speaker reads it.
// A little of what was read stays, so that playing can go back a little.
type tape struct {
	mu    sync.Mutex
	moved *sync.Cond
	pairs []int16
	room  int64 // pairs that may be there beyond head
	head  int64 // sample that is read next
	from  int64 // samples that are there
	to    int64
}

// newTape holds a second for pairs at the rate.
func newTape(rate int) *tape {
	t := &tape{pairs: make([]int16, 2*2*rate), room: int64(rate)}
	t.moved = sync.NewCond(&t.mu)
	return t
}

// reset empties the tape and has it begin at a sample.
func (t *tape) reset(at int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.head, t.from, t.to = at, at, at
	t.moved.Broadcast()
}

// rewind has reading go on at a sample.
func (t *tape) rewind(at int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.head = at
	t.moved.Broadcast()
}

// holds says whether reading could go on at a sample without a gap.
func (t *tape) holds(at int64) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return at >= t.from && at <= t.to
}

// wake has those who wait look whether their context has ended.
func (t *tape) wake() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.moved.Broadcast()
}

// ahead is how many samples are there from one on.
func (t *tape) ahead(of int64) int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.to - of
}

// write appends pairs that belong at a sample, as soon as the tape has come
// there and has room. It tells how many it took: none where the context has
// ended. What is past already is taken and dropped.
func (t *tape) write(ctx context.Context, at int64, pairs []int16) int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	for ctx.Err() == nil && (at != t.to || t.to-t.head >= t.room) {
		t.moved.Wait()
	}
	if ctx.Err() != nil {
		return 0
	}
	n := min(int64(len(pairs)/2), t.room-(t.to-t.head))
	whole := int64(len(t.pairs) / 2)
	for i := range n {
		k := 2 * ((at + i) % whole)
		t.pairs[k], t.pairs[k+1] = pairs[2*i], pairs[2*i+1]
	}
	t.to += n
	t.from = max(t.from, t.to-whole)
	t.moved.Broadcast()
	return n
}

// read fills pairs with the sound from a sample on, silence where it is not
// there, and frees what is before its end.
func (t *tape) read(pairs []int16, at int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	whole := int64(len(t.pairs) / 2)
	for i := range int64(len(pairs) / 2) {
		pairs[2*i], pairs[2*i+1] = 0, 0
		if s := at + i; s >= t.from && s < t.to {
			k := 2 * (s % whole)
			pairs[2*i], pairs[2*i+1] = t.pairs[k], t.pairs[k+1]
		}
	}
	t.head = at + int64(len(pairs)/2)
	t.moved.Broadcast()
}
