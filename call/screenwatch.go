package call

import (
	"sync"
	"time"
)

// screenPause is how long no picture of their screen comes before it counts as
// over: a still one is repeated at least once a second.
const screenPause = 3 * time.Second

// screenWatch tells whether the other side shows a screen. The picture that
// ends the sharing may be lost, and its track lives on: then the pause tells,
// unless all else is silent too and it is the path that is gone.
type screenWatch struct {
	alive func(within time.Duration) bool // something else came from them

	mu     sync.Mutex
	change func(bool)
	on     bool
	last   time.Time
	timer  *time.Timer
}

func (w *screenWatch) onChange(f func(bool)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.change = f
}

// seen notes a picture.
func (w *screenWatch) seen() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.last = time.Now()
	if w.on {
		return
	}
	if w.timer == nil {
		w.timer = time.AfterFunc(screenPause, w.check)
	} else {
		w.timer.Reset(screenPause)
	}
	w.set(true)
}

// gone notes the end.
func (w *screenWatch) gone() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.on {
		w.timer.Stop()
		w.set(false)
	}
}

func (w *screenWatch) check() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.on {
		return
	}
	paused := time.Since(w.last)
	switch {
	case paused < screenPause:
		w.timer.Reset(screenPause - paused)
	case !w.alive(time.Second):
		w.timer.Reset(time.Second)
	default:
		w.set(false)
	}
}

// set tells a change. w.mu is held.
func (w *screenWatch) set(on bool) {
	w.on = on
	if w.change != nil {
		w.change(on)
	}
}
