package editui

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"parley/editor"
)

// reach is how far from an edge it can be taken, in Fyne's units.
const reach = 10

// at is what a place of the widget holds: the chosen rectangle goes first.
func (f *framer) at(p fyne.Position) grip {
	order := []int{f.tool.Part}
	for n := range f.tool.Rects {
		if n != f.tool.Part {
			order = append(order, n)
		}
	}
	for _, edges := range []bool{true, false} {
		for _, n := range order {
			if n >= len(f.tool.Rects) {
				continue
			}
			if g, ok := f.gripOf(n, p); ok && (g.corner != corner{}) == edges {
				return g
			}
		}
	}
	return grip{}
}

// gripOf is what a place holds of one rectangle.
func (f *framer) gripOf(n int, p fyne.Position) (grip, bool) {
	r := f.tool.Rects[n]
	at, size := f.on(r)
	x, y := p.X-at.X, p.Y-at.Y
	if x < -reach || y < -reach || x > size.Width+reach || y > size.Height+reach {
		return grip{}, false
	}
	g := grip{held: true, part: n, corner: corner{edge(x, size.Width), edge(y, size.Height)}}
	fx, fy := f.of(p)
	g.dx, g.dy = fx-r.X, fy-r.Y
	return g, true
}

// edge is which end of a length a place is at: -1, 1, or 0 for neither.
func edge(x, length float32) int {
	switch {
	case x < reach && x <= length/2:
		return -1
	case x > length-reach:
		return 1
	}
	return 0
}

// MouseDown takes hold of a rectangle.
func (f *framer) MouseDown(e *desktop.MouseEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(f); c != nil {
		c.Focus(f)
	}
	f.grip = f.at(e.Position)
	if f.grip.held && f.grip.part != f.tool.Part {
		f.told.part(f.grip.part)
	}
}

// MouseUp is for Fyne.
func (f *framer) MouseUp(*desktop.MouseEvent) { f.letGo() }

// Dragged moves what is held.
func (f *framer) Dragged(e *fyne.DragEvent) {
	if !f.grip.held {
		f.grip = f.at(e.Position.SubtractXY(e.Dragged.DX, e.Dragged.DY))
	}
	if !f.grip.held {
		return
	}
	x, y := f.of(e.Position)
	r := f.tool.Rects[f.grip.part]
	if f.grip.corner == (corner{}) {
		r.X, r.Y = x-f.grip.dx, y-f.grip.dy
		r = inside(r)
	} else {
		r = pulled(r, f.grip.corner, x, y, f.tool.Shape)
	}
	f.told.rect(f.grip.part, r)
}

// DragEnd is for Fyne.
func (f *framer) DragEnd() { f.letGo() }

func (f *framer) letGo() {
	if f.grip.held {
		f.grip = grip{}
		f.told.rest()
	}
}

// MouseIn is for Fyne.
func (f *framer) MouseIn(e *desktop.MouseEvent) { f.MouseMoved(e) }

// MouseMoved is for Fyne.
func (f *framer) MouseMoved(e *desktop.MouseEvent) { f.hover = f.at(e.Position) }

// MouseOut is for Fyne.
func (f *framer) MouseOut() { f.hover = grip{} }

// Cursor tells what can be done where the pointer is.
func (f *framer) Cursor() desktop.Cursor {
	switch c := f.hover.corner; {
	case !f.hover.held:
		return desktop.DefaultCursor
	case c.x != 0 && c.y != 0:
		return desktop.CrosshairCursor
	case c.x != 0:
		return desktop.HResizeCursor
	case c.y != 0:
		return desktop.VResizeCursor
	}
	return desktop.PointerCursor
}

// keyStep is how far a key moves a rectangle, in the picture's width or height.
const keyStep = 0.01

// TypedKey moves the chosen rectangle; with Shift its lower right corner.
func (f *framer) TypedKey(e *fyne.KeyEvent) {
	steps := map[fyne.KeyName][2]float64{
		fyne.KeyLeft: {-keyStep, 0}, fyne.KeyRight: {keyStep, 0}, fyne.KeyUp: {0, -keyStep}, fyne.KeyDown: {0, keyStep},
	}
	switch by, ok := steps[e.Name]; {
	case ok && f.shift:
		f.by(func(r editor.Rect) editor.Rect { return f.stretched(r, by[0], by[1]) })
	case ok:
		f.by(func(r editor.Rect) editor.Rect { return moved(r, by[0], by[1]) })
	case e.Name == fyne.KeySpace:
		if n := len(f.tool.Rects); n > 1 {
			f.told.part((f.tool.Part + 1) % n)
		}
	case e.Name == fyne.KeyEscape || e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter:
		f.told.done()
	}
}

// stretched draws the lower right corner of a rectangle.
func (f *framer) stretched(r editor.Rect, dx, dy float64) editor.Rect {
	if f.tool.Shape <= 0 {
		return pulled(r, corner{1, 1}, r.X+r.W+dx, r.Y+r.H+dy, 0)
	}
	w := r.W + dx
	if dy != 0 {
		w = (r.H + dy) * f.tool.Shape
	}
	return scaled(r, math.Max(0, w/r.W))
}

// TypedRune makes the chosen rectangle larger or smaller.
func (f *framer) TypedRune(r rune) {
	switch r {
	case '+', '=':
		f.by(func(r editor.Rect) editor.Rect { return scaled(r, 1.05) })
	case '-', '_':
		f.by(func(r editor.Rect) editor.Rect { return scaled(r, 1/1.05) })
	}
}

func (f *framer) by(change func(editor.Rect) editor.Rect) {
	if n := f.tool.Part; n < len(f.tool.Rects) {
		f.told.rect(n, change(f.tool.Rects[n]))
	}
}

// KeyDown remembers Shift: Fyne tells of it in no other way.
func (f *framer) KeyDown(e *fyne.KeyEvent) { f.shiftKey(e, true) }

// KeyUp forgets Shift.
func (f *framer) KeyUp(e *fyne.KeyEvent) { f.shiftKey(e, false) }

func (f *framer) shiftKey(e *fyne.KeyEvent, down bool) {
	if e.Name == desktop.KeyShiftLeft || e.Name == desktop.KeyShiftRight {
		f.shift = down
	}
}

// FocusGained is for Fyne.
func (f *framer) FocusGained() {
	f.focused = true
	f.Refresh()
}

// FocusLost is for Fyne.
func (f *framer) FocusLost() {
	f.focused, f.shift = false, false
	f.told.rest()
	f.Refresh()
}
