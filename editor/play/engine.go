package play

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"parley/editor"
)

// engine is what a Player's goroutine owns.
type engine struct {
	config Config
	ctx    context.Context
	done   sync.WaitGroup // of legs and of the speaker

	mu       sync.Mutex
	commands []func(*engine)
	wake     chan struct{} // something happened

	film    *cut // nil: none
	output  *output
	tape    *tape
	shelf   *shelf
	legs    []*leg           // that decode pictures
	sounds  []*leg           // of the sound on the tape, in the order in which they follow
	soundAt int64            // frame from which on sound is to be decoded next
	tuned   bool             // the tape begins where it should
	gaveUp  map[string]error // spans whose pictures cannot be had, by place.span

	frame   int64         // where the playhead stands
	moves   int           // how often it was put somewhere
	speed   float64       // wanted
	running bool          // the clock runs
	rough   bool          // the playhead is being dragged
	back    bool          // it was moved backwards by frames
	moved   time.Time     // when the playhead was put or playing wanted
	tookIt  time.Duration // how long it takes to open a run, lately

	shown      place // what the screen shows
	shownFrame int64
	any        bool // the screen shows something

	ducking   atomic.Pointer[editor.Curve] // nil: it is not known
	listening bool                         // to what it follows from
	unducked  error                        // why it cannot be known

	speaker  speaker
	reported State
	told     time.Time
	restAt   time.Time // when there is something to do without a signal
}

func newEngine(ctx context.Context, c Config) *engine {
	e := &engine{config: c, ctx: ctx, wake: make(chan struct{}, 1), gaveUp: map[string]error{}, tookIt: usualOpening}
	e.shelf = newShelf(e.signal)
	e.output = &output{gain: 1}
	return e
}

// do has f called on the engine's goroutine.
func (e *engine) do(f func(*engine)) {
	e.mu.Lock()
	e.commands = append(e.commands, f)
	e.mu.Unlock()
	e.signal()
}

// signal has the engine look at what is new.
func (e *engine) signal() {
	select {
	case e.wake <- struct{}{}:
	default:
	}
}

func (e *engine) run() {
	defer e.end()
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-e.ctx.Done():
			return
		case <-e.wake:
		case <-timer.C:
		}
		e.obey()
		now := time.Now()
		e.restAt = time.Time{}
		e.turn(now)
		timer.Stop()
		if !e.restAt.IsZero() {
			timer.Reset(max(0, e.restAt.Sub(now)))
		}
	}
}

// obey does what was asked for.
func (e *engine) obey() {
	e.mu.Lock()
	todo := e.commands
	e.commands = nil
	e.mu.Unlock()
	for _, f := range todo {
		f(e)
	}
}

// turn does all that is due.
func (e *engine) turn(now time.Time) {
	e.tend(now)
	if e.film != nil {
		e.advance(now)
		e.window()
		e.present()
		e.decode(now)
		e.listen(now)
		e.begin(now)
	}
	e.report(now)
}

// rest has turn be called again after d at the latest.
func (e *engine) rest(now time.Time, d time.Duration) {
	if at := now.Add(d); e.restAt.IsZero() || at.Before(e.restAt) {
		e.restAt = at
	}
}

// end waits for all that runs.
func (e *engine) end() {
	for _, l := range append(e.legs, e.sounds...) {
		l.cancel()
	}
	e.output.use(nil, time.Now())
	e.speaker.drop(e)
	e.done.Wait()
	e.obey() // a speaker may have been opened meanwhile
	e.speaker.drop(e)
	e.done.Wait()
}
