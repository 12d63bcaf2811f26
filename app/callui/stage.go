package callui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"parley/app/look"
)

// Measures of the stage in Fyne's units.
const (
	margin      = 22
	panelWidth  = 348
	insetWidth  = 248 // at most
	insetLeast  = 104
	insetGap    = 12
	largeRadius = 18
	insetRadius = 14
	aspect      = 16.0 / 9
)

// stage is where the two pictures and what lies on them have their places. The
// tiles stay the same for life and only move.
type stage struct {
	v       *View
	content *fyne.Container
	black   *canvas.Rectangle // behind the own picture when it fills the stage
	frame   *canvas.Rectangle // behind the own picture before one
	scrim   *canvas.Rectangle // between the own picture and who calls
	inCall  fyne.CanvasObject // panels that are dark whatever the theme
	screen  Screen
	joined  bool
	theirs  bool // their screen is to be seen
}

func newStage(v *View) *stage {
	s := &stage{
		v:     v,
		black: canvas.NewRectangle(color.Black),
		frame: canvas.NewRectangle(color.NRGBA{R: 0x0c, G: 0x0d, B: 0x11, A: 0xff}),
		scrim: canvas.NewRectangle(color.NRGBA{R: 10, G: 11, B: 15, A: 190}),
	}
	s.frame.CornerRadius = largeRadius
	s.content = container.New(s,
		s.black, s.frame, v.screen, v.remote, v.veil.shade, v.own, v.dark, v.quiet, s.scrim,
		v.people.content, v.veil.sign, v.top.content, v.figures.content, v.bar.content, v.devices.content, v.bar.hint, v.ready.content)
	return s
}

// show puts everything where a model wants it.
func (s *stage) show(m Model) {
	s.screen, s.joined, s.theirs = m.Screen, m.Connected, m.Connected && m.TheirScreen
	call := m.Screen == InCall
	visible(s.black, m.Screen != Ready && !m.Connected)
	visible(s.frame, m.Screen == Ready)
	visible(s.v.remote, m.Connected)
	visible(s.v.screen, s.theirs)
	visible(s.scrim, m.Screen == Calling || m.Screen == Incoming || call && !m.Connected)
	visible(s.v.people.content, m.Screen != Ready && !m.Connected)
	visible(s.v.ready.content, m.Screen == Ready)
	visible(s.v.bar.content, m.Connected && !s.v.bare)
	visible(s.v.top.content, m.Connected && !s.v.bare)
	visible(s.v.quiet, m.Muted && m.Connected)
	visible(s.v.dark, m.CameraOff || m.Screen == Ready && m.Camera.Chosen == offOption.Name)
	s.v.own.SetRadius(s.radius())
	s.v.remote.SetRadius(s.remoteRadius())
	s.Layout(nil, s.content.Size())
	s.content.Refresh()
}

func (s *stage) radius() float32 {
	switch {
	case s.screen == Ready:
		return largeRadius
	case s.joined:
		return insetRadius
	}
	return 0
}

func (s *stage) remoteRadius() float32 {
	if s.theirs {
		return insetRadius
	}
	return 0
}

func visible(o fyne.CanvasObject, on bool) {
	if on != o.Visible() {
		if on {
			o.Show()
		} else {
			o.Hide()
		}
	}
}

// MinSize is Fyne's.
func (s *stage) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(756, 440) // fits 1280x800 pixels at a scale of 1.5
}

// Layout is Fyne's.
func (s *stage) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	if size.IsZero() {
		return
	}
	place(s.black, fyne.Position{}, size)
	place(s.scrim, fyne.Position{}, size)
	place(s.v.screen, fyne.Position{}, size)
	s.placeRemote(size)
	place(s.v.veil.shade, fyne.Position{}, size)
	centre(s.v.veil.sign, size)
	s.placeOwn(size)
	s.placeReady(size)
	centre(s.v.people.content, size)
	s.placeBars(size)
}

