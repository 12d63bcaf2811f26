package editui

import (
	"reflect"

	"parley/editor"
)

// do makes an edit a step that can be undone. A refused edit changes nothing
// and is told. It reports whether something changed.
func (p *Presenter) do(label string, next editor.Timeline, err error) bool {
	if err != nil {
		p.Tell(sayError(err), Failure)
		return false
	}
	p.step(label, editor.Version{Timeline: next, Output: p.history.Now().Output})
	return true
}

// step makes a version the present one.
func (p *Presenter) step(label string, next editor.Version) {
	p.history.Do(label, next)
	p.revision++
	p.preview = nil
	p.playhead = p.playhead.Min(next.Timeline.Duration())
}

// MakeAs chooses what the film is made as; nil leaves it to the clips.
func (p *Presenter) MakeAs(o *editor.Output) {
	p.step("Change the film's format", editor.Version{Timeline: p.line(), Output: o})
}

// TrimIn makes a clip begin at a moment of its source, given by the strip or
// the playhead.
func (p *Presenter) TrimIn(id editor.ClipID, in editor.Time) {
	next, err := p.line().TrimIn(id, in)
	if p.do("Trim beginning", next, err) {
		i, _ := next.Index(id)
		p.selectAt(i)
	}
}

// TrimOut makes a clip end at a moment of its source.
func (p *Presenter) TrimOut(id editor.ClipID, out editor.Time) {
	next, err := p.line().TrimOut(id, out)
	p.do("Trim end", next, err)
}

// Pull takes an end of a clip that was dragged to a time: a moment of its
// source, or how long a still stands.
func (p *Presenter) Pull(id editor.ClipID, beginning bool, t editor.Time) {
	i, ok := p.line().Index(id)
	switch {
	case !ok:
	case p.line().Clip(i).Stands():
		p.SetDuration(id, t)
	case beginning:
		p.TrimIn(id, t)
	default:
		p.TrimOut(id, t)
	}
}

// Pulling previews the moment at which an end that is being dragged is.
func (p *Presenter) Pulling(id editor.ClipID, t editor.Time) {
	if c, _, ok := p.chosen(); ok && c.ID == id && !c.Stands() {
		p.preview = &t
	}
}

// SetDuration makes a still stand for d.
func (p *Presenter) SetDuration(id editor.ClipID, d editor.Time) {
	next, err := p.line().SetDuration(id, d)
	p.do("Set duration", next, err)
}

// Arrange chooses which pictures of the selected call are shown.
func (p *Presenter) Arrange(a editor.Arrangement) {
	c, _, ok := p.chosen()
	if !ok || c.Arrangement == a || c.Arrangement == "" && a == editor.SideBySide {
		return
	}
	c.Arrangement = a
	next, err := p.line().Replace(c.ID, c)
	p.do("Arrange pictures", next, err)
}

// Edge is one of the times of a clip that a person can write.
type Edge int

// The edges.
const (
	InEdge Edge = iota
	OutEdge
	StillLength
)

// Enter takes a written time for the selected clip. What is no time, or not
// possible, is answered with a sentence and changes nothing.
func (p *Presenter) Enter(e Edge, text string) error {
	c, _, ok := p.chosen()
	if !ok {
		return nil
	}
	t, err := p.read(c, e, text)
	if err != nil || near(t, edgeOf(c, e)) {
		return err
	}
	switch e {
	case InEdge:
		p.TrimIn(c.ID, t)
	case OutEdge:
		p.TrimOut(c.ID, t)
	case StillLength:
		p.SetDuration(c.ID, t)
	}
	return nil
}

// Typing previews a time that is being written, where it is one.
func (p *Presenter) Typing(e Edge, text string) error {
	c, _, ok := p.chosen()
	if !ok {
		return nil
	}
	t, err := p.read(c, e, text)
	if err == nil && e != StillLength {
		p.preview = &t
	}
	return err
}

func edgeOf(c editor.Clip, e Edge) editor.Time {
	switch e {
	case InEdge:
		return c.In
	case OutEdge:
		return c.Out
	}
	return c.Duration
}

// read reads a written time and says what is wrong with it for the clip.
func (p *Presenter) read(c editor.Clip, e Edge, text string) (editor.Time, error) {
	t, err := parseMoment(text, p.rate(c))
	if err != nil {
		return t, err
	}
	switch {
	case e == StillLength && t.Num() == 0:
		return t, refuse(say("a picture has to stand for longer than nothing"))
	case e == StillLength && t.Cmp(editor.Rational(24*3600, 1)) > 0:
		return t, refuse(say("a picture can stand for a day at most"))
	case e == OutEdge && near(t, c.Available):
		return c.Available, nil
	case e == OutEdge && t.Cmp(c.Available) > 0:
		return t, refuse(sayOf("the source ends at {{.Time}}", "Time", showMoment(c.Available)))
	case e == OutEdge && t.Cmp(c.In) <= 0:
		return t, refuse(sayOf("the end has to be after the beginning at {{.Time}}", "Time", showMoment(c.In)))
	case e == InEdge && t.Cmp(c.Out) >= 0:
		return t, refuse(sayOf("the beginning has to be before the end at {{.Time}}", "Time", showMoment(c.Out)))
	}
	return t, nil
}

// Undo takes the last step back.
func (p *Presenter) Undo() { p.travel(p.history.Undo) }

// Redo does again what was undone last.
func (p *Presenter) Redo() { p.travel(p.history.Redo) }

// travel goes through the history and chooses the clip that is another than
// before, so that a person sees what happened.
func (p *Presenter) travel(step func() (string, bool)) {
	before := p.line()
	_, place, _ := p.chosen()
	if _, ok := step(); !ok {
		return
	}
	p.revision++
	p.preview = nil
	for i, c := range p.line().Clips() {
		if was, ok := before.Index(c.ID); !ok || !reflect.DeepEqual(before.Clip(was), c) {
			p.selectAt(i)
			return
		}
	}
	if _, ok := p.line().Index(p.selected); !ok {
		p.selectAt(place)
	}
	p.playhead = p.playhead.Min(p.line().Duration())
}
