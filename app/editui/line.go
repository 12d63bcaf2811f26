package editui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// line is one line of text in a colour and size of the theme, which it takes
// anew when the theme changes; canvas.Text alone would keep the old ones.
type line struct {
	widget.BaseWidget
	text   *canvas.Text
	colour fyne.ThemeColorName
	size   fyne.ThemeSizeName
}

func newLine(text string, colour fyne.ThemeColorName, size fyne.ThemeSizeName) *line {
	l := &line{text: canvas.NewText(text, nil), colour: colour, size: size}
	l.ExtendBaseWidget(l)
	l.take()
	return l
}

// quiet is text that does not ask for attention.
func quiet(text string) *line {
	return newLine(text, theme.ColorNamePlaceHolder, theme.SizeNameCaptionText)
}

// write tells whether the text is another than before.
func write(l *line, text string) bool {
	if l.text.Text == text {
		return false
	}
	l.text.Text = text
	l.Refresh()
	return true
}

func (l *line) take() {
	l.text.Color, l.text.TextSize = colourOfTheme(l.Theme(), l.colour), l.Theme().Size(l.size)
}

// CreateRenderer is for Fyne.
func (l *line) CreateRenderer() fyne.WidgetRenderer { return &lineRenderer{l} }

type lineRenderer struct{ line *line }

func (r *lineRenderer) Layout(size fyne.Size)        { r.line.text.Resize(size) }
func (r *lineRenderer) MinSize() fyne.Size           { return r.line.text.MinSize() }
func (r *lineRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.line.text} }
func (r *lineRenderer) Destroy()                     {}

func (r *lineRenderer) Refresh() {
	r.line.take()
	r.line.text.Refresh()
}

// panel is a rounded rectangle in colours of the theme.
type panel struct {
	widget.BaseWidget
	shape        *canvas.Rectangle
	fill, stroke fyne.ThemeColorName // stroke "" has none
}

func newPanel(fill, stroke fyne.ThemeColorName, radius float32) *panel {
	p := &panel{shape: canvas.NewRectangle(nil), fill: fill, stroke: stroke}
	p.shape.CornerRadius = radius
	p.ExtendBaseWidget(p)
	p.take()
	return p
}

func (p *panel) take() {
	p.shape.FillColor = colourOfTheme(p.Theme(), p.fill)
	if p.stroke != "" {
		p.shape.StrokeColor, p.shape.StrokeWidth = colourOfTheme(p.Theme(), p.stroke), 1.5
	}
}

// CreateRenderer is for Fyne.
func (p *panel) CreateRenderer() fyne.WidgetRenderer { return &panelRenderer{p} }

type panelRenderer struct{ panel *panel }

func (r *panelRenderer) Layout(size fyne.Size)        { r.panel.shape.Resize(size) }
func (r *panelRenderer) MinSize() fyne.Size           { return r.panel.shape.MinSize() }
func (r *panelRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.panel.shape} }
func (r *panelRenderer) Destroy()                     {}

func (r *panelRenderer) Refresh() {
	r.panel.take()
	r.panel.shape.Refresh()
}

func colourOfTheme(t fyne.Theme, name fyne.ThemeColorName) color.Color {
	return t.Color(name, fyne.CurrentApp().Settings().ThemeVariant())
}
