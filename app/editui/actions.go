package editui

import (
	"parley/app/timeline"
	"parley/editor"
)

// actions are what the strip tells the tab.
func (v *view) actions() timeline.Actions {
	t := v.tab
	return timeline.Actions{
		Select: func(id editor.ClipID, at editor.Time) { t.act(func(p *Presenter) { p.Select(id, at) }) },
		Move:   func(id editor.ClipID, to int) { t.act(func(p *Presenter) { p.moveTo(id, to) }) },
		Trim: func(id editor.ClipID, e timeline.Edge, at editor.Time) {
			t.act(func(p *Presenter) { p.Pull(id, e == timeline.InEdge, at) })
		},
		Trimming: func(id editor.ClipID, _ timeline.Edge, at editor.Time) {
			t.act(func(p *Presenter) { p.Pulling(id, at) })
		},
		Settled: func() { t.act(func(p *Presenter) { p.Preview(nil) }) },
		Key:     func(c timeline.Command) { t.act(func(p *Presenter) { command(p, c) }) },
	}
}

// command does what a key of the strip asks for.
func command(p *Presenter, c timeline.Command) {
	switch c {
	case timeline.Previous:
		p.SelectNext(-1)
	case timeline.Next:
		p.SelectNext(1)
	case timeline.First:
		p.selectAt(0)
	case timeline.Last:
		p.selectAt(p.line().Len() - 1)
	case timeline.MoveBack:
		p.MoveBy(-1)
	case timeline.MoveOn:
		p.MoveBy(1)
	case timeline.Remove:
		p.Remove()
	case timeline.Duplicate:
		p.Duplicate()
	case timeline.Split:
		p.Split()
	case timeline.TrimInHere:
		p.TrimHere(true)
	case timeline.TrimOutHere:
		p.TrimHere(false)
	case timeline.FrameBack:
		p.Step(-1)
	case timeline.FrameOn:
		p.Step(1)
	case timeline.Undo:
		p.Undo()
	case timeline.Redo:
		p.Redo()
	}
}
