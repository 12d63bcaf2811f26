package callui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"parley/app/callui/talk"
	"parley/app/look"
)

// Measures of the stage in Fyne's units.
const (
	margin      = 22
	panelWidth  = 348
	insetWidth  = 248 // at most
	insetLeast  = 104
	insetNarrow = 176 // where there is no room beside the bar
	insetGap    = 12
	usingGap    = 14
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
	chat    bool // what is written is to be seen
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
		v.people.content, v.veil.sign, v.top.content, v.trust.content, v.figures.content, v.bar.content, v.devices.content, v.bar.hint, v.ready.content, v.using.content, v.chat.Content)
	return s
}

// show puts everything where a model wants it.
func (s *stage) show(m Model) {
	s.screen, s.joined, s.theirs = m.Screen, m.Connected, m.Connected && m.TheirScreen
	s.chat = m.Connected && m.Chat.Open
	call := m.Screen == InCall
	visible(s.black, m.Screen != Ready && (!m.Connected || s.chat))
	visible(s.frame, m.Screen == Ready)
	visible(s.v.remote, m.Connected)
	visible(s.v.screen, s.theirs)
	visible(s.scrim, m.Screen == Calling || m.Screen == Incoming || call && !m.Connected)
	visible(s.v.people.content, m.Screen != Ready && !m.Connected)
	visible(s.v.ready.content, m.Screen == Ready)
	visible(s.v.using.content, m.Screen == Ready)
	visible(s.v.bar.content, m.Connected && !s.v.bare)
	visible(s.v.top.content, m.Connected && !s.v.bare)
	if s.v.bare {
		s.v.trust.content.Hide()
	}
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
	size = s.dock(size)
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
		at, own = s.placeMirror(size)
	case s.joined:
		own = s.inset(size)
		at = fyne.NewPos(size.Width-own.Width-margin, size.Height-own.Height-margin)
		if bar := s.v.bar.content.MinSize(); at.X < (size.Width+bar.Width)/2 { // above it then
			own = fyne.NewSize(insetNarrow, insetNarrow/aspect)
			at = fyne.NewPos(size.Width-own.Width-margin, size.Height-bar.Height-margin-insetGap-own.Height)
		}
	}
	place(s.frame, at, own)
	place(s.v.own, at, own)
	place(s.v.dark, at, own)
	quiet := s.v.quiet.MinSize()
	place(s.v.quiet, at.AddXY(10, own.Height-quiet.Height-10), quiet)
}

// dock puts what is written at the right and returns the room that is left; in
// a small window it lies on the picture, above the bar.
func (s *stage) dock(size fyne.Size) fyne.Size {
	visible(s.v.own, true)
	if !s.chat {
		return size
	}
	bar := s.v.bar.content.MinSize()
	left := size.Width - talk.Width - margin
	at, room := fyne.NewPos(left, margin), fyne.NewSize(talk.Width, size.Height-2*margin)
	if left < bar.Width+2*margin {
		room.Height -= bar.Height + insetGap
		visible(s.v.own, false)
		left = size.Width
	}
	place(s.v.chat.Content, at, room)
	return fyne.NewSize(left, size.Height)
}

// placeMirror puts the own picture before a call above what it is taken with,
// both in the middle of the room beside the panel.
func (s *stage) placeMirror(size fyne.Size) (at fyne.Position, own fyne.Size) {
	room := fyne.NewSize(size.Width-panelWidth-3*margin, size.Height-2*margin)
	below := s.v.using.height(room.Width)
	own = largest(fyne.NewSize(room.Width, room.Height-below-usingGap))
	left := margin + (room.Width-own.Width)/2
	top := margin + (room.Height-own.Height-below-usingGap)/2
	wide := max(own.Width, min(room.Width, rowLeast))
	place(s.v.using.content, fyne.NewPos(margin+(room.Width-wide)/2, top+own.Height+usingGap), fyne.NewSize(wide, below))
	return fyne.NewPos(left, top), own
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

// largest is the largest rectangle of a camera's shape within an area.
func largest(area fyne.Size) fyne.Size {
	if area.Width/aspect > area.Height {
		return fyne.NewSize(area.Height*aspect, area.Height)
	}
	return fyne.NewSize(area.Width, area.Width/aspect)
}

func (s *stage) placeReady(size fyne.Size) {
	place(s.v.ready.content, fyne.NewPos(size.Width-panelWidth-margin, margin), fyne.NewSize(panelWidth, size.Height-2*margin))
}

func (s *stage) placeBars(size fyne.Size) {
	bar := s.v.bar.content.MinSize()
	place(s.v.bar.content, fyne.NewPos((size.Width-bar.Width)/2, size.Height-bar.Height-margin), bar)
	hint := s.v.bar.hint.MinSize()
	place(s.v.bar.hint, fyne.NewPos((size.Width-hint.Width)/2, size.Height-bar.Height-hint.Height-margin-10), hint)
	place(s.v.top.content, fyne.NewPos(margin, margin), s.v.top.content.MinSize())
	place(s.v.trust.content, fyne.NewPos(margin, margin+s.v.top.content.MinSize().Height+9), s.v.trust.content.MinSize())
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
