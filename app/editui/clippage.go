package editui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// clipPage is what can be done to the chosen clips.
type clipPage struct {
	content *fyne.Container
	name    *widget.Label
	place   *line

	time    *timeView
	framing *framingView
	pan     *panView
	people  *peopleView
	sound   *soundView
	titles  *titlesView
	join    *joinView
	marks   *chaptersView
	facts   *factsView
}

func newClipPage(i *inspector) *clipPage {
	c := &clipPage{
		place: quiet(""), time: newTimeView(i), framing: newFramingView(i), pan: newPanView(i), people: newPeopleView(i),
		sound: newSoundView(i), titles: newTitlesView(i), join: newJoinView(i), facts: newFactsView(i),
		marks: newChaptersView(i, lang.L("Markers"), false),
	}
	c.name = widget.NewLabelWithStyle("", fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	c.name.Truncation = fyne.TextTruncateEllipsis
	c.name.SizeName = theme.SizeNameSubHeadingText
	c.content = container.NewVBox(
		container.NewBorder(nil, nil, nil, container.NewCenter(indent(c.place)), c.name), c.time.fold.content, c.people.fold.content, c.framing.fold.content, c.pan.fold.content,
		c.sound.fold.content, c.titles.fold.content, c.join.fold.content, c.marks.fold.content, c.facts.fold.content)
	return c
}

func (c *clipPage) show(m Model, other bool) {
	n, p := m.Inspector, m.Panel
	if p.Chosen > 1 {
		c.name.SetText(lang.L("{{.N}} clips", map[string]any{"N": p.Chosen}))
		write(c.place, lang.L("for all of them"))
	} else {
		c.name.SetText(clipName(n.Clip))
		write(c.place, tr(Text{"{{.Place}} of {{.Of}}", map[string]any{"Place": n.Place, "Of": n.Of}}))
	}
	c.time.show(n, p, other)
	c.people.show(p)
	c.framing.show(p, other)
	c.pan.show(p)
	c.sound.show(p, other)
	c.titles.show(p, other)
	c.join.show(p, other)
	c.marks.show(chaptersOf(p.Film.Chapters, n.Clip.ID), p.Chosen == 1)
	c.facts.show(n, p)
}

// clipName is a clip's name for people.
func clipName(c Clip) string {
	if c.Label == "" {
		return lang.L("Title card")
	}
	return c.Label
}
