package timeline

import (
	"math"

	"fyne.io/fyne/v2"

	"parley/editor"
)

// drag is what the pointer has taken hold of, and what would become of it if
// it were let go now.
type drag struct {
	held bool   // the button is down
	on   target // at which it was pressed
	only editor.ClipID
	// A clip that was pressed while others are chosen too: it alone is, unless
	// they are carried away together.

	fromX, fromY float64 // where it was pressed, on the strip
	x, y         float64 // where the pointer is, on the strip
	meant        bool    // moved far enough to be more than a press

	value   editor.Time // an end, a length or a place in the film, by what is held
	gap     int         // into which clips would go
	snapped bool
	snap    float64 // the second at which it is held
	free    bool    // it does not snap
	scroll  float64 // of the strip, when it was pressed
}

// meant is how far the pointer has to move for a press to be a drag, in units.
const meant = 4

// take takes hold of what is at a place.
func (s *Strip) take(on target, x, y float64) {
	d := drag{held: true, on: on, fromX: x, fromY: y, x: x, y: y, scroll: s.scene.offset}
	s.scene.drag = d
	s.snaps.gather(s, &d)
}

// carry takes where the pointer is now.
func (s *Strip) carry(x, y float64) {
	d := &s.scene.drag
	d.x, d.y = x, y
	if math.Abs(x-d.fromX) > meant || math.Abs(y-d.fromY) > meant {
		d.meant = true
	}
	if !d.meant {
		return
	}
	d.snapped = false
	switch d.on.part {
	case onRuler:
		s.scrub()
	case onClip:
		d.gap = s.geometry.gap(x)
	case onEdge:
		s.pull()
	case onJoin:
		s.stretch()
	case onFade:
		s.fade()
	case onMarker:
		d.value = s.snap(s.film().Markers[d.on.i].At.Float() + s.dragged())
	case onTune:
		s.slide()
	case onTuneEdge:
		s.pullTune()
	case onBar:
		s.scrollTo(d.scroll + (x-s.scene.offset-(d.fromX-d.scroll))*s.geometry.width()/float64(s.Size().Width))
	case nothing:
		s.band()
	}
}

// dragged is how far the pointer went, in seconds of the film. While an end is
// pulled the strip may move under the pointer, which does not count.
func (s *Strip) dragged() float64 {
	d := &s.scene.drag
	by := d.x - d.fromX
	if d.on.part == onEdge {
		by -= s.scene.offset - d.scroll
	}
	return by / s.geometry.scale
}

// snap is where in the film something is that would be at a second: at what
// is near, or on a whole frame.
func (s *Strip) snap(second float64) editor.Time {
	d := &s.scene.drag
	if !d.free {
		if t, ok := s.snaps.near(second, snapReach/s.geometry.scale); ok {
			d.snapped, d.snap = true, t.Float()
			return t
		}
	}
	return frame(second, s.film().Rate)
}

func (s *Strip) scrub() {
	d := &s.scene.drag
	d.value = s.snap(s.geometry.second(d.x)).Max(editor.Time{}).Min(s.filmEnd())
	s.actions.Scrub(d.value)
}

func (s *Strip) filmEnd() editor.Time {
	f := s.film()
	if len(f.Clips) == 0 {
		return editor.Time{}
	}
	last := &f.Clips[len(f.Clips)-1]
	return last.Start.Add(last.Length)
}

// pull pulls an end of a clip.
func (s *Strip) pull() {
	d := &s.scene.drag
	c := &s.film().Clips[d.on.i]
	by := s.dragged()
	if d.on.edge == OutEdge { // the beginning stays where it is in the film
		edge := c.Start.Float() + c.Length.Float()
		if t, ok := s.snaps.near(edge+by, snapReach/s.geometry.scale); ok && !d.free {
			d.snapped, d.snap, by = true, t.Float(), t.Float()-edge
		}
	}
	value := trimmed(c, d.on.edge, by)
	if value != d.value {
		d.value = value
		s.actions.Trimming(c.ID, d.on.edge, value)
	}
	s.relay()
}