func (s *stage) placeOwn(size fyne.Size) {
	at, own := fyne.Position{}, size
	switch {
	case s.screen == Ready:
		at, own = largest(fyne.NewPos(margin, margin),
			fyne.NewSize(size.Width-panelWidth-3*margin, size.Height-2*margin))
	case s.joined:
		own = s.inset(size)
		at = fyne.NewPos(size.Width-own.Width-margin, size.Height-own.Height-margin)
	}
	place(s.frame, at, own)
	place(s.v.own, at, own)
	place(s.v.dark, at, own)
	quiet := s.v.quiet.MinSize()
	place(s.v.quiet, at.AddXY(10, own.Height-quiet.Height-10), quiet)
}

// placeRemote puts their camera over all, or small into a corner of their
// screen.
func (s *stage) placeRemote(size fyne.Size) {
	if !s.theirs {
		place(s.v.remote, fyne.Position{}, size)
		return
	}
	inset := s.inset(size)
	place(s.v.remote, fyne.NewPos(margin, size.Height-inset.Height-margin), inset)
}

// inset is the own picture's size in a call: it stays clear of the bar.
func (s *stage) inset(size fyne.Size) fyne.Size {
	room := (size.Width-s.v.bar.content.MinSize().Width)/2 - margin - insetGap
	width := min(insetWidth, max(room, insetLeast))
	return fyne.NewSize(width, width/aspect)
}

// largest is the largest rectangle of a camera's shape within an area, in its
// middle.
func largest(at fyne.Position, area fyne.Size) (fyne.Position, fyne.Size) {
	size := fyne.NewSize(area.Width, area.Width/aspect)
	if size.Height > area.Height {
		size = fyne.NewSize(area.Height*aspect, area.Height)
	}
	return at.AddXY((area.Width-size.Width)/2, (area.Height-size.Height)/2), size
}

func (s *stage) placeReady(size fyne.Size) {
	height := min(s.v.ready.height(), size.Height-2*margin)
	place(s.v.ready.content,
		fyne.NewPos(size.Width-panelWidth-margin, (size.Height-height)/2),
		fyne.NewSize(panelWidth, height))
}

func (s *stage) placeBars(size fyne.Size) {
	bar := s.v.bar.content.MinSize()
	place(s.v.bar.content, fyne.NewPos((size.Width-bar.Width)/2, size.Height-bar.Height-margin), bar)
	hint := s.v.bar.hint.MinSize()
	place(s.v.bar.hint, fyne.NewPos((size.Width-hint.Width)/2, size.Height-bar.Height-hint.Height-margin-10), hint)
	place(s.v.top.content, fyne.NewPos(margin, margin), s.v.top.content.MinSize())
	figures := s.v.figures.content.MinSize()
	place(s.v.figures.content, fyne.NewPos(size.Width-figures.Width-margin, margin), figures)
	s.placeDevices(size, size.Height-bar.Height-margin-10)
}

// placeDevices puts the lists of devices above the bar, beside the figures.
func (s *stage) placeDevices(size fyne.Size, bottom float32) {
	devices := s.v.devices.content.MinSize()
	x := (size.Width - devices.Width) / 2
	if figures := s.v.figures.content; figures.Visible() {
		x = max(margin, min(x, figures.Position().X-devices.Width-insetGap))
	}
	place(s.v.devices.content, fyne.NewPos(x, bottom-devices.Height), devices)
}

func place(o fyne.CanvasObject, at fyne.Position, size fyne.Size) {
	o.Move(at)
	o.Resize(size)
}

func centre(o fyne.CanvasObject, size fyne.Size) {
	m := o.MinSize()
	place(o, fyne.NewPos((size.Width-m.Width)/2, (size.Height-m.Height)/2), m)
}

// quietSign says on the own picture that nobody hears this side.
func quietSign() *fyne.Container {
	return look.Pill(15, 7, 5, look.Icon(look.MicrophoneOff, color.White, 18))
}

// darkSign says on the own picture that the camera is off.
func darkSign() *fyne.Container {
	return container.NewCenter(look.Icon(look.CameraOff, color.NRGBA{R: 0x8b, G: 0x93, B: 0xa3, A: 0xff}, 40))
}
