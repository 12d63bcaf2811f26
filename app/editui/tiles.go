package editui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
)

// tile is something to choose that a small drawing shows best.
type tile struct {
	name string // translated
	draw func(ink) string
}

// tiles is a grid of drawings with their names below, of which one or none is
// chosen. The arrow keys go from one to the next, and choose where choosing
// is all that there is to it.
type tiles struct {
	pointed
	tiles   []tile
	columns int
	chosen  int // -1 for none
	choose  func(int)
	cursor  int    // where the keys are
	acts    bool   // a tile does something: the keys go there first, and Enter chooses
	leave   func() // Escape; nil: it does nothing
}

var (
	_ fyne.Focusable    = (*tiles)(nil)
	_ fyne.Tappable     = (*tiles)(nil)
	_ desktop.Hoverable = (*tiles)(nil)
)

func (k kit) tiles(columns int, choose func(int)) *tiles {
	t := &tiles{columns: columns, chosen: -1, choose: choose}
	t.pointed = pointed{hover: -1, find: t.at, focusing: func() { k.focusing(t) }}
	t.ExtendBaseWidget(t)
	return t
}

// set shows tiles, and which one is chosen, without telling of it.
func (t *tiles) set(all []tile, chosen int) {
	fresh := len(all) != len(t.tiles)
	for i := 0; !fresh && i < len(all); i++ {
		fresh = all[i].name != t.tiles[i].name
	}
	if !fresh && t.chosen == chosen {
		return
	}
	if fresh {
		t.tiles, t.cursor = all, 0
	}
	if t.chosen = chosen; chosen >= 0 {
		t.cursor = chosen
	}
	t.Refresh()
}

// Sizes of a tile, in Fyne's units.
const (
	tileGap   = 6
	tileInset = 5
	tileShape = 9.0 / 16 // of the drawing
)

func (t *tiles) rows() int { return (len(t.tiles) + t.columns - 1) / t.columns }

func (t *tiles) cell(size fyne.Size) fyne.Size {
	w := max(0, size.Width-tileGap*float32(t.columns-1)) / float32(t.columns)
	return fyne.NewSize(w, max(0, w-2*tileInset)*tileShape+2*tileInset+t.caption())
}

// caption is the height of the names: two lines where one of them needs them.
func (t *tiles) caption() float32 { return float32(t.lines())*t.line() + 3 }

// line is the height of a line of a name.
func (t *tiles) line() float32 {
	return fyne.MeasureText("Ag", t.Theme().Size(theme.SizeNameCaptionText), fyne.TextStyle{}).Height
}

// captionWidth is the width that a name has.
func (t *tiles) captionWidth() float32 {
	return max(0, t.Size().Width-tileGap*float32(t.columns-1))/float32(t.columns) - 4
}

func (t *tiles) lines() int {
	most := 1
	for _, tile := range t.tiles {
		if first, rest := twoLines(tile.name, t.captionWidth(), t.Theme().Size(theme.SizeNameCaptionText)); rest != "" && first != "" {
			most = 2
		}
	}
	return most
}

func (t *tiles) place(i int, size fyne.Size) fyne.Position {
	c := t.cell(size)
	return fyne.NewPos(float32(i%t.columns)*(c.Width+tileGap), float32(i/t.columns)*(c.Height+tileGap))
}

func (t *tiles) at(p fyne.Position) int {
	c := t.cell(t.Size())
	for i := range t.tiles {
		at := t.place(i, t.Size())
		if p.X >= at.X && p.X < at.X+c.Width && p.Y >= at.Y && p.Y < at.Y+c.Height {
			return i
		}
	}
	return -1
}

// Tapped is for Fyne.
func (t *tiles) Tapped(e *fyne.PointEvent) {
	if n := t.at(e.Position); n >= 0 {
		t.cursor = n
		t.choose(n)
	}
}

// TypedKey is for Fyne.
func (t *tiles) TypedKey(e *fyne.KeyEvent) {
	steps := map[fyne.KeyName]int{fyne.KeyLeft: -1, fyne.KeyRight: 1, fyne.KeyUp: -t.columns, fyne.KeyDown: t.columns}
	if by, ok := steps[e.Name]; ok && t.cursor+by >= 0 && t.cursor+by < len(t.tiles) {
		t.cursor += by
		t.Refresh()
		if !t.acts {
			t.choose(t.cursor)
		}
		return
	}
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		if t.cursor < len(t.tiles) {
			t.choose(t.cursor)
		}
	case fyne.KeyEscape:
		if t.leave != nil {
			t.leave()
		}
	}
}