// trimmed is what an end of a clip becomes when it is pulled by seconds of the
// film: a whole frame where the clip has frames, within what is possible.
func trimmed(c *Clip, e Edge, by float64) editor.Time {
	if c.Stands() {
		if e == InEdge {
			by = -by
		}
		return round(c.Length.Add(editor.Seconds(by)), editor.Ratio{Num: 20, Den: 1}).Max(shortest)
	}
	by *= c.speed()
	least := shortest.Min(c.Out.Sub(c.In))
	if e == InEdge {
		in := round(c.In.Add(editor.Seconds(by)), c.Rate)
		return in.Max(editor.Time{}).Min(c.Out.Sub(least))
	}
	out := round(c.Out.Add(editor.Seconds(by)), c.Rate)
	return out.Min(c.Available).Max(c.In.Add(least))
}

// shortest is how short a clip can be pulled.
var shortest = editor.Rational(1, 10)

// lengthWith is how long a clip would be with another end, in seconds.
func lengthWith(c *Clip, e Edge, t editor.Time) float64 {
	switch {
	case c.Stands():
		return t.Float()
	case e == InEdge:
		return c.Out.Sub(t).Float() / c.speed()
	}
	return t.Sub(c.In).Float() / c.speed()
}

// stretch makes a transition longer or shorter, at both its ends.
func (s *Strip) stretch() {
	d := &s.scene.drag
	f := s.film()
	by := 2 * s.dragged()
	if d.on.edge == InEdge {
		by = -by
	}
	c := &f.Clips[d.on.i]
	most := c.Length.Min(f.Clips[d.on.i-1].Length).Float() / 2
	length := max(0, min(most, c.Overlap.Float()+by))
	if length < 0.5*shortest.Float() {
		length = 0
	}
	d.value = round(editor.Seconds(length), editor.Ratio{Num: 20, Den: 1})
	s.relay()
}

// fade makes the sound of a clip come or go for longer.
func (s *Strip) fade() {
	d := &s.scene.drag
	c := &s.film().Clips[d.on.i]
	in, out := s.fadeXs(d.on.i)
	g := &s.geometry
	length := c.Length.Float()
	at := in
	if d.on.edge == OutEdge {
		at = out
	}
	second := (at-g.x(g.starts[d.on.i]))/g.scale + s.dragged()
	if d.on.edge == OutEdge {
		second = length - second
	}
	if second < 10/g.scale {
		second = 0
	}
	d.value = round(editor.Seconds(max(0, min(length, second))), editor.Ratio{Num: 20, Den: 1})
}

// slide moves a piece of music; either of its ends may snap.
func (s *Strip) slide() {
	d := &s.scene.drag
	m := &s.film().Tunes[d.on.i]
	at := m.At.Float() + s.dragged()
	length := m.Out.Sub(m.In)
	d.value = s.snap(at)
	if !d.snapped {
		if end := s.snap(at + length.Float()); d.snapped {
			d.value = end.Sub(length)
		}
	}
	d.value = d.value.Max(editor.Time{})
}

// pullTune pulls an end of a piece of music. Its beginning takes its place in
// the film along.
func (s *Strip) pullTune() {
	d := &s.scene.drag
	m := &s.film().Tunes[d.on.i]
	edge, moment := m.At, m.In
	if d.on.edge == OutEdge {
		edge, moment = m.At.Add(m.Out.Sub(m.In)), m.Out
	}
	moment = moment.Add(s.snap(edge.Float() + s.dragged()).Sub(edge))
	if d.on.edge == InEdge {
		earliest := m.In.Sub(m.At.Min(m.In)) // where the film begins, or the file
		d.value = moment.Max(earliest).Min(m.Out.Sub(shortest))
		return
	}
	d.value = moment.Min(m.Available).Max(m.In.Add(shortest))
}

