package play

// maxLegs bounds how many runs decode pictures at once.
const maxLegs = 4

// window says which frames the shelf is for: more before the playhead than
// behind it; going backwards, the other way round.
func (e *engine) window() {
	n := e.shelf.capacity()
	lo := e.frame - n*2/5
	if e.speed < 0 {
		lo = e.frame + 2 - n
	}
	e.shelf.move(lo, lo+n)
}

// second is the film's frames in a second.
func (e *engine) second() int64 { return int64(e.film.Output.Rate.Float() + 0.5) }

// lost says whether a frame cannot be had.
func (e *engine) lost(frame int64) bool {
	if len(e.gaveUp) == 0 {
		return false
	}
	at, ok := e.film.place(frame)
	return !ok || e.gaveUp[at.span] != nil
}
