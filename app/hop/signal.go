package hop

import "sync/atomic"

// Signal tells Fyne's goroutine that something has changed, as often as it
// likes: however often it is raised, its function is queued once until it
// begins to run. It suits pictures and view models, of which only the newest
// counts.
type Signal struct {
	raised atomic.Bool
	run    func()
}

// NewSignal returns a signal that has f called on Fyne's goroutine.
func NewSignal(f func()) *Signal {
	s := &Signal{}
	s.run = func() {
		s.raised.Store(false)
		f()
	}
	return s
}

// Raise has the function called soon. It returns at once and does not allocate.
func (s *Signal) Raise() {
	if s.raised.CompareAndSwap(false, true) {
		Do(s.run)
	}
}
