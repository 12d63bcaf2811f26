package timeline

import "parley/editor"

// drag is what the pointer has taken hold of: a clip, or an end of one.
type drag struct {
	on    bool // it was moved, not just pressed
	held  bool
	clip  int
	edge  Edge
	from  float64     // where it was pressed, on the strip
	x     float64     // where the pointer is, on the strip
	to    int         // the gap into which a clip would go
	trim  editor.Time // what the end would become
	moved bool        // far enough to be meant
}

// meant is how far the pointer has to move for a press to be a drag, in units.
const meant = 4

// move takes where the pointer is.
func (d *drag) move(x float64, c Clip, g *geometry) {
	d.x = x
	if by := x - d.from; by > meant || by < -meant {
		d.moved = true
	}
	if !d.moved {
		return
	}
	d.on = true
	if d.edge == NoEdge {
		d.to = g.gap(x)
		return
	}
	d.trim = trimmed(c, d.edge, (x-d.from)/g.scale)
}

// place is where the clip goes when it is let go, counted without it.
func (d *drag) place() int {
	if d.to > d.clip {
		return d.to - 1
	}
	return d.to
}

// apply gives a clip the end that it would have.
func (d *drag) apply(c *Clip) {
	switch {
	case d.edge == NoEdge:
	case c.Still:
		c.Duration = d.trim
	case d.edge == InEdge:
		c.In = d.trim
	default:
		c.Out = d.trim
	}
}

// length is how long the clip would be, in seconds.
func (d *drag) length(c Clip) float64 {
	d.apply(&c)
	return c.Length().Float()
}
