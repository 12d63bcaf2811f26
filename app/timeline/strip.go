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
// The pointer chooses clips, carries them to another place and pulls their
// ends; on the ruler it moves the playhead. The wheel scrolls, and zooms with
// Control. Keys are in keys.go.
type Strip struct {
	widget.BaseWidget
	actions  Actions
	model    Model
	geometry geometry
	scene    scene
	painter  painter
	snaps    snaps
	zoom     float64 // units a second chosen by the person, 0 to fit
	fitted   float64 // the scale at which the film was fitted last

	pointer          fyne.Position // on the widget
	shift, alt, ctrl bool          // keys that are held
	animation        *fyne.Animation
	banded           []editor.ClipID
	raster           *canvas.Raster
}

// NewStrip returns a strip without clips.
func NewStrip(actions Actions, pictures Pictures, waves Waves) *Strip {
	s := &Strip{actions: actions, model: Model{Film: &Film{}}}
	s.scene = scene{model: &s.model, pictures: pictures, waves: waves}
	s.geometry.scale = largestFit
	s.raster = canvas.NewRaster(s.draw)
	s.raster.ScaleMode = canvas.ImageScaleFastest
	s.ExtendBaseWidget(s)
	return s
}

// Set shows a model. A drag that is going on ends where the film changed.
func (s *Strip) Set(m Model) {
	before := s.model
	s.model = m
	if m.Film == nil {
		s.model.Film = &Film{}
	}
	changed := before.Film != s.model.Film
	if changed && s.scene.drag.held && s.scene.drag.on.part != onRuler && s.scene.drag.on.part != nothing {
		s.scene.drag = drag{}
		s.rest()
	}
	if changed {
		s.scene.hover = target{}
		s.lay()
	}
	if m.Playhead != before.Playhead && !s.scene.drag.held {
		s.reveal()
	}
	s.redraw()
}

func (s *Strip) film() *Film { return s.model.Film }

func (s *Strip) isChosen(i int) bool { return s.scene.chosen(i) }

// GapAt is the clip before which something dropped at x goes, from the
// widget's left end; "" at the end.
func (s *Strip) GapAt(x float32) editor.ClipID {
	if i := s.geometry.gap(float64(x) + s.scene.offset); i < len(s.film().Clips) {
		return s.film().Clips[i].ID
	}
	return ""
}

// ClipAt is the clip at a place of the widget, "" none.
func (s *Strip) ClipAt(p fyne.Position) editor.ClipID {
	x, y := s.place(p)
	if i, inside := s.geometry.at(x); inside && s.scene.lanes.clips.holds(y) {
		return s.film().Clips[i].ID
	}
	return ""
}

// MusicAt tells whether a place of the widget is on the lane for music, and
// the time of the film there.
func (s *Strip) MusicAt(p fyne.Position) (editor.Time, bool) {
	x, y := s.place(p)
	at := frame(s.geometry.second(x), s.film().Rate)
	return at.Min(s.filmEnd()), s.scene.lanes.music.holds(y)
}

// MinSize leaves room for pictures that can be recognised.
func (s *Strip) MinSize() fyne.Size { return fyne.NewSize(200, 150) }

// Resize fits the film into a new width, where the person chose no zoom.
func (s *Strip) Resize(size fyne.Size) {
	s.BaseWidget.Resize(size)
	s.fitted = 0
	s.lay()
}

// CreateRenderer is for Fyne.
func (s *Strip) CreateRenderer() fyne.WidgetRenderer { return &renderer{s} }

// lay puts everything where it belongs, and scrolls no further than there is.
func (s *Strip) lay() {
	f := s.film()
	s.scene.lanes.lay(float64(s.Size().Height), len(f.Cues) > 0, len(f.Tunes) > 0)
	s.geometry.take(f.Clips)
	s.geometry.scale = s.zoom
	if s.zoom == 0 {
		s.geometry.scale = s.fitScale()
	}
	s.scrollTo(s.scene.offset)
}

// fitScale is the scale at which the film is fitted. It stays as it is for as
// long as the film still fits and fills half of the strip: a trim does not
// move everything else.
func (s *Strip) fitScale() float64 {
	width := float64(s.Size().Width)
	used := s.geometry.end * s.fitted / max(1, width)
	if s.fitted == 0 || used > 0.97 || used < 0.5 && s.fitted < largestFit {
		s.fitted = fitting(s.geometry.end, width)
	}
	return s.fitted
}

func (s *Strip) scrollTo(offset float64) {
	most := s.geometry.width() - float64(s.Size().Width)
	s.scene.offset = max(0, min(offset, most))
}

// reveal scrolls so that the playhead is seen.
func (s *Strip) reveal() {
	view := float64(s.Size().Width)
	switch x := s.geometry.x(s.model.Playhead.Float()); {
	case x < s.scene.offset+sideSpace:
		s.scrollTo(x - view/8)
	case x > s.scene.offset+view-sideSpace:
		s.scrollTo(x - view*7/8)
	}
}

// zoomTo makes a second as wide as scale; what is at x stays there.
func (s *Strip) zoomTo(scale, x float64) {
	second := s.geometry.second(x + s.scene.offset)
	s.zoom = max(smallest, min(largest, scale))
	s.geometry.scale = s.zoom
	s.scrollTo(s.geometry.x(second) - x)
	s.redraw()
}

// ZoomBy zooms around the playhead, or the middle where that is not seen.
func (s *Strip) ZoomBy(by float64) {
	view := float64(s.Size().Width)
	x := s.geometry.x(s.model.Playhead.Float()) - s.scene.offset
	if x < 0 || x > view {
		x = view / 2
	}
	s.zoomTo(s.geometry.scale*by, x)
}

// Fit shows the whole film.
func (s *Strip) Fit() {
	s.zoom, s.fitted = 0, 0
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
	return s.painter.paint(w, h, px, s)
}

type renderer struct{ strip *Strip }

func (r *renderer) Layout(size fyne.Size)        { r.strip.raster.Resize(size) }
func (r *renderer) MinSize() fyne.Size           { return r.strip.MinSize() }
func (r *renderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.strip.raster} }
func (r *renderer) Refresh()                     { r.strip.redraw() }
func (r *renderer) Destroy()                     { r.strip.rest() }
