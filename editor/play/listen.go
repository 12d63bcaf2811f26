package play

import (
	"context"
	"slices"
	"time"

	"parley/editor"
)

// listen sees to it that the sound comes that is needed.
func (e *engine) listen(now time.Time) {
	if e.speed != 0 && !audible(e.speed) {
		e.dropSounds()
		return
	}
	if since := now.Sub(e.moved); e.speed == 0 && since < settled {
		e.rest(now, settled-since)
		return
	}
	e.tune()
	for len(e.sounds) < maxLegs && e.soundAt < min(e.film.Frames(), e.frame+e.reach()) {
		e.hear(now)
	}
	played := e.film.sample(e.frame)
	e.sounds = slices.DeleteFunc(e.sounds, func(l *leg) bool { return l.ended.Load() && l.last <= played })
}

// tune has the tape begin at the playhead unless that is on it; where the clock
// has left the tape behind, a little after.
func (e *engine) tune() {
	at := e.film.sample(e.frame)
	if e.tuned && (e.running && e.tape.ahead(at) > -int64(e.film.Output.SampleRate) || !e.running && e.tape.holds(at)) {
		return
	}
	e.dropSounds()
	e.soundAt = e.frame
	if e.running {
		e.soundAt = min(e.frame+e.lead(), e.film.Frames())
	}
	e.tape.reset(e.film.sample(e.soundAt))
	e.tuned = true
}

// hear opens the run of the sound that comes next.
func (e *engine) hear(now time.Time) {
	first := e.soundAt
	_, end, _ := e.film.Span(first)
	e.soundAt = end
	at, _ := e.film.sound(first)
	step, parted, err := e.film.Parted(first)
	l := newLeg(e.ctx, e.film.sample(first), e.film.sample(end), at, now)
	l.frame = first
	e.sounds = append(e.sounds, l)
	onto, decoder := e.tape, e.config.Decoder
	e.done.Go(func() {
		defer context.AfterFunc(l.ctx, onto.wake)()
		if err == nil {
			err = l.sound(decoder, step, parted, e.curve, onto, e.signal)
		}
		l.silence(onto)
		l.end(err)
		e.signal()
	})
}

// soundReady says whether there is enough to begin with: 50 ms.
func (e *engine) soundReady() bool {
	at := e.film.sample(e.frame)
	return e.tuned && e.tape.ahead(at) >= min(int64(e.film.Output.SampleRate)/20, e.film.Samples()-at)
}

// keepSounds drops the sound where the film has another now.
func (e *engine) keepSounds() {
	for _, l := range e.sounds {
		first, end, _ := e.film.Span(l.frame)
		at, ok := e.film.sound(l.frame)
		if !ok || at != l.place || e.film.sample(end) != l.last || first > l.frame {
			e.dropSounds()
			return
		}
	}
}

// dropSounds ends what decodes sound; what is on the tape is not to be heard.
func (e *engine) dropSounds() {
	for _, l := range e.sounds {
		l.cancel()
	}
	e.sounds, e.tuned = nil, false
}

// curve is how far down the music is, as far as that is known. It may be called
// from any goroutine.
func (e *engine) curve() editor.Curve {
	if c := e.ducking.Load(); c != nil {
		return *c
	}
	return editor.Curve{}
}
