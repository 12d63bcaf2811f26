package play

import "time"

// idle is how long the speaker is kept open when nothing plays.
const idle = 10 * time.Second

// speaker is the sound device, which is opened when it is needed first.
type speaker struct {
	device  Speaker
	opening bool
	err     error     // why there is none
	used    time.Time // last
	gone    chan struct{}
}

// tend opens the speaker for playing, and lets go of it after a while.
func (e *engine) tend(now time.Time) {
	s := &e.speaker
	switch {
	case e.speed != 0:
		s.used = now
		if s.device == nil && !s.opening && s.err == nil && e.config.Speaker != nil {
			e.openSpeaker()
		}
	case s.device == nil:
	case now.Sub(s.used) >= idle:
		s.drop(e)
	default:
		e.rest(now, idle-now.Sub(s.used))
	}
}

// openSpeaker opens it aside: that may take a while.
func (e *engine) openSpeaker() {
	e.speaker.opening = true
	rate := e.film.Output.SampleRate
	e.done.Go(func() {
		device, err := e.config.Speaker(rate, e.output.fill)
		e.do(func(e *engine) { e.speaker.opened(e, device, err, rate) })
	})
}

// opened takes a device into use, unless the film is another by now.
func (s *speaker) opened(e *engine, device Speaker, err error, rate int) {
	s.opening, s.err = false, err
	if err != nil {
		return
	}
	s.device, s.gone = device, make(chan struct{})
	if e.ctx.Err() != nil || e.film == nil || e.film.Output.SampleRate != rate {
		s.drop(e)
		return
	}
	e.output.use(device, time.Now())
	gone := s.gone
	e.done.Go(func() {
		select {
		case err := <-device.Failed():
			e.do(func(e *engine) { e.speaker.failed(e, device, err) })
		case <-gone:
		}
	})
}

// failed goes on without sound.
func (s *speaker) failed(e *engine, device Speaker, err error) {
	if s.device != device {
		return
	}
	s.drop(e)
	s.err = err
}

// drop lets go of the device; closing it is done aside.
func (s *speaker) drop(e *engine) {
	if s.device == nil {
		return
	}
	device := s.device
	e.output.use(nil, time.Now())
	close(s.gone)
	s.device, s.gone = nil, nil
	e.done.Go(func() {
		if err := device.Close(); err != nil {
			e.do(func(e *engine) { e.speaker.err = err })
		}
	})
}
