package editui

import (
	"fmt"
	"reflect"

	"parley/editor"
)

// run is a change that goes on: what is dragged or written belongs to one
// step until something else happens. The zero run is none.
type run struct {
	key      string // what is being changed, and of which clip
	revision int    // the presenter's after the last part
}

// targets are the clips that a change in the panel is for.
func (p *Presenter) targets() []editor.ClipID { return p.Selection() }

// change edits the chosen clips as one step. edit gets a copy of each, and
// must not write into what its slices and maps hold. Where every clip stays
// as it was, there is no step.
func (p *Presenter) change(label string, edit func(*editor.Clip)) {
	p.changing("", label, edit)
}

// changing is change for what is dragged or written: changes with one key that
// follow each other become one step, until EndRun or another edit.
func (p *Presenter) changing(key, label string, edit func(*editor.Clip)) {
	line, changed := p.line(), false
	targets := p.targets()
	if key != "" {
		key = fmt.Sprint(key, targets)
	}
	for _, id := range targets {
		i, _ := line.Index(id)
		c := line.Clip(i)
		edit(&c)
		if reflect.DeepEqual(c, line.Clip(i)) {
			continue
		}
		next, err := line.Replace(id, c)
		if err != nil {
			p.do(label, line, err)
			return
		}
		line, changed = next, true
	}
	if changed {
		p.advance(key, label, line)
	}
}

// advance is do, where a step that goes on takes the place of its beginning.
func (p *Presenter) advance(key, label string, next editor.Timeline) bool {
	playhead := p.playhead
	if key != "" && p.run == (run{key, p.revision}) {
		p.history.Undo()
	}
	done := p.do(label, next, nil)
	p.playhead = playhead.Min(next.Duration())
	p.run = run{}
	if key != "" {
		p.run = run{key, p.revision}
	}
	return done
}

// EndRun ends a change that went on: the slider was let go, the entry left.
// What comes next is a step of its own.
func (p *Presenter) EndRun() { p.run = run{} }
