package call

import "sync"

// Slot holds the newest picture of a stream and never a queue: a picture that
// nobody took is replaced by the next. One goroutine puts, one takes; the
// three pictures inside (being written, ready, being shown) change places and
// nothing is copied or allocated after the first frames.
type Slot struct {
	mu                 sync.Mutex
	write, ready, show *Picture
	fresh              bool
	replaced           uint64
	notify             func()
}

// NewSlot returns an empty slot.
func NewSlot() *Slot {
	return &Slot{write: &Picture{}, ready: &Picture{}, show: &Picture{}}
}

// OnPut has f called after each picture that is put, from the goroutine that
// put it; f must not block. A nil f stops that.
func (s *Slot) OnPut(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.notify = f
}

// Writable returns the picture to fill before Put. Only the putting goroutine
// may use it.
func (s *Slot) Writable() *Picture { return s.write }

// Put offers what was written as the newest picture.
func (s *Slot) Put() {
	s.mu.Lock()
	if s.fresh {
		s.replaced++
	}
	s.write, s.ready = s.ready, s.write
	s.fresh = true
	notify := s.notify
	s.mu.Unlock()
	if notify != nil {
		notify()
	}
}

// Take returns the newest picture, valid until the next Take, and whether it
// is new since the last one. Only the taking goroutine may use it.
func (s *Slot) Take() (*Picture, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.fresh {
		return s.show, false
	}
	s.ready, s.show = s.show, s.ready
	s.fresh = false
	return s.show, true
}

// Replaced counts the pictures that nobody took in time.
func (s *Slot) Replaced() uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.replaced
}
