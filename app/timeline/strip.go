package timeline

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"parley/editor"
)

// Strip is the widget.
//
// The pointer selects a clip, carries it to another place and pulls its ends;
// the wheel scrolls, and zooms with Control. Keys are in keys.go.
type Strip struct {
	widget.BaseWidget
	actions  Actions
	model    Model
	geometry geometry
	scene    scene
	painter  painter
	zoom     float64 // units a second chosen by the person, 0 to fit
	pointer  float64 // where the pointer is, from the widget's left end
	shift    bool    // the key is held
	raster   *canvas.Raster
}

// NewStrip returns a strip without clips. length writes a time for people.
func NewStrip(actions Actions, pictures Pictures, length func(editor.Time) string) *Strip {
	s := &Strip{actions: actions}
	s.scene = scene{selected: -1, hover: -1, pictures: pictures, length: length}
	s.model.Selected = -1
	s.geometry.lay(nil, largestFit)
	s.raster = canvas.NewRaster(s.draw)
	s.raster.ScaleMode = canvas.ImageScaleFastest
	s.ExtendBaseWidget(s)
	return s
}

// Set shows a model. A drag that is going on ends where the clips changed.
func (s *Strip) Set(m Model) {
	before := s.model
	s.model = m
	if !sameClips(before.Clips, m.Clips) {
		s.scene.drag = drag{}
		s.scene.hover = -1
	}
	s.scene.clips, s.scene.selected, s.scene.now = m.Clips, m.Selected, m.Playhead.Float()
	s.lay()
	if m.Selected != before.Selected || m.Playhead != before.Playhead {
		s.reveal()
	}
	s.redraw()
}

func sameClips(a, b []Clip) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// GapAt is the clip before which something dropped at x goes, from the
// widget's left end; "" at the end.
func (s *Strip) GapAt(x float32) editor.ClipID {
	if i := s.geometry.gap(float64(x) + s.scene.offset); i < len(s.model.Clips) {
		return s.model.Clips[i].ID
	}
	return ""
}

// MinSize leaves room for pictures that can be recognised.
func (s *Strip) MinSize() fyne.Size { return fyne.NewSize(200, 132) }

// Resize fits the clips into a new width, where the person chose no zoom.
func (s *Strip) Resize(size fyne.Size) {
	s.BaseWidget.Resize(size)
	s.lay()
}

// CreateRenderer is for Fyne.
func (s *Strip) CreateRenderer() fyne.WidgetRenderer { return &renderer{s} }

// lay puts the clips where they belong and scrolls no further than there are.
func (s *Strip) lay() {
	scale := s.zoom
	if scale == 0 {
		var seconds float64
		for i := range s.model.Clips {
			seconds += s.model.Clips[i].Length().Float()
		}
		scale = fitting(seconds, len(s.model.Clips), float64(s.Size().Width))
	}
	s.geometry.lay(s.model.Clips, scale)
	s.scrollTo(s.scene.offset)
}

func (s *Strip) scrollTo(offset float64) {
	most := s.geometry.width() - float64(s.Size().Width)
	s.scene.offset = max(0, min(offset, most))
}

// reveal scrolls so that the playhead, and the selected clip where it fits,
// are seen.
func (s *Strip) reveal() {
	view := float64(s.Size().Width)
	if i := s.model.Selected; i >= 0 && i < s.geometry.count() {
		if right := s.geometry.right(i) + sideSpace; right > s.scene.offset+view {
			s.scrollTo(right - view)
		}
		if left := s.geometry.lefts[i] - sideSpace; left < s.scene.offset {
			s.scrollTo(left)
		}
	}
	switch x := s.geometry.x(s.scene.now); {
	case x < s.scene.offset:
		s.scrollTo(x - sideSpace)
	case x > s.scene.offset+view:
		s.scrollTo(x - view + 4*sideSpace)
	}
}

// zoomTo makes a second as wide as scale; what is at x stays there.
func (s *Strip) zoomTo(scale, x float64) {
	at := s.geometry
	i, _ := at.at(x + s.scene.offset)
	since := 0.0
	if at.count() > 0 {
		since = at.starts[i] + at.since(i, x+s.scene.offset)
	}
	s.zoom = max(smallest, min(largest, scale))
	s.geometry.lay(s.model.Clips, s.zoom)
	s.scrollTo(s.geometry.x(since) - x)
	s.redraw()
}

// fit shows the whole film again.
func (s *Strip) fit() {
	s.zoom = 0
	s.lay()
	s.redraw()
}

func (s *Strip) redraw() { s.raster.Refresh() }

// draw is called by Fyne with a size in pixels.
func (s *Strip) draw(w, h int) image.Image {
	px := 1.0
	if width := s.Size().Width; width > 0 {
		px = float64(w) / float64(width)
	}
	s.painter.ink.take(s.Theme(), fyne.CurrentApp().Settings().ThemeVariant())
	return s.painter.paint(w, h, px, &s.scene, &s.geometry)
}

type renderer struct{ strip *Strip }

func (r *renderer) Layout(size fyne.Size)        { r.strip.raster.Resize(size) }
func (r *renderer) MinSize() fyne.Size           { return r.strip.MinSize() }
func (r *renderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.strip.raster} }
func (r *renderer) Refresh()                     { r.strip.redraw() }
func (r *renderer) Destroy()                     {}
