package play

import (
	"time"

	"parley/editor"
)

// load takes another film, or another state of the same.
func (e *engine) load(film *editor.Assembly) {
	clear(e.gaveUp)
	if film == nil {
		e.halt()
		e.film, e.any = nil, false
		e.dropLegs(func(*leg) bool { return true })
		e.dropSounds()
		return
	}
	before := e.film
	e.film = newCut(film)
	e.shelf.resize(film.Output.Width, film.Output.Height)
	if before == nil || before.Output.SampleRate != film.Output.SampleRate {
		e.halt()
		e.dropSounds()
		e.tape = newTape(film.Output.SampleRate)
		e.output.load(e.tape, film.Output.SampleRate)
		e.speaker.drop(e)
	}
	if before != nil && before.Output.Rate != film.Output.Rate {
		e.frame = editor.Frames(e.frame, before.Output.Rate).FrameRound(film.Output.Rate)
		e.jump(e.frame)
	}
	e.keepWhatIsTheSame()
	if last := film.Frames() - 1; e.frame > last {
		e.jump(last)
	}
}

// keepWhatIsTheSame drops what the film no longer shows.
func (e *engine) keepWhatIsTheSame() {
	same := func(frame int64, at place) bool {
		now, ok := e.film.place(frame)
		return ok && now == at
	}
	e.shelf.keep(same)
	e.dropLegs(func(l *leg) bool {
		_, last, _ := e.film.Span(l.first)
		return !same(l.first, l.place) || l.last > last
	})
	e.keepSounds()
}

// seek puts the playhead at a frame.
func (e *engine) seek(frame int64, rough bool) {
	e.moves++
	if e.film == nil {
		return
	}
	frame = max(0, min(frame, e.film.Frames()-1))
	back := e.frame - frame
	e.rough, e.back = rough, back > 0 && back <= aStep && e.speed == 0
	clear(e.gaveUp)
	e.jump(frame)
}

// aStep is how many frames somebody goes back who looks for one.
const aStep = 3

// jump goes on from another frame, as it went before.
func (e *engine) jump(frame int64) {
	e.stopClock()
	e.frame, e.moved = frame, time.Now()
}

// play plays at a speed.
func (e *engine) play(speed float64) {
	if e.film == nil || speed == e.speed {
		return
	}
	e.stopClock()
	e.speed, e.moved, e.rough, e.back = speed, time.Now(), false, false
	e.speaker.err = nil
	clear(e.gaveUp)
	switch last := e.film.Frames() - 1; {
	case speed > 0 && e.frame >= last:
		e.frame = 0
	case speed < 0 && e.frame <= 0:
		e.frame = last
	}
}

// halt stands still.
func (e *engine) halt() {
	e.stopClock()
	e.speed = 0
}

// stopClock leaves the playhead where the clock is.
func (e *engine) stopClock() {
	if e.running {
		e.frame = e.at(e.seen(e.output.stop(time.Now())))
		e.running = false
	}
}

// slowest bounds how much earlier than its sound a picture is shown.
const slowest = 250 * time.Millisecond

// seen is the sample whose picture is to be shown while another is heard, for
// a picture takes a while to come to the eye.
func (e *engine) seen(heard float64) float64 {
	if e.config.Delay == nil {
		return heard
	}
	delay := max(0, min(slowest, e.config.Delay()))
	return heard + delay.Seconds()*e.speed*float64(e.film.Output.SampleRate)
}

// at is the frame at a sample of the clock, which may lie a little before the
// frame that it began from, and beyond the film.
func (e *engine) at(sample float64) int64 {
	return max(0, min(e.film.frame(int64(max(0, sample))), e.film.Frames()-1))
}

// advance moves the playhead with the clock.
func (e *engine) advance(now time.Time) {
	if !e.running {
		return
	}
	sample := e.seen(e.output.heard(now))
	frame := e.at(sample)
	if e.speed > 0 {
		e.frame = max(e.frame, frame)
	} else {
		e.frame = min(e.frame, frame)
	}
	if e.speed > 0 && sample >= float64(e.film.Samples()) || e.speed < 0 && sample <= 0 {
		e.halt()
		return
	}
	e.rest(now, e.untilNext(sample))
}

// untilNext is how long the picture of a sample still stands.
func (e *engine) untilNext(sample float64) time.Duration {
	border := float64(e.film.sample(e.frame + 1))
	if e.speed < 0 {
		border = float64(e.film.sample(e.frame)) - 1
	}
	left := (border - sample) / e.speed / float64(e.film.Output.SampleRate)
	return max(time.Millisecond, time.Duration(left*float64(time.Second)))
}

// firstWait is how long playing waits for the first picture and sound.
const firstWait = 2 * time.Second

// begin has the clock run as soon as there is something to see and to hear.
func (e *engine) begin(now time.Time) {
	if e.running || e.speed == 0 {
		return
	}
	waited := now.Sub(e.moved)
	if !e.ready() && waited < firstWait {
		e.rest(now, firstWait-waited)
		return
	}
	e.tape.rewind(e.film.sample(e.frame))
	e.output.start(e.film.sample(e.frame), e.speed, now)
	e.running = true
	e.rest(now, 0)
}

// ready says whether all is there that playing begins with.
func (e *engine) ready() bool {
	if !e.shelf.has(e.frame) && !e.lost(e.frame) {
		return false
	}
	return !audible(e.speed) || e.soundReady() && !e.speaker.opening
}
