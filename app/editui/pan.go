package editui

import "parley/editor"

// PanSection tells of the camera's way over the chosen clip's picture.
type PanSection struct {
	On       bool
	Summary  []Text
	Moves    bool
	From, To editor.Rect // what the way would be where it does not move
	Shape    float64     // of both, the film's
}

// PanWay is a way that a person can choose.
type PanWay int

// The ways.
const (
	ZoomIn PanWay = iota
	ZoomOut
	PanLeft
	PanRight
	PanUp
	PanDown
)

// Sizes of the parts that ways begin or end with.
const (
	zoomed  = 0.72 // of the largest part
	roaming = 0.8  // of the largest part, where that leaves no room to move
)

func (p *Presenter) pan(c editor.Clip) PanSection {
	if !p.hasPicture(c) {
		return PanSection{}
	}
	pan := c.Framing.Pan
	s := PanSection{On: true, Moves: pan.Moves(), From: pan.From, To: pan.To, Shape: p.panShape(c)}
	if !s.Moves {
		way := wayOf(ZoomIn, s.Shape)
		s.From, s.To = way.From, way.To
		return s
	}
	s.Summary = []Text{nameOfWay(pan)}
	return s
}

func nameOfWay(p editor.Pan) Text {
	switch {
	case p.To.W < p.From.W*0.98:
		return say("Closer")
	case p.To.W > p.From.W*1.02:
		return say("Further away")
	case sameRect(p.From, p.To):
		return say("A part of it")
	}
	return say("Along")
}

// panShape is the film's shape in the part of the clip's picture that is shown.
func (p *Presenter) panShape(c editor.Clip) float64 {
	if p.library[c.Source].Recording != nil {
		return 1 // the camera moves over the film's frame with all boxes in it
	}
	crop := cropOf(c.Framing)
	picture := p.turnedSize(c).Aspect() * crop.W / crop.H
	return shapeOf(p.filmAspect(), picture)
}

func (p *Presenter) filmAspect() float64 {
	o := p.Project().Spec()
	return Size{o.Width, o.Height}.Aspect()
}

// wayOf is a way over a picture in which the film has a shape.
func wayOf(w PanWay, shape float64) editor.Pan {
	all := largest(shape)
	near := scaled(all, zoomed)
	switch w {
	case ZoomIn:
		return editor.Pan{From: all, To: near}
	case ZoomOut:
		return editor.Pan{From: near, To: all}
	case PanLeft:
		return along(all, 1, 0)
	case PanRight:
		return along(all, -1, 0)
	case PanUp:
		return along(all, 0, 1)
	}
	return along(all, 0, -1)
}

// along goes from the picture's edge in a direction to the other one.
func along(all editor.Rect, dx, dy float64) editor.Pan {
	if dx != 0 && all.W > roaming || dy != 0 && all.H > roaming {
		all = scaled(all, roaming)
	}
	return editor.Pan{From: moved(all, dx, dy), To: moved(all, -dx, -dy)}
}

// Pan gives the camera a way.
func (p *Presenter) Pan(w PanWay) {
	p.change("Move over picture", func(c *editor.Clip) {
		if p.pan(*c).On {
			c.Framing.Pan = wayOf(w, p.panShape(*c))
		}
	})
}

// PanPart changes the part that the way begins or ends with; what is dragged
// is one step.
func (p *Presenter) PanPart(end bool, r editor.Rect) {
	p.changing("pan", "Move over picture", func(c *editor.Clip) {
		s := p.pan(*c)
		if !s.On || r.W < smallestPart || r.H < smallestPart {
			return
		}
		c.Framing.Pan = editor.Pan{From: s.From, To: s.To}
		part := &c.Framing.Pan.From
		if end {
			part = &c.Framing.Pan.To
		}
		*part = shaped(r, s.Shape)
	})
}

// SwapPan turns the way around.
func (p *Presenter) SwapPan() {
	p.change("Turn the way around", func(c *editor.Clip) {
		c.Framing.Pan.From, c.Framing.Pan.To = c.Framing.Pan.To, c.Framing.Pan.From
	})
}

// StopPan has the picture stand.
func (p *Presenter) StopPan() {
	p.change("Let picture stand", func(c *editor.Clip) { c.Framing.Pan = editor.Pan{} })
}

// reshapePan gives the parts of a way the film's shape again, after the
// picture has become another.
func (p *Presenter) reshapePan(c *editor.Clip) {
	pan := &c.Framing.Pan
	if !pan.Moves() {
		return
	}
	shape := p.panShape(*c)
	pan.From, pan.To = shaped(pan.From, shape), shaped(pan.To, shape)
}
