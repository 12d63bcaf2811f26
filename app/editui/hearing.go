package editui

import (
	"context"
	"fmt"

	"parley/editor"
)

// heardKey names a part of a source that was listened to.
type heardKey struct {
	source  string
	in, out editor.Time
	tracks  string
}

func keyOf(c editor.Clip) heardKey {
	return heardKey{c.Source, c.In, c.Out, fmt.Sprint(c.Sound.Tracks)}
}

// Unheard are the clips of the proposal that have still to be listened to.
func (p *Presenter) Unheard() []editor.Clip {
	var all []editor.Clip
	for _, id := range p.proposing.clips {
		i, ok := p.line().Index(id)
		if !ok {
			continue
		}
		c := p.line().Clip(i)
		if _, heard := p.levels[keyOf(c)]; !heard {
			all = append(all, c)
		}
	}
	return all
}

// Listening tells how far the listening to what is unheard is, 0 to 1.
func (p *Presenter) Listening(done float64) { p.proposing.done = done }

// Heard takes how loud a clip is, or why that cannot be told.
func (p *Presenter) Heard(c editor.Clip, levels []editor.Levels, err error) {
	if err != nil {
		if p.proposing.kind != NoProposal {
			p.proposing.problem = sayErrorOf(err, c.Source)
		}
		return
	}
	if p.levels == nil {
		p.levels = map[heardKey][]editor.Levels{}
	}
	p.levels[keyOf(c)] = levels
}

// floorFor is what counts as silent where that is not found from the sound.
func floorFor(auto bool) float64 {
	if auto {
		return 0
	}
	return -45
}

// EnterFloor takes what counts as silent, in dB.
func (p *Presenter) EnterFloor(text string) error {
	db, err := parseGain(text)
	if err != nil || db >= 0 {
		return errFloor
	}
	p.proposing.settings.Floor = db
	return nil
}

var errFloor = refuse(say("write a loudness in dB below full scale, such as -45"))

// EnterLeast takes how long a silence has to be.
func (p *Presenter) EnterLeast(text string) error {
	s := &p.proposing.settings
	return p.written(text, s.Least, func(t editor.Time) { s.Least = t.Max(editor.Rational(1, 5)) })
}

// EnterKeep takes how much of a silence stays on either side.
func (p *Presenter) EnterKeep(text string) error {
	s := &p.proposing.settings
	return p.written(text, s.Keep, func(t editor.Time) { s.Keep = t })
}

// listenAtOnce is how much is listened to in one run: after each there is
// progress to be told.
var listenAtOnce = editor.Rational(300, 1)

// listen measures how loud a clip is; progress gets the seconds that were
// listened to.
func listen(ctx context.Context, l editor.Listener, c editor.Clip, s editor.Source, progress func(seconds float64)) ([]editor.Levels, error) {
	var all []editor.Levels
	for from := c.In; from.Cmp(c.Out) < 0; from = from.Add(listenAtOnce) {
		part := c
		part.In, part.Out = from, from.Add(listenAtOnce).Min(c.Out)
		levels, err := editor.Listen(ctx, l, part, s)
		if err != nil {
			return nil, err
		}
		for n := range levels {
			if n == len(all) {
				all = append(all, editor.Levels{Who: levels[n].Who})
			}
			all[n].DB = append(all[n].DB, levels[n].DB...)
		}
		progress(part.Out.Sub(c.In).Float())
	}
	return all, nil
}
