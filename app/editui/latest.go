package editui

import "sync"

// latest carries values to Fyne's goroutine of which only the newest counts:
// at most one hop is on its way however fast they come.
type latest[T any] struct {
	hop  func(func())
	take func(T) // called on Fyne's goroutine

	mu    sync.Mutex
	value T
	on    bool // a hop is on its way
}

func (l *latest[T]) put(v T) {
	l.mu.Lock()
	l.value = v
	ask := !l.on
	l.on = true
	l.mu.Unlock()
	if ask {
		l.hop(l.deliver)
	}
}

func (l *latest[T]) deliver() {
	l.mu.Lock()
	v := l.value
	l.on = false
	l.mu.Unlock()
	l.take(v)
}