// CreateRenderer is for Fyne.
func (t *tiles) CreateRenderer() fyne.WidgetRenderer {
	r := &tilesRenderer{t: t}
	r.Refresh()
	return r
}

type tilesRenderer struct {
	t        *tiles
	frames   []*canvas.Rectangle
	drawings []*canvas.Image
	names    []*canvas.Text // two lines for each
	ink      ink
}

// MinSize is for the width that there is: a tile is as high as it is wide by.
func (r *tilesRenderer) MinSize() fyne.Size {
	least := float32(r.t.columns)*56 + tileGap*float32(r.t.columns-1)
	size := fyne.NewSize(max(least, r.t.Size().Width), 0)
	rows := float32(r.t.rows())
	return fyne.NewSize(least, rows*r.t.cell(size).Height+max(0, rows-1)*tileGap)
}

func (r *tilesRenderer) Layout(size fyne.Size) {
	c := r.t.cell(size)
	for i := range r.frames {
		at := r.t.place(i, size)
		r.frames[i].Move(at)
		r.frames[i].Resize(c)
		w := max(0, c.Width-2*tileInset)
		r.drawings[i].Move(at.AddXY(tileInset, tileInset))
		r.drawings[i].Resize(fyne.NewSize(w, w*tileShape))
		below := at.AddXY(0, tileInset+w*tileShape+2)
		first, rest := twoLines(r.t.tiles[i].name, r.t.captionWidth(), r.names[2*i].TextSize)
		for k, text := range []string{first, rest} {
			name := r.names[2*i+k]
			name.Text = text
			name.Move(below.AddXY(0, float32(k)*r.t.line()))
			name.Resize(fyne.NewSize(c.Width, r.t.line()))
		}
	}
}

func (r *tilesRenderer) Refresh() {
	th := r.t.Theme()
	fresh := inkOf(th)
	redraw := len(r.frames) != len(r.t.tiles) || fresh != r.ink
	r.ink = fresh
	if redraw {
		r.draw()
	}
	for i, f := range r.frames {
		f.CornerRadius = th.Size(theme.SizeNameInputRadius)
		f.FillColor, f.StrokeColor, f.StrokeWidth = color.Transparent, color.Transparent, 0
		if i == r.t.hover {
			f.FillColor = colourOfTheme(th, theme.ColorNameHover)
		}
		if i == r.t.chosen {
			f.FillColor = colourOfTheme(th, theme.ColorNameSelection)
			f.StrokeColor, f.StrokeWidth = colourOfTheme(th, theme.ColorNamePrimary), 1.5
		}
		if r.t.focused && i == r.t.cursor {
			f.StrokeColor, f.StrokeWidth = colourOfTheme(th, theme.ColorNamePrimary), 2.5
		}
	}
	for _, name := range r.names {
		name.Color, name.TextSize = colourOfTheme(th, theme.ColorNameForeground), th.Size(theme.SizeNameCaptionText)
	}
	r.Layout(r.t.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}

// draw makes the drawings in the theme's colours.
func (r *tilesRenderer) draw() {
	r.frames, r.drawings, r.names = nil, nil, nil
	for _, t := range r.t.tiles {
		drawing := canvas.NewImageFromResource(r.ink.drawing(t.draw(r.ink)))
		r.frames = append(r.frames, canvas.NewRectangle(nil))
		r.drawings = append(r.drawings, drawing)
		for range 2 {
			name := canvas.NewText("", nil)
			name.Alignment = fyne.TextAlignCenter
			r.names = append(r.names, name)
		}
	}
}

func (r *tilesRenderer) Objects() []fyne.CanvasObject {
	var all []fyne.CanvasObject
	for i := range r.frames {
		all = append(all, r.frames[i], r.drawings[i], r.names[2*i], r.names[2*i+1])
	}
	return all
}

func (r *tilesRenderer) Destroy() {}
