package rendezvous

import "sync"

// outbox holds what a connection has not read yet. Putting never waits: who
// reads too slowly is cut off, and nobody else notices. A goroutine empties it
// while there is something in it, so that a quiet connection costs none.
type outbox struct {
	limit int
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

// put queues one frame; false where the connection was too slow.
func (o *outbox) put(data []byte) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.shut {
		return true // it ends already
	}
	if o.bytes+len(data) > o.limit {
		o.shut, o.queue, o.last = true, nil, nil
		o.start(o.cut)
		return false
	}
	o.queue = append(o.queue, data)
	o.bytes += len(data)
	o.run()
	return true
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
	o.bytes -= len(data)
	return data, nil
}
