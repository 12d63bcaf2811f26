package timeline

import "image"

// flagWidth is that of a marker's flag.
const flagWidth = 9

// markers draws flags on the ruler, with their names as far as there is room.
func (p *painter) markers() {
	f := p.s.model.Film
	_, to := p.seen()
	for i := range f.Markers {
		m := &f.Markers[i]
		at := m.At.Float()
		if d := &p.s.drag; d.held && d.meant && d.on.part == onMarker && d.on.i == i {
			at = d.value.Float()
		}
		x, room := p.g.x(at), to
		if i+1 < len(f.Markers) {
			room = min(to, p.g.x(f.Markers[i+1].At.Float()))
		}
		p.marker(m, x, room)
	}
}

func (p *painter) marker(m *Marker, x, room float64) {
	l := &p.s.lanes
	p.wash(p.upright(x, band{l.ruler.bottom, l.clips.bottom}, 1), &p.ink.flag, 110)
	top := l.ruler.bottom - 13
	p.fill(p.upright(x, band{top, l.ruler.bottom}, 1.5), &p.ink.flag)
	left, at := p.left(x), p.dots(top)
	height := p.dots(9)
	for y := range height { // a pennant
		w := p.dots(flagWidth) * (height - abs(2*y-height)/2) / height
		p.fill(image.Rect(left, at+y, left+w, at+y+1), &p.ink.flag)
	}
	right := p.left(room) - p.dots(4)
	p.label(p.small.get(m.Label), left+p.dots(flagWidth+4), p.dots(top+5.5), right, &p.ink.text, p.dots(10))
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
