package play

import (
	"context"
	"sync"

	"parley/editor"
)

// Player plays a film. Its methods may be called from any goroutine and return
// at once; what they bring about is told by Config.Screen and Config.Report.
type Player struct {
	engine *engine
	cancel context.CancelFunc
	done   sync.WaitGroup
}

// New returns a player without a film. Close it.
func New(c Config) *Player {
	ctx, cancel := context.WithCancel(context.Background())
	p := &Player{engine: newEngine(ctx, c), cancel: cancel}
	p.done.Go(p.engine.run)
	return p
}

// Load has the player show a film, or another state of the one that it shows:
// what of it has not changed goes on playing. nil is no film.
func (p *Player) Load(film *editor.Assembly) { p.engine.do(func(e *engine) { e.load(film) }) }

// MoveTo puts the playhead at a frame, as far as the film goes.
func (p *Player) MoveTo(frame int64) { p.engine.do(func(e *engine) { e.seek(frame, false) }) }

// Scrub is MoveTo while the playhead is being dragged: pictures on the way are
// shown as they come.
func (p *Player) Scrub(frame int64) { p.engine.do(func(e *engine) { e.seek(frame, true) }) }

// Play plays at a speed: 1 is the film's own, a negative one goes backwards, 0
// stands still. At its end the film begins again.
func (p *Player) Play(speed float64) { p.engine.do(func(e *engine) { e.play(speed) }) }

// SetVolume makes what is heard as loud as it is recorded (1), or less.
func (p *Player) SetVolume(volume float64) {
	p.engine.do(func(e *engine) { e.output.volume(max(0, min(1, volume))) })
}

// Duck has music that gives way to speech be as far down as a curve has it,
// from the sound on that is decoded next.
func (p *Player) Duck(c editor.Curve) {
	p.engine.do(func(e *engine) {
		e.ducking.Store(&c)
		e.listening, e.unducked = false, nil
	})
}

// Unduck has it be as loud as it is: how far down it belongs is being found
// out or, where why is not nil, cannot be.
func (p *Player) Unduck(why error) {
	p.engine.do(func(e *engine) {
		e.ducking.Store(nil)
		e.listening, e.unducked = why == nil, why
	})
}

// Close ends playing and waits for all that runs; it is idempotent.
func (p *Player) Close() error {
	p.cancel()
	p.done.Wait()
	return nil
}
