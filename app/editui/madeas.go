package editui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"parley/editor"
)

// madeAs chooses what a film is made as, and says in a line what that is.
type madeAs struct {
	content *fyne.Container
	list    *widget.Select
	about   *widget.Label
	facts   *line
	model   Model
	presets []editor.Preset
}

// newMadeAs offers every preset, the usual one first. chosen is told what the
// ending of the film's file was before another preset was chosen.
func newMadeAs(m Model, chosen func(before string)) *madeAs {
	c := &madeAs{model: m, presets: editor.Presets(), about: widget.NewLabel(""), facts: quiet("")}
	c.about.Wrapping = fyne.TextWrapWord
	var titles []string
	for _, p := range c.presets {
		titles = append(titles, lang.L(p.Title))
	}
	c.list = widget.NewSelect(titles, nil)
	c.list.SetSelectedIndex(0)
	before := c.ext()
	c.list.OnChanged = func(string) {
		chosen(before)
		before = c.ext()
		c.show()
	}
	c.content = container.NewVBox(c.list, c.about, indent(c.facts))
	c.show()
	return c
}

func (c *madeAs) preset() editor.Preset { return c.presets[max(0, c.list.SelectedIndex())] }

// output is what the film is made as; nil is as the project says. A poster
// shows the moment of the playhead.
func (c *madeAs) output() *editor.Output {
	if c.list.SelectedIndex() <= 0 {
		return nil
	}
	out := c.preset().Output(c.model.Output)
	if out.Format.Poster() {
		out.Moment = c.model.Playhead
	}
	return &out
}

// ext is the ending of the film's file.
func (c *madeAs) ext() string { return c.preset().Output(c.model.Output).Format.Ext() }

func (c *madeAs) show() {
	c.about.SetText(lang.L(c.preset().About))
	out := c.preset().Output(c.model.Output)
	text := showLength(c.model.Length)
	switch {
	case out.Format.Poster():
		text = showLength(c.model.Playhead) + "  ·  " + fmt.Sprintf("%d × %d", out.Width, out.Height)
	case out.Format.Seen():
		text += "  ·  " + outputOf(out)
	}
	write(c.facts, text)
}
