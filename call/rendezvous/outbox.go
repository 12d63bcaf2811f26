package rendezvous

import (
	"sync"
	"sync/atomic"
)

// outbox holds what a connection has not read yet. Putting never waits: who
// reads too slowly is cut off, and nobody else notices. A goroutine empties it
// while there is something in it, so that a quiet connection costs none.
type outbox struct {
	limit int
	all   *backlog
	write func([]byte) error
	cut   func() // ends the connection at once
	start func(func()) bool

	mu      sync.Mutex
	queue   [][]byte
	bytes   int
	running bool
	shut    bool
	last    func() // when all is written
}

// backlog is what no connection has read yet, of all of them. Each may let much
// wait, but not all at once: their memory is this server's.
type backlog struct {
	most int64
	now  atomic.Int64
}

// share is what may wait for one connection while there is too much of all.
const share = 16 << 10

// full tells whether who lets so much wait is to be cut off.
func (b *backlog) full(waiting int) bool { return waiting > share && b.now.Load() > b.most }

// put queues one frame; false where the connection was too slow.
func (o *outbox) put(data []byte) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.shut {
		return true // it ends already
	}
	if o.bytes+len(data) > o.limit || o.all.full(o.bytes) {
		o.drop()
		o.start(o.cut)
		return false
	}
	o.queue = append(o.queue, data)
	o.count(len(data))
	o.run()
	return true
}

// drop lets go of all that waits, for good; it is called under the lock.
func (o *outbox) drop() {
	o.count(-o.bytes)
	o.shut, o.queue, o.last = true, nil, nil
}

// count is called under the lock.
func (o *outbox) count(n int) {
	o.bytes += n
	o.all.now.Add(int64(n))
}

// finish takes nothing more, and calls last once all is written.
func (o *outbox) finish(last func()) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.shut {
		return
	}
	o.shut, o.last = true, last
	o.run()
}

// run is called under the lock.
func (o *outbox) run() {
	if !o.running {
		o.running = true
		o.start(o.empty)
	}
}

func (o *outbox) empty() {
	for {
		data, last := o.next()
		switch {
		case last != nil:
			last()
			return
		case data == nil:
			return
		}
		if err := o.write(data); err != nil {
			o.mu.Lock()
			o.drop()
			o.mu.Unlock()
			o.cut()
			return
		}
	}
}

func (o *outbox) next() (data []byte, last func()) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.queue) == 0 {
		o.queue, o.running = nil, false
		last, o.last = o.last, nil
		return nil, last
	}
	data = o.queue[0]
	o.queue[0], o.queue = nil, o.queue[1:]
	o.count(-len(data))
	return data, nil
}
