// Package hop carries work from other goroutines onto Fyne's. It is the one
// place of the program that calls fyne.Do, because three things have to hold
// everywhere at once: nothing is handed over before the window has started or
// after it began to stop, at most one fyne.Do is outstanding (Fyne queues them
// without bound, and a hidden window may not drain them), and nobody ever
// waits for the window.
//
// It owns no goroutine.
package hop

import (
	"sync"

	"fyne.io/fyne/v2"
)

// line is the way onto one toolkit goroutine.
type line struct {
	post  func(func())
	drain func() // made once, so that handing over does not allocate

	mu     sync.Mutex
	queue  []func()
	spare  []func() // the queue's other array
	held   bool
	closed bool
	posted bool
}

func newLine(post func(func())) *line {
	l := &line{post: post}
	l.drain = l.run
	return l
}

var (
	theLine = newLine(fyne.Do)
	theMu   sync.RWMutex
)

func current() *line {
	theMu.RLock()
	defer theMu.RUnlock()
	return theLine
}

// Do has f called on Fyne's goroutine, after everything handed over before.
// It returns at once. After Close, f is dropped.
func Do(f func()) { current().do(f) }

// Hold keeps work back until Open: Fyne must not be given any before its
// lifecycle's OnStarted.
func Hold() { current().hold() }

// Open lets work through, beginning with what was held back.
func Open() { current().open() }

// Close drops all work from now on. It is called before the program quits,
// for fyne.Do would then run in the goroutine that calls it.
func Close() { current().close() }

// Replace has work handed over by post instead, for tests that want to choose
// when it runs. restore undoes that.
func Replace(post func(func())) (restore func()) {
	theMu.Lock()
	defer theMu.Unlock()
	before := theLine
	theLine = newLine(post)
	return func() {
		theMu.Lock()
		defer theMu.Unlock()
		theLine = before
	}
}

func (l *line) do(f func()) {
	l.mu.Lock()
	if l.closed {
		l.mu.Unlock()
		return
	}
	l.queue = append(l.queue, f)
	l.postAndUnlock()
}

// postAndUnlock asks for one run of the queue unless one is on its way.
func (l *line) postAndUnlock() {
	ask := !l.held && !l.posted && len(l.queue) > 0
	if ask {
		l.posted = true
	}
	l.mu.Unlock()
	if ask {
		l.post(l.drain)
	}
}

func (l *line) hold() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.held, l.closed = true, false
}

func (l *line) open() {
	l.mu.Lock()
	l.held = false
	l.postAndUnlock()
}

func (l *line) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed, l.queue = true, nil
}

// run does what is queued; it is called on Fyne's goroutine.
func (l *line) run() {
	l.mu.Lock()
	work := l.queue
	l.queue, l.spare = l.spare[:0], nil
	l.posted = false
	l.mu.Unlock()
	for _, f := range work {
		f()
	}
	clear(work)
	l.mu.Lock()
	l.spare = work[:0]
	l.mu.Unlock()
}
