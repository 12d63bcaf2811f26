package editui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
)

// segments is a choice of few things beside each other, of which one or none
// is chosen. The arrow keys choose.
type segments struct {
	pointed
	names  []string
	chosen int // -1 for none
	choose func(int)
	calm   bool // what is chosen stands out less
}

var (
	_ fyne.Focusable    = (*segments)(nil)
	_ fyne.Tappable     = (*segments)(nil)
	_ desktop.Hoverable = (*segments)(nil)
)

func (k kit) segments(names []string, choose func(int)) *segments {
	s := &segments{names: names, chosen: -1, choose: choose}
	s.pointed = pointed{hover: -1, find: s.at, focusing: func() { k.focusing(s) }}
	s.ExtendBaseWidget(s)
	return s
}

// set shows what is chosen, without telling of it.
func (s *segments) set(n int) {
	if s.chosen != n {
		s.chosen = n
		s.Refresh()
	}
}

// segmentPad is beside a name, on both sides together.
const segmentPad = 14

// widths are those of the names, and of all together with what is beside them.
func (s *segments) widths() (each []float32, all float32) {
	size := s.Theme().Size(theme.SizeNameCaptionText) + 1
	for _, name := range s.names {
		w := fyne.MeasureText(name, size, fyne.TextStyle{}).Width + segmentPad
		each, all = append(each, w), all+w
	}
	return each, all
}

// edges are where the segments begin, and where the last one ends: what is
// over is shared evenly.
func (s *segments) edges() []float32 {
	each, all := s.widths()
	more := (s.Size().Width - all) / float32(max(1, len(each)))
	edges := []float32{0}
	for i, w := range each {
		edges = append(edges, edges[i]+w+more)
	}
	return edges
}

// at is the segment at a place, -1 where there is none.
func (s *segments) at(p fyne.Position) int {
	edges := s.edges()
	for n := range s.names {
		if p.X >= edges[n] && p.X < edges[n+1] && p.Y >= 0 && p.Y <= s.Size().Height {
			return n
		}
	}
	return -1
}

// Tapped is for Fyne.
func (s *segments) Tapped(e *fyne.PointEvent) {
	if n := s.at(e.Position); n >= 0 {
		s.choose(n)
	}
}

// TypedKey is for Fyne.
func (s *segments) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft, fyne.KeyUp:
		if s.chosen > 0 {
			s.choose(s.chosen - 1)
		}
	case fyne.KeyRight, fyne.KeyDown:
		if s.chosen < len(s.names)-1 {
			s.choose(s.chosen + 1)
		}
	}
}

// CreateRenderer is for Fyne.
func (s *segments) CreateRenderer() fyne.WidgetRenderer {
	r := &segmentsRenderer{s: s, ground: canvas.NewRectangle(nil), plate: canvas.NewRectangle(nil), veil: canvas.NewRectangle(nil)}
	for range s.names {
		t := canvas.NewText("", nil)
		t.Alignment = fyne.TextAlignCenter
		r.texts = append(r.texts, t)
	}
	r.Refresh()
	return r
}

type segmentsRenderer struct {
	s                   *segments
	ground, plate, veil *canvas.Rectangle
	texts               []*canvas.Text
}

func (r *segmentsRenderer) MinSize() fyne.Size {
	_, all := r.s.widths()
	return fyne.NewSize(all, fyne.MeasureText("Ag", r.texts[0].TextSize, fyne.TextStyle{}).Height+14)
}

func (r *segmentsRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	edges := r.s.edges()
	put := func(o fyne.CanvasObject, n int) {
		o.Move(fyne.NewPos(edges[n]+2, 2))
		o.Resize(fyne.NewSize(max(0, edges[n+1]-edges[n]-4), max(0, size.Height-4)))
	}
	put(r.plate, max(0, r.s.chosen))
	put(r.veil, max(0, r.s.hover))
	for i, t := range r.texts {
		h := t.MinSize().Height
		t.Move(fyne.NewPos(edges[i], (size.Height-h)/2))
		t.Resize(fyne.NewSize(edges[i+1]-edges[i], h))
	}
}

func (r *segmentsRenderer) Refresh() {
	th := r.s.Theme()
	colour := func(name fyne.ThemeColorName) color.Color { return colourOfTheme(th, name) }
	radius := th.Size(theme.SizeNameInputRadius)
	r.ground.FillColor, r.ground.CornerRadius = colour(theme.ColorNameInputBackground), radius
	r.ground.StrokeColor, r.ground.StrokeWidth = colour(theme.ColorNameInputBorder), 1
	if r.s.focused {
		r.ground.StrokeColor, r.ground.StrokeWidth = colour(theme.ColorNamePrimary), 2
	}
	r.plate.FillColor, r.plate.CornerRadius = colour(theme.ColorNamePrimary), max(0, radius-2)
	r.veil.FillColor, r.veil.CornerRadius = colour(theme.ColorNameHover), max(0, radius-2)
	chosen := colour(theme.ColorNameForegroundOnPrimary)
	if r.s.calm {
		r.plate.FillColor, chosen = colour(theme.ColorNameSelection), colour(theme.ColorNameForeground)
	}
	visible(r.plate, r.s.chosen >= 0)
	visible(r.veil, r.s.hover >= 0 && r.s.hover != r.s.chosen)
	for i, t := range r.texts {
		t.Text, t.TextSize = r.s.names[i], th.Size(theme.SizeNameCaptionText)+1
		t.Color = colour(theme.ColorNameForeground)
		if i == r.s.chosen {
			t.Color = chosen
		}
	}
	r.Layout(r.s.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}

func (r *segmentsRenderer) Objects() []fyne.CanvasObject {
	all := []fyne.CanvasObject{r.ground, r.veil, r.plate}
	for _, t := range r.texts {
		all = append(all, t)
	}
	return all
}

func (r *segmentsRenderer) Destroy() {}
