package editui

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"parley/app/look"
	"parley/editor"
)

// madeAs chooses what a film is made as: a preset and, where the preset can
// have it, the size that the file may have and what encodes it.
type madeAs struct {
	list    *widget.List
	details *fyne.Container
	facts   *line

	limit    *look.Entry // MB; "" is as large as it comes
	limited  *fyne.Container
	encoder  *widget.Select
	encoding *fyne.Container

	model    Model
	presets  []editor.Preset
	chosen   int
	hardware []editor.Hardware // that works here
	offered  []editor.Hardware // for the chosen preset
	changed  func(ext string)
}

// newMadeAs offers every preset, the usual one first. changed is told when the
// film is to be something else, and the ending that its file had until then.
func newMadeAs(m Model, hardware []editor.Hardware, changed func(ext string)) *madeAs {
	c := &madeAs{model: m, hardware: hardware, presets: editor.Presets(), facts: quiet(""), changed: changed}
	c.limit, c.encoder = look.NewEntry(nil), widget.NewSelect(nil, nil)
	c.limit.SetPlaceHolder(lang.L("as it comes"))
	c.limit.OnChanged = func(string) { c.turned() }
	c.limited = container.NewVBox(quiet(lang.L("Largest file, in MB")), c.limit)
	c.encoding = container.NewVBox(quiet(lang.L("Encoded by")), c.encoder)
	c.details = container.NewVBox(c.limited, c.encoding, gap(4), c.facts)
	c.list = newPresetList(c.presets, c.choose)
	c.show()
	return c
}

func (c *madeAs) choose(n int) {
	before := c.ext()
	c.chosen = n
	c.show()
	c.changed(before)
}

// turned takes another size or encoder of the same preset.
func (c *madeAs) turned() {
	c.enable()
	c.changed(c.ext())
}

func (c *madeAs) preset() editor.Preset { return c.presets[c.chosen] }

// plain is what the preset alone makes of the film.
func (c *madeAs) plain() editor.Output { return c.preset().Output(c.model.Output) }

// ext is the ending of the film's file.
func (c *madeAs) ext() string { return c.plain().Format.Ext() }

// output is what the film is made as; nil is as the project says. A poster
// shows the moment of the playhead.
func (c *madeAs) output() (*editor.Output, error) {
	out := c.plain()
	if out.Format.Poster() {
		out.Moment = c.model.Playhead
	}
	var err error
	if out.Sizable() {
		out.MaxSize, err = megabytes(c.limit.Text)
	}
	if n := c.encoder.SelectedIndex() - 1; n >= 0 && n < len(c.offered) && out.MaxSize == 0 {
		out.Encoder = c.offered[n].Name
	}
	if err != nil {
		return nil, err
	}
	if c.chosen == 0 && out.MaxSize == 0 && out.Encoder == "" {
		return nil, nil
	}
	return &out, out.Check()
}

// errMegabytes is the answer to what is no size of a file.
var errMegabytes = refuse(say("write the largest size as a number of megabytes, such as 25, or leave it empty"))

// megabytes reads a number of MB, 10^6 bytes as the limits of mail and
// messengers are; nothing is no limit, 0.
func megabytes(text string) (int64, error) {
	text = strings.TrimSpace(strings.TrimSuffix(strings.ToUpper(strings.TrimSpace(text)), "MB"))
	if text == "" {
		return 0, nil
	}
	v, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64)
	if err != nil || !(v > 0 && v < 1e9) {
		return 0, errMegabytes
	}
	return int64(v * 1e6), nil
}

func (c *madeAs) show() {
	out := c.plain()
	c.offer(out)
	visible(c.limited, out.Sizable())
	c.enable()
	text := showLength(c.model.Length)
	switch {
	case out.Format.Poster():
		text = showMoment(c.model.Playhead) + "  ·  " + pixelsOf(out)
	case out.Format.Seen():
		text += "  ·  " + outputOf(out)
	}
	write(c.facts, text)
}

// offer lists what can encode the film besides the usual encoder.
func (c *madeAs) offer(out editor.Output) {
	c.offered = nil
	names := []string{lang.L("Processor: best quality")}
	for _, h := range c.hardware {
		with := out
		with.Encoder = h.Name
		if with.Check() == nil {
			c.offered = append(c.offered, h)
			names = append(names, lang.L("{{.Maker}}: quicker", map[string]any{"Maker": h.Maker}))
		}
	}
	c.encoder.OnChanged = nil
	c.encoder.Options = names
	c.encoder.SetSelectedIndex(0)
	c.encoder.OnChanged = func(string) { c.turned() }
	visible(c.encoding, len(c.offered) > 0)
}

// enable lets the encoder be chosen where no size is asked for: only the usual
// one can look twice.
func (c *madeAs) enable() {
	if strings.TrimSpace(c.limit.Text) == "" {
		c.encoder.Enable()
	} else {
		c.encoder.Disable()
	}
}
