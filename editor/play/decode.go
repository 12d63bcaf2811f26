package play

import "time"

const (
	usualOpening = 200 * time.Millisecond // of a run, until its first picture
	settled      = 300 * time.Millisecond // then the playhead stays, and what is around it is made
	patient      = 400 * time.Millisecond // for which a run is left to open while the playhead is dragged
	backward     = 12                     // frames behind the playhead that are made ahead of being asked for
	forerun      = 2                      // seconds before a join at which the run behind it is opened
)

// decode sees to it that the pictures come that are needed.
func (e *engine) decode(now time.Time) {
	e.reap()
	switch {
	case e.speed < 0:
		e.dropLegs(func(l *leg) bool { return !l.limited || l.next.Load() > e.frame+1 })
		e.chunk(e.shelf.lo, e.frame+1, e.shelf.capacity()/2-2, now)
		return
	case e.back && !e.shelf.has(e.frame):
		e.chunk(e.frame, e.frame+1, 2*backward, now)
		return
	}
	e.forwards(now)
	if e.speed > 0 {
		e.joins(now)
		return
	}
	if since := now.Sub(e.moved); since < settled && !e.back {
		e.rest(now, settled-since)
	} else if e.exact() {
		e.chunk(e.frame-backward, e.frame, 2*backward, now)
	}
}

// reap notes what has become of the legs, and forgets those that have ended.
func (e *engine) reap() {
	e.dropLegs(func(l *leg) bool {
		if took := l.took.Load(); took > 0 && l.urgent && !l.counted {
			l.counted = true
			e.tookIt = (3*e.tookIt + time.Duration(took)) / 4
		}
		if l.ended.Load() && l.err != nil {
			e.gaveUp[l.place.span] = l.err
		}
		return l.ended.Load()
	})
}

// forwards has the frames from the playhead on come.
func (e *engine) forwards(now time.Time) {
	m, ok := e.shelf.missing(e.frame, min(e.shelf.hi, e.film.Frames()), e.lost)
	e.dropLegs(func(l *leg) bool { return e.useless(l) && !e.young(l, now) })
	if !ok {
		return
	}
	for _, l := range e.legs {
		if e.covers(l, m) {
			return
		}
		if e.young(l, now) {
			e.rest(now, patient-now.Sub(l.begun))
			return
		}
	}
	what := urgent
	if e.running {
		m, what = min(m+e.lead(), e.film.Frames()-1), ahead
	}
	_, last, _ := e.film.Span(m)
	e.dropLegs(func(l *leg) bool { next := l.next.Load(); return next > m && next < last })
	e.open(m, last, what, now)
}

// young says whether a leg is left to open although the playhead is being
// dragged elsewhere: otherwise no picture would ever come.
func (e *engine) young(l *leg, now time.Time) bool {
	return e.rough && l.urgent && l.opening() && now.Sub(l.begun) < patient
}

// useless says whether a leg has nothing more to give to the window, and was
// not opened for a join that is to come.
func (e *engine) useless(l *leg) bool {
	next := l.next.Load()
	switch {
	case l.last <= e.shelf.lo:
		return true
	case l.limited:
		return next >= e.shelf.hi
	case e.frame-next > e.second():
		return true
	case e.speed > 0 && next == l.first && l.first <= e.frame+e.reach():
		return false
	}
	return next > e.shelf.hi+e.second()
}

// lead is how many frames the film goes on while a run is opened.
func (e *engine) lead() int64 {
	return 1 + int64(e.tookIt.Seconds()*e.speed*e.film.Output.Rate.Float())
}

// covers says whether a leg will soon come to a frame; while the film plays,
// to one that is a little later.
func (e *engine) covers(l *leg, frame int64) bool {
	if next := l.next.Load(); next <= frame {
		return frame < l.last && frame-next <= e.second()
	}
	return e.running && l.first > frame && l.first-frame <= 2*e.lead()
}

// reach is how far ahead of the playhead runs are opened, in frames.
func (e *engine) reach() int64 { return forerun * e.second() * max(1, int64(e.speed)) }

// joins opens the runs of the spans that follow soon.
func (e *engine) joins(now time.Time) {
	end := min(e.frame+e.reach(), e.film.Frames())
	for next := e.frame; next < end && len(e.legs) < maxLegs; {
		_, last, _ := e.film.Span(next)
		if next > e.frame && !e.taken(next) && !e.shelf.has(next) && !e.lost(next) {
			e.open(next, last, ahead, now)
		}
		next = last
	}
}

// taken says whether a frame is a leg's, past or to come.
func (e *engine) taken(frame int64) bool {
	for _, l := range e.legs {
		if l.first <= frame && frame < l.last {
			return true
		}
	}
	return false
}

// chunk has the last frames come that are missing between two, at most n.
func (e *engine) chunk(from, to, n int64, now time.Time) {
	m, ok := e.shelf.lastMissing(max(0, from, e.shelf.lo), to, e.lost)
	if !ok || len(e.legs) >= maxLegs {
		return
	}
	for _, l := range e.legs {
		if l.next.Load() <= m && m < l.last && l.limited {
			return
		}
	}
	first, _, _ := e.film.Span(m)
	e.open(max(first, m+1-n, e.shelf.lo), m+1, gap, now)
}

// kind is what a run of pictures is for.
type kind int

const (
	ahead  kind = iota // goes on to the end of its span
	urgent             // the same, and its first picture is waited for
	gap                // fills one
)

// open starts decoding from a frame to before another of the same span.
func (e *engine) open(first, last int64, kind kind, now time.Time) {
	at, ok := e.film.place(first)
	if !ok {
		return
	}
	step, err := e.film.Pictures(first)
	if err != nil {
		e.gaveUp[at.span] = err
		return
	}
	l := newLeg(e.ctx, first, last, at, now)
	l.urgent, l.limited = kind == urgent, kind == gap
	e.legs = append(e.legs, l)
	e.done.Go(func() {
		l.end(l.pictures(e.config.Decoder, step, e.shelf))
		e.signal()
	})
}

// dropLegs ends the legs for which f says so.
func (e *engine) dropLegs(f func(*leg) bool) {
	kept := e.legs[:0]
	for _, l := range e.legs {
		if f(l) {
			l.cancel()
			continue
		}
		kept = append(kept, l)
	}
	clear(e.legs[len(kept):])
	e.legs = kept
}
