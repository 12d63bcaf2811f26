package editui

import (
	"path/filepath"
	"slices"

	"parley/editor"
)

// Select chooses a clip and puts the playhead at a time of the film.
func (p *Presenter) Select(id editor.ClipID, at editor.Time) {
	if _, ok := p.line().Index(id); !ok {
		return
	}
	p.turned = ClipPage
	p.Choose(id)
	p.playhead = at.Max(editor.Time{}).Min(p.line().Duration())
}

// SelectNext chooses the clip by places further on (or back, where negative),
// at its beginning.
func (p *Presenter) SelectNext(by int) {
	i, ok := p.line().Index(p.selected)
	if !ok {
		return
	}
	p.selectAt(i + by)
}

// SelectSource chooses the first clip of a source, and tells whether the film
// has one or will have it as soon as it is looked into.
func (p *Presenter) SelectSource(path string) bool {
	path = filepath.Clean(path)
	for i, c := range p.line().Clips() {
		if filepath.Clean(c.Source) == path {
			p.selectAt(i)
			return true
		}
	}
	return slices.ContainsFunc(p.batches, func(b *batch) bool { return b.awaits(path) })
}

// selectAt chooses the clip at a place, or the nearest one that there is.
func (p *Presenter) selectAt(i int) {
	line := p.line()
	p.preview = nil
	if line.Len() == 0 {
		p.Choose()
		p.playhead = editor.Time{}
		return
	}
	i = max(0, min(i, line.Len()-1))
	p.Choose(line.Clip(i).ID)
	p.playhead = line.Start(i)
}

// Preview shows another moment of the selected clip's source while it is being
// chosen; nil shows the playhead's again.
func (p *Presenter) Preview(at *editor.Time) { p.preview = at }

// chosen is the selected clip and its place.
func (p *Presenter) chosen() (editor.Clip, int, bool) {
	i, ok := p.line().Index(p.selected)
	if !ok {
		return editor.Clip{}, 0, false
	}
	return p.line().Clip(i), i, true
}

// moment is where the playhead stands in the selected clip, on the source's
// clock; its beginning where the playhead is elsewhere.
func (p *Presenter) moment() editor.Time {
	c, i, ok := p.chosen()
	if !ok || c.Kind == editor.StillClip || c.Kind == editor.TitleClip {
		return editor.Time{}
	}
	since := p.playhead.Sub(p.line().Start(i))
	if c.Stands() || since.Num() < 0 || since.Cmp(c.Length()) > 0 {
		return c.In
	}
	return c.Moment(since)
}
