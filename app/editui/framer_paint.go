package editui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"

	"parley/app/look"
	"parley/editor"
)

// Colours over a picture, whatever the theme.
var (
	overGround = color.NRGBA{R: 8, G: 9, B: 12, A: 255}
	overShade  = color.NRGBA{A: 150}
	overLine   = color.NRGBA{R: 255, G: 255, B: 255, A: 255}
	overFaint  = color.NRGBA{R: 255, G: 255, B: 255, A: 90}
	overLast   = color.NRGBA{R: 0xff, G: 0xc2, B: 0x3d, A: 255}
)

// framerRenderer draws with rectangles: what is cut off is shaded.
type framerRenderer struct {
	f       *framer
	ground  *canvas.Rectangle
	picture *canvas.Image
	shades  [4]*canvas.Rectangle
	thirds  [4]*canvas.Rectangle
	frames  [2]*canvas.Rectangle
	way     *canvas.Line
	names   [2]*fyne.Container
	grips   [8]*canvas.Rectangle
	hint    *fyne.Container
	help    *canvas.Text
}

func newFramerRenderer(f *framer) *framerRenderer {
	r := &framerRenderer{f: f, ground: canvas.NewRectangle(overGround), picture: shownPicture(), way: canvas.NewLine(overFaint)}
	r.ground.CornerRadius = theme.InputRadiusSize()
	r.way.StrokeWidth = 2
	for n := range r.shades {
		r.shades[n] = canvas.NewRectangle(overShade)
		r.thirds[n] = canvas.NewRectangle(overFaint)
	}
	for n := range r.frames {
		r.frames[n] = canvas.NewRectangle(color.Transparent)
	}
	for n, name := range []string{lang.L("Beginning"), lang.L("End")} {
		words := look.Words(name, 12, true)
		if n == 1 {
			words.Color = overLast
		}
		r.names[n] = look.Pill(6, 7, 2, words)
	}
	for n := range r.grips {
		r.grips[n] = canvas.NewRectangle(overLine)
		r.grips[n].StrokeColor, r.grips[n].StrokeWidth = overGround, 1
	}
	r.help = look.Words("", 12, false)
	r.hint = look.Pill(9, 10, 4, r.help)
	return r
}

func (r *framerRenderer) MinSize() fyne.Size { return fyne.NewSize(80, 60) }

func (r *framerRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	at, shown := r.f.Shown()
	r.picture.Move(at)
	r.picture.Resize(shown)
	r.place(at, shown)
	hint := r.hint.MinSize()
	r.hint.Resize(hint)
	r.hint.Move(fyne.NewPos((size.Width-hint.Width)/2, size.Height-hint.Height-7))
}

// place puts frames, grips and shades where the rectangles are.
func (r *framerRenderer) place(at fyne.Position, shown fyne.Size) {
	t := r.f.tool
	for n := range r.frames {
		visible(r.frames[n], n < len(t.Rects))
		visible(r.names[n], n < len(t.Rects) && t.Kind == PanTool)
		if n >= len(t.Rects) {
			continue
		}
		p, s := r.f.on(t.Rects[n])
		r.frames[n].Move(p)
		r.frames[n].Resize(s)
		name := r.names[n].MinSize()
		r.names[n].Resize(name)
		r.names[n].Move(p.AddXY(6, 6))
		if n == 1 {
			r.names[n].Move(p.AddXY(max(6, s.Width-name.Width-6), max(6, s.Height-name.Height-6)))
		}
	}
	visible(r.way, t.Kind == PanTool && len(t.Rects) == 2)
	if len(t.Rects) == 2 {
		r.way.Position1, r.way.Position2 = r.middle(t.Rects[0]), r.middle(t.Rects[1])
	}
	if t.Part < len(t.Rects) {
		p, s := r.f.on(t.Rects[t.Part])
		r.hold(p, s)
		r.shade(at, shown, p, s)
		r.divide(p, s, t.Kind == CropTool)
	}
}

func (r *framerRenderer) middle(rect editor.Rect) fyne.Position {
	p, s := r.f.on(rect)
	return p.AddXY(s.Width/2, s.Height/2)
}

// gripSize is that of what a rectangle is drawn by.
const gripSize = 10

// hold puts grips on the chosen rectangle's corners, and on its edges too
// where it may have any shape.
func (r *framerRenderer) hold(p fyne.Position, s fyne.Size) {
	places := [8][2]float32{{0, 0}, {1, 0}, {0, 1}, {1, 1}, {0.5, 0}, {0.5, 1}, {0, 0.5}, {1, 0.5}}
	for n, g := range r.grips {
		g.Resize(fyne.NewSquareSize(gripSize))
		g.Move(p.AddXY(places[n][0]*s.Width-gripSize/2, places[n][1]*s.Height-gripSize/2))
		visible(g, n < 4 || r.f.tool.Kind == CropTool)
	}
}

// shade darkens what is not in the chosen rectangle.
func (r *framerRenderer) shade(at fyne.Position, shown fyne.Size, p fyne.Position, s fyne.Size) {
	right, bottom := at.X+shown.Width, at.Y+shown.Height
	put := func(n int, x1, y1, x2, y2 float32) {
		r.shades[n].Move(fyne.NewPos(x1, y1))
		r.shades[n].Resize(fyne.NewSize(max(0, x2-x1), max(0, y2-y1)))
	}
	put(0, at.X, at.Y, right, p.Y)
	put(1, at.X, p.Y+s.Height, right, bottom)
	put(2, at.X, p.Y, p.X, p.Y+s.Height)
	put(3, p.X+s.Width, p.Y, right, p.Y+s.Height)
}

// divide draws the thirds by which a picture is composed.
func (r *framerRenderer) divide(p fyne.Position, s fyne.Size, on bool) {
	for n := range 2 {
		part := float32(n+1) / 3
		r.thirds[n].Move(p.AddXY(s.Width*part, 0))
		r.thirds[n].Resize(fyne.NewSize(1, s.Height))
		r.thirds[n+2].Move(p.AddXY(0, s.Height*part))
		r.thirds[n+2].Resize(fyne.NewSize(s.Width, 1))
	}
	for _, t := range r.thirds {
		visible(t, on)
	}
}

func (r *framerRenderer) Refresh() {
	t := r.f.tool
	if r.f.picture == nil {
		r.picture.Image = nil
	} else if r.picture.Image != r.f.picture {
		r.picture.Image = r.f.picture
	}
	for n, f := range r.frames {
		f.StrokeColor, f.StrokeWidth = overLine, 1.5
		if n == 1 {
			f.StrokeColor = overLast
		}
		if n == t.Part {
			f.StrokeWidth = 3
		}
	}
	r.help.Text = lang.L("Drag, or use the arrow keys and + −  ·  Enter when done")
	if t.Kind == PanTool {
		r.help.Text = lang.L("Drag, or use the arrow keys and + −  ·  Space for the other one  ·  Enter when done")
	}
	visible(r.hint, r.f.focused)
	r.Layout(r.f.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}

func (r *framerRenderer) Objects() []fyne.CanvasObject {
	all := []fyne.CanvasObject{r.ground, r.picture}
	for _, s := range r.shades {
		all = append(all, s)
	}
	for _, t := range r.thirds {
		all = append(all, t)
	}
	all = append(all, r.way, r.frames[0], r.frames[1], r.names[0], r.names[1])
	for _, g := range r.grips {
		all = append(all, g)
	}
	return append(all, r.hint)
}

func (r *framerRenderer) Destroy() {}
