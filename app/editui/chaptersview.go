package editui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"

	"parley/editor"
)

// mostChapters bounds how many markers are listed in one place.
const mostChapters = 100

// chaptersView lists markers: where they are, what they are called, and away
// with them.
type chaptersView struct {
	inspector *inspector
	fold      *fold
	list      *fyne.Container
	more      *line
	rows      []*chapterRow
	always    bool // it is shown without markers too
}

func newChaptersView(i *inspector, title string, always bool) *chaptersView {
	v := &chaptersView{inspector: i, list: container.NewVBox(), more: quiet(""), always: always}
	mark := i.button(lang.L("Mark at the playhead"), theme.ContentAddIcon(), func() { i.act((*Presenter).Mark) })
	v.fold = i.fold(title, always, v.list, indent(v.more), wide(mark))
	return v
}

func (v *chaptersView) show(chapters []Chapter, on bool) {
	var summary []Text
	if n := len(chapters); n > 0 {
		summary = []Text{sayOf("{{.N}} in it", "N", n)}
	}
	v.fold.show(on && (v.always || len(chapters) > 0), summary)
	rest := max(0, len(chapters)-mostChapters)
	chapters = chapters[:len(chapters)-rest]
	visible(v.more, rest > 0)
	write(v.more, tr(sayOf("and {{.More}} more", "More", rest)))
	for len(v.rows) > len(chapters) {
		v.rows = v.rows[:len(v.rows)-1]
		v.list.Remove(v.list.Objects[len(v.rows)])
	}
	for len(v.rows) < len(chapters) {
		row := newChapterRow(v.inspector)
		v.rows = append(v.rows, row)
		v.list.Add(row.content)
	}
	for n, c := range chapters {
		v.rows[n].show(c)
	}
}

// chapterRow is one marker.
type chapterRow struct {
	content fyne.CanvasObject
	at      *heardButton
	label   *momentEntry
	id      editor.MarkerID
	place   editor.Time
}

func newChapterRow(i *inspector) *chapterRow {
	r := &chapterRow{}
	r.at = i.quietButton("", nil, func() { i.act(func(p *Presenter) { p.Scrub(r.place) }) })
	r.label = i.moment(func(string) {}, func(text string) error {
		i.act(func(p *Presenter) { p.Rename(r.id, text) })
		return nil
	}, i.done)
	r.label.SetPlaceHolder(lang.L("Name of the chapter"))
	remove := i.quietButton("", theme.DeleteIcon(), func() { i.act(func(p *Presenter) { p.Unmark(r.id) }) })
	r.content = container.NewBorder(nil, nil, container.New(fixedWidth(rowName), r.at), remove, r.label)
	return r
}

func (r *chapterRow) show(c Chapter) {
	other := r.id != c.ID
	r.id, r.place = c.ID, c.At
	r.at.SetText(showPlace(c.At))
	r.label.set(c.Label, other)
}

// showPlace writes a time of the film to the second: "1:07", "1:02:03".
func showPlace(t editor.Time) string {
	text := showMoment(t)
	return text[:len(text)-len(".000")]
}
