package editui

import "parley/editor"

// Mark puts a marker at the playhead.
func (p *Presenter) Mark() {
	next, _, err := p.line().Mark(p.playhead, "")
	if err != nil {
		p.Tell(say("A marker belongs to a clip; click into one first."), Info)
		return
	}
	p.do("Add marker", next, nil)
}

// MarkerHere is the marker at the playhead, to half a second, the nearest one.
func (p *Presenter) MarkerHere() (editor.MarkerID, bool) {
	line := p.line()
	best, found := editor.Rational(1, 2), false
	var nearest editor.MarkerID
	for _, id := range line.Markers() {
		_, at, _ := line.Marker(id)
		off := at.Sub(p.playhead)
		if off = off.Max(editor.Time{}.Sub(off)); off.Cmp(best) <= 0 {
			best, nearest, found = off, id, true
		}
	}
	return nearest, found
}

// Rename gives a marker another name.
func (p *Presenter) Rename(id editor.MarkerID, label string) {
	if m, _, ok := p.line().Marker(id); !ok || m.Label == label {
		return
	}
	next, err := p.line().RenameMarker(id, label)
	p.do("Rename marker", next, err)
}

// Unmark takes a marker away.
func (p *Presenter) Unmark(id editor.MarkerID) {
	next, err := p.line().Unmark(id)
	p.do("Remove marker", next, err)
}

// MoveMarker puts a marker at another time of the film.
func (p *Presenter) MoveMarker(id editor.MarkerID, at editor.Time) {
	next, _, err := p.line().MoveMarker(id, at)
	if err != nil {
		p.Tell(say("A marker belongs to a clip; drop it on one."), Info)
		return
	}
	p.do("Move marker", next, nil)
}
