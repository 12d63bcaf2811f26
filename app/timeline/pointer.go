package timeline

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"parley/editor"
)

var (
	_ desktop.Mouseable  = (*Strip)(nil)
	_ desktop.Hoverable  = (*Strip)(nil)
	_ desktop.Cursorable = (*Strip)(nil)
	_ fyne.Draggable     = (*Strip)(nil)
	_ fyne.Scrollable    = (*Strip)(nil)
)

// autoScroll is how near the strip's ends a drag scrolls it, in units.
const autoScroll = 40

// MouseDown takes hold of what is under the pointer and selects it.
func (s *Strip) MouseDown(e *desktop.MouseEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(s); c != nil {
		c.Focus(s)
	}
	s.scene.drag = drag{}
	x := float64(e.Position.X) + s.scene.offset
	i, inside := s.geometry.at(x)
	if len(s.model.Clips) == 0 || e.Button != desktop.MouseButtonPrimary {
		return
	}
	if inside && e.Position.Y > rulerHeight {
		s.scene.drag = drag{held: true, clip: i, edge: s.geometry.edge(i, x), from: x, x: x}
	}
	at := s.model.start(i).Add(editor.Seconds(s.geometry.since(i, x)).Min(s.model.Clips[i].Length()))
	s.actions.Select(s.model.Clips[i].ID, at)
}

// start is the time at which clip i begins.
func (m *Model) start(i int) editor.Time {
	var sum editor.Time
	for _, c := range m.Clips[:i] {
		sum = sum.Add(c.Length())
	}
	return sum
}

// MouseUp is for Fyne; a drag ends with DragEnd.
func (s *Strip) MouseUp(*desktop.MouseEvent) {
	if !s.scene.drag.on {
		s.scene.drag = drag{}
	}
}

// Dragged carries what is held.
func (s *Strip) Dragged(e *fyne.DragEvent) {
	d := &s.scene.drag
	if !d.held || d.clip >= len(s.model.Clips) {
		return
	}
	s.scrollAt(float64(e.Position.X))
	before := d.trim
	c := s.model.Clips[d.clip]
	d.move(float64(e.Position.X)+s.scene.offset, c, &s.geometry)
	if d.on && d.edge != NoEdge && d.trim != before {
		s.actions.Trimming(c.ID, d.edge, d.trim)
	}
	s.redraw()
}

// scrollAt scrolls when something is carried to an end of the strip.
func (s *Strip) scrollAt(x float64) {
	width := float64(s.Size().Width)
	if s.scene.drag.edge != NoEdge || s.geometry.width() <= width {
		return
	}
	switch {
	case x < autoScroll:
		s.scrollTo(s.scene.offset - (autoScroll-x)/2)
	case x > width-autoScroll:
		s.scrollTo(s.scene.offset + (x-width+autoScroll)/2)
	}
}

// DragEnd lets go of what is held, where it is.
func (s *Strip) DragEnd() {
	d := s.scene.drag
	s.scene.drag = drag{}
	if !d.on || d.clip >= len(s.model.Clips) {
		return
	}
	c := s.model.Clips[d.clip]
	switch changed := c; {
	case d.edge == NoEdge && d.place() != d.clip:
		s.actions.Move(c.ID, d.place())
	case d.edge != NoEdge:
		d.apply(&changed)
		if changed == c {
			s.actions.Settled()
			break
		}
		s.actions.Trim(c.ID, d.edge, d.trim)
	}
	s.redraw()
}

// MouseIn is for Fyne.
func (s *Strip) MouseIn(e *desktop.MouseEvent) { s.MouseMoved(e) }

// MouseMoved shows what can be taken hold of.
func (s *Strip) MouseMoved(e *desktop.MouseEvent) {
	s.pointer = float64(e.Position.X)
	before := s.scene.hover
	s.scene.hover = -1
	if i, inside := s.geometry.at(s.pointer + s.scene.offset); inside && e.Position.Y > rulerHeight {
		s.scene.hover = i
	}
	if s.scene.hover != before {
		s.redraw()
	}
}

// MouseOut is for Fyne.
func (s *Strip) MouseOut() {
	s.scene.hover = -1
	s.redraw()
}

// Cursor tells that ends can be pulled.
func (s *Strip) Cursor() desktop.Cursor {
	d := &s.scene.drag
	x := s.pointer + s.scene.offset
	if d.held && d.edge != NoEdge || !d.held && s.scene.hover >= 0 && s.geometry.edge(s.scene.hover, x) != NoEdge {
		return desktop.HResizeCursor
	}
	return desktop.DefaultCursor
}

// Scrolled scrolls the strip, and zooms where Control is held.
func (s *Strip) Scrolled(e *fyne.ScrollEvent) {
	if modifiers()&fyne.KeyModifierShortcutDefault != 0 {
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

func modifiers() fyne.KeyModifier {
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		return d.CurrentKeyModifiers()
	}
	return 0
}
