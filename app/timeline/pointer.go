package timeline

import (
	"math"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"parley/editor"
)

var (
	_ desktop.Mouseable      = (*Strip)(nil)
	_ desktop.Hoverable      = (*Strip)(nil)
	_ desktop.Cursorable     = (*Strip)(nil)
	_ fyne.Draggable         = (*Strip)(nil)
	_ fyne.Scrollable        = (*Strip)(nil)
	_ fyne.SecondaryTappable = (*Strip)(nil)
	_ fyne.DoubleTappable    = (*Strip)(nil)
)

// MouseDown takes hold of what is under the pointer, and chooses it.
func (s *Strip) MouseDown(e *desktop.MouseEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(s); c != nil {
		c.Focus(s)
	}
	if e.Button != desktop.MouseButtonPrimary {
		return
	}
	x, y := s.place(e.Position)
	on := s.find(x, y)
	s.take(on, x, y)
	switch on.part {
	case onRuler:
		s.scrub()
	case onClip:
		s.press(on.i, e.Modifier, x)
	case onEdge, onJoin, onFade:
		if c := &s.film().Clips[on.i]; !s.isChosen(on.i) {
			s.actions.Choose([]editor.ClipID{c.ID})
		}
	case onTune, onTuneEdge:
		s.actions.ChooseTune(s.film().Tunes[on.i].ID)
	}
	s.redraw()
}

// press chooses a clip. One of several that are chosen stays among them, so
// that they can be carried together.
func (s *Strip) press(i int, keys fyne.KeyModifier, x float64) {
	id := s.film().Clips[i].ID
	switch {
	case keys&fyne.KeyModifierShift != 0:
		s.actions.Extend(id)
	case keys&fyne.KeyModifierShortcutDefault != 0:
		s.actions.Toggle(id)
	case s.isChosen(i):
		s.scene.drag.only = id
	default:
		s.actions.Select(id, frame(s.geometry.second(x), s.film().Rate))
	}
}

// place is a place of the widget on the strip.
func (s *Strip) place(p fyne.Position) (x, y float64) {
	return float64(p.X) + s.scene.offset, float64(p.Y)
}

// MouseUp lets go, unless Fyne tells of the end of a drag as well.
func (s *Strip) MouseUp(*desktop.MouseEvent) {
	if !s.scene.drag.meant {
		s.drop()
	}
}

// Dragged carries what is held.
func (s *Strip) Dragged(e *fyne.DragEvent) {
	d := &s.scene.drag
	if !d.held {
		return
	}
	s.pointer = e.Position
	d.free = s.alt || modifiers()&fyne.KeyModifierAlt != 0
	x, y := s.place(e.Position)
	s.carry(x, y)
	s.roll()
	s.redraw()
}

// DragEnd lets go of what is held.
func (s *Strip) DragEnd() {
	s.rest()
	s.drop()
}

// rollReach is how near the strip's ends a drag scrolls it, in units.
const rollReach = 36

// roll scrolls on while something is held at an end of the strip.
func (s *Strip) roll() {
	if s.rolling() == 0 {
		s.rest()
		return
	}
	if s.animation != nil {
		return
	}
	s.animation = &fyne.Animation{Duration: time.Second, RepeatCount: fyne.AnimationRepeatForever, Curve: fyne.AnimationLinear, Tick: func(float32) {
		by := s.rolling()
		if by == 0 || !s.scene.drag.held {
			return
		}
		s.scrollTo(s.scene.offset + by)
		x, y := s.place(s.pointer)
		s.carry(x, y)
		s.redraw()
	}}
	s.animation.Start()
}

// rest ends scrolling.
func (s *Strip) rest() {
	if s.animation != nil {
		s.animation.Stop()
		s.animation = nil
	}
}

// rolling is how far the strip scrolls in a tick, with what is held.
func (s *Strip) rolling() float64 {
	d := &s.scene.drag
	if !d.held || !d.meant || d.on.part == onBar || d.on.part == onEdge || d.on.part == onFade || d.on.part == onJoin {
		return 0
	}
	x, width := float64(s.pointer.X), float64(s.Size().Width)
	switch {
	case x < rollReach:
		return max(-24, (x-rollReach)/3)
	case x > width-rollReach:
		return min(24, (x-width+rollReach)/3)
	}
	return 0
}

// MouseIn is for Fyne.
func (s *Strip) MouseIn(e *desktop.MouseEvent) { s.MouseMoved(e) }

// MouseMoved shows what can be taken hold of.
func (s *Strip) MouseMoved(e *desktop.MouseEvent) {
	s.pointer = e.Position
	x, y := s.place(e.Position)
	if on := s.find(x, y); on != s.scene.hover {
		s.scene.hover = on
		s.redraw()
	}
}

// MouseOut is for Fyne.
func (s *Strip) MouseOut() {
	s.scene.hover = target{}
	s.redraw()
}

// Cursor tells what can be pulled.
func (s *Strip) Cursor() desktop.Cursor {
	on := s.scene.hover
	if s.scene.drag.held {
		on = s.scene.drag.on
	}
	switch on.part {
	case onEdge, onJoin, onFade, onTuneEdge:
		return desktop.HResizeCursor
	case onMarker:
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// Scrolled scrolls the strip, and zooms where Control is held.
func (s *Strip) Scrolled(e *fyne.ScrollEvent) {
	if s.ctrl || modifiers()&fyne.KeyModifierShortcutDefault != 0 {
		s.zoomTo(s.geometry.scale*math.Pow(1.01, float64(e.Scrolled.DY)), float64(e.Position.X))
		return
	}
	by := e.Scrolled.DX
	if by == 0 {
		by = e.Scrolled.DY
	}
	s.scrollTo(s.scene.offset - float64(by)*2)
	s.redraw()
}

// TappedSecondary asks for a menu for what is under the pointer.
func (s *Strip) TappedSecondary(e *fyne.PointEvent) {
	x, y := s.place(e.Position)
	on := s.find(x, y)
	var menu Menu
	f := s.film()
	switch on.part {
	case onClip, onEdge, onJoin, onFade:
		menu.Clip = f.Clips[on.i].ID
		if !s.isChosen(on.i) {
			s.actions.Select(menu.Clip, frame(s.geometry.second(x), f.Rate))
		}
	case onTune, onTuneEdge:
		menu.Tune = f.Tunes[on.i].ID
		s.actions.ChooseTune(menu.Tune)
	case onMarker:
		id := f.Markers[on.i].ID
		menu.Marker = &id
		s.actions.Scrub(f.Markers[on.i].At)
	case onRuler:
		s.actions.Scrub(frame(s.geometry.second(x), f.Rate).Min(s.filmEnd()))
	}
	s.actions.Menu(menu, e.AbsolutePosition)
}

// DoubleTapped asks for a marker's name.
func (s *Strip) DoubleTapped(e *fyne.PointEvent) {
	x, y := s.place(e.Position)
	if on := s.find(x, y); on.part == onMarker {
		s.actions.OpenMarker(s.film().Markers[on.i].ID)
	}
}
