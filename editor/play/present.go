package play

import "time"

// far is how much later than due a picture may be shown, in frames.
const far = 30

// present shows the picture of the playhead; while the film plays the newest
// one that is there, none twice and none out of order.
func (e *engine) present() {
	switch {
	case e.exact():
	case e.running && e.speed > 0:
		until := e.frame - far
		if e.any && e.shownFrame <= e.frame {
			until = max(until, e.shownFrame)
		}
		e.show(e.frame, until, -1)
	case e.running:
		until := e.frame + far
		if e.any && e.shownFrame >= e.frame {
			until = min(until, e.shownFrame)
		}
		e.show(e.frame, until, 1)
	case e.show(e.frame, e.frame+1, 1):
	case e.rough && e.any:
		if near, ok := e.shelf.nearest(e.frame, max(e.frame-e.shownFrame, e.shownFrame-e.frame)); ok {
			e.show(near, near+1, 1)
		}
	}
}

// show shows the first frame that is there, from wanted on before until.
func (e *engine) show(wanted, until, by int64) bool {
	frame, ok := e.shelf.show(wanted, until, by, func(p *picture, frame int64) {
		e.shown = p.place
		e.config.Screen(&p.RGBA, frame)
	})
	if ok {
		e.shownFrame, e.any = frame, true
	}
	return ok
}

// exact says whether the screen shows what stands at the playhead.
func (e *engine) exact() bool {
	if !e.any || e.shownFrame != e.frame {
		return false
	}
	now, ok := e.film.place(e.frame)
	return ok && now == e.shown
}

// report tells what has changed.
func (e *engine) report(now time.Time) {
	s := State{Frame: e.frame, Moves: e.moves, Speed: e.speed, Waiting: e.speed != 0 && !e.running, Silent: e.speaker.err,
		Listening: e.listening, Unducked: e.unducked}
	if e.film != nil {
		s.Exact = e.exact()
		if at, ok := e.film.place(e.frame); ok {
			s.Trouble = e.gaveUp[at.span]
		}
	}
	if s.same(e.reported) {
		return
	}
	const gap = time.Second / ReportsPerSecond
	if since := now.Sub(e.told); e.running && s.Moves == e.reported.Moves && s.Speed == e.reported.Speed && since < gap {
		e.rest(now, gap-since)
		return
	}
	e.reported, e.told = s, now
	e.config.Report(s)
}

// same says whether two states tell the same.
func (s State) same(t State) bool {
	alike := func(a, b error) bool { return a == nil && b == nil || a != nil && b != nil && a.Error() == b.Error() }
	return s.Frame == t.Frame && s.Moves == t.Moves && s.Speed == t.Speed && s.Waiting == t.Waiting && s.Exact == t.Exact &&
		alike(s.Silent, t.Silent) && alike(s.Trouble, t.Trouble) &&
		s.Listening == t.Listening && alike(s.Unducked, t.Unducked)
}
