package editui

import "parley/editor"

// Chapter is a marker of the film with its time in it.
type Chapter struct {
	ID    editor.MarkerID
	At    editor.Time // on the film's clock
	Label string
}

// chapters are the markers that are in the film, in its order.
func (p *Presenter) chapters() []Chapter {
	line := p.line()
	var all []Chapter
	for _, id := range line.Markers() {
		m, at, _ := line.Marker(id)
		all = append(all, Chapter{id, at, m.Label})
	}
	return all
}

// chaptersOf are those of one clip.
func chaptersOf(all []Chapter, id editor.ClipID) []Chapter {
	var some []Chapter
	for _, c := range all {
		if c.ID.Clip == id {
			some = append(some, c)
		}
	}
	return some
}