// band chooses what a rectangle touches that is drawn with the pointer.
func (s *Strip) band() {
	d := &s.scene.drag
	from, to := min(d.x, d.fromX), max(d.x, d.fromX)
	l := s.scene.lanes.clips
	s.banded = s.banded[:0]
	if max(d.y, d.fromY) >= l.top && min(d.y, d.fromY) < l.bottom {
		f := s.film()
		first, last := s.geometry.between(from, to)
		for i := first; i < last; i++ {
			if s.geometry.right(i) >= from {
				s.banded = append(s.banded, f.Clips[i].ID)
			}
		}
	}
	s.actions.Choose(s.banded)
}

// drop lets go of what is held, where it is.
func (s *Strip) drop() {
	d := s.scene.drag
	s.scene.drag = drag{}
	if !d.held {
		return
	}
	s.relay()
	if !d.meant {
		s.pressed(d)
		s.redraw()
		return
	}
	s.settle(&d)
	s.scrollTo(s.scene.offset)
	s.redraw()
}

// pressed is a press that became no drag.
func (s *Strip) pressed(d drag) {
	switch {
	case d.only != "":
		s.actions.Select(d.only, frame(s.geometry.second(d.x), s.film().Rate))
	case d.on.part == nothing:
		s.actions.Choose(nil)
	case d.on.part == onMarker:
		s.actions.Scrub(s.film().Markers[d.on.i].At)
	case d.on.part == onEdge || d.on.part == onJoin || d.on.part == onFade:
		s.actions.Settled()
	}
}

// settle does what the drag came to.
func (s *Strip) settle(d *drag) {
	f := s.film()
	switch d.on.part {
	case onClip:
		s.actions.Move(s.carried(), d.gap)
	case onEdge:
		c := &f.Clips[d.on.i]
		if lengthWith(c, d.on.edge, d.value) == c.Length.Float() {
			s.scrollTo(d.scroll)
			s.actions.Settled()
			return
		}
		s.actions.Trim(c.ID, d.on.edge, d.value)
	case onJoin:
		s.actions.Stretch(f.Clips[d.on.i].ID, d.value)
	case onFade:
		s.actions.Fade(f.Clips[d.on.i].ID, d.on.edge, d.value)
	case onMarker:
		s.actions.MoveMarker(f.Markers[d.on.i].ID, d.value)
	case onTune:
		s.actions.MoveTune(f.Tunes[d.on.i].ID, d.value)
	case onTuneEdge:
		s.actions.TrimTune(f.Tunes[d.on.i].ID, d.on.edge, d.value)
	}
}

// carried are the clips that a drag carries: those that are chosen, in the
// film's order.
func (s *Strip) carried() []editor.ClipID {
	var ids []editor.ClipID
	for i := range s.film().Clips {
		if s.isChosen(i) {
			ids = append(ids, s.film().Clips[i].ID)
		}
	}
	return ids
}

// relay lays the film out with what is being pulled as long as it would be.
func (s *Strip) relay() {
	g, d, f := &s.geometry, &s.scene.drag, s.film()
	g.take(f.Clips)
	if !d.held || !d.meant {
		return
	}
	switch d.on.part {
	case onEdge:
		g.shift(d.on.i, lengthWith(&f.Clips[d.on.i], d.on.edge, d.value))
		if d.on.edge == InEdge { // what follows stays where it is to be seen
			by := g.lengths[d.on.i] - f.Clips[d.on.i].Length.Float()
			s.scene.offset = d.scroll + by*g.scale
		}
	case onJoin:
		g.join(d.on.i, d.value.Float())
	}
}

// letGo forgets what is held.
func (s *Strip) letGo() {
	if !s.scene.drag.held {
		return
	}
	offset := s.scene.drag.scroll
	pulls := s.scene.drag.on.part == onEdge
	s.scene.drag = drag{}
	s.relay()
	if pulls {
		s.scrollTo(offset)
	}
	s.actions.Settled()
	s.redraw()
}

// modifiers are the keys that are held along with the pointer.
func modifiers() fyne.KeyModifier {
	if d, ok := fyne.CurrentApp().Driver().(interface{ CurrentKeyModifiers() fyne.KeyModifier }); ok {
		return d.CurrentKeyModifiers()
	}
	return 0
}
