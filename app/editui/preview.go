package editui

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"parley/app/look"
	"parley/editor"
)

// previewState is what the large picture shows.
type previewState struct {
	Clip    Clip
	At      editor.Time // on the source's clock
	Image   *image.RGBA // nil until it is made
	Small   *image.RGBA
	Missing bool
}

// preview is the large picture: the film's at the playhead, over which lies,
// while a moment of the selected clip's source is being chosen, the picture of
// that.
type preview struct {
	content *fyne.Container
	screen  *screen
	picture *canvas.Image
	sign    *fyne.Container // where there is nothing to see
	icon    *widget.Icon
	words   *widget.Label
	time    *line
	clock   *fyne.Container
	state   previewState
}

// previewTold is what a preview tells.
type previewTold struct {
	tapped  func()
	resized func(pixels image.Point)
}

func newPreview(film *screen, told previewTold) *preview {
	p := &preview{screen: film, picture: canvas.NewImageFromImage(nil), words: widget.NewLabel(""), time: newLine("", theme.ColorNameForeground, theme.SizeNameCaptionText), icon: widget.NewIcon(nil)}
	p.words.Alignment, p.words.Wrapping = fyne.TextAlignCenter, fyne.TextWrapWord
	p.screen.hook.Resize(fyne.NewSquareSize(1))
	p.picture.FillMode = canvas.ImageFillContain
	p.picture.ScaleMode = canvas.ImageScaleFastest
	p.time.text.TextStyle.Monospace = true
	p.sign = container.NewCenter(container.NewVBox(
		container.NewCenter(container.New(fixedHeight(44), container.New(fixedWidth(44), p.icon))),
		container.New(fixedWidth(420), p.words)))
	ground := canvas.NewRectangle(color.NRGBA{8, 9, 12, 255})
	ground.CornerRadius = theme.InputRadiusSize()
	plate := canvas.NewRectangle(color.NRGBA{0, 0, 0, 150})
	plate.CornerRadius = 5
	p.clock = container.NewStack(plate, container.New(layout.NewCustomPaddedLayout(2, 2, 7, 7), p.time))
	corner := container.NewVBox(layout.NewSpacer(), container.NewHBox(layout.NewSpacer(), container.NewPadded(p.clock)))
	// Around a picture it is dark whatever the theme.
	inside := container.NewThemeOverride(container.NewStack(ground, p.screen.image, container.NewWithoutLayout(p.screen.hook), p.picture, p.sign, corner, newTapArea(told)), look.Dark())
	p.content = container.New(layout.NewCustomPaddedLayout(0, 4, 8, 4), inside)
	return p
}

// showFilm shows the film at the playhead. small, which may be nil, is shown
// until the exact picture is there.
func (p *preview) showFilm(small *image.RGBA, trouble string, icon fyne.Resource) {
	p.state = previewState{}
	visible(p.screen.image, trouble == "")
	visible(p.clock, false)
	if trouble != "" {
		small = nil
		p.icon.SetResource(icon)
		p.words.SetText(trouble)
	}
	p.look(small)
	visible(p.sign, trouble != "")
}

// show shows a state. Until the picture of a moment is made, the one before of
// the same clip stays, so that nothing flickers.
func (p *preview) show(s previewState) {
	same := s.Clip.ID == p.state.Clip.ID && s.Clip.Source == p.state.Clip.Source
	if s.Image == nil && same {
		s.Image = p.state.Image
	}
	shown := s.Image
	if shown == nil {
		shown = s.Small
	}
	before := p.state
	p.state = s
	visible(p.screen.image, false)
	p.look(shown)
	visible(p.sign, shown == nil && (s.Missing || !s.Clip.Picture) && s.Clip.ID != "")
	if s.Missing != before.Missing || s.Clip.Picture != before.Clip.Picture || s.Clip.ID != before.Clip.ID {
		p.explain(s)
	}
	visible(p.clock, s.Clip.ID != "" && s.Clip.Kind != editor.StillClip)
	if write(p.time, showMoment(s.At)) {
		p.content.Refresh()
	}
}

func (p *preview) look(i *image.RGBA) {
	if i == nil {
		p.picture.Image = nil
		visible(p.picture, false)
		return
	}
	if p.picture.Image != i {
		p.picture.Image = i
		p.picture.Refresh()
	}
	visible(p.picture, true)
}

func (p *preview) explain(s previewState) {
	switch {
	case s.Missing:
		p.icon.SetResource(theme.WarningIcon())
		p.words.SetText(lang.L("This file is missing. Put it back where it was, or remove the clip."))
	case !s.Clip.Picture:
		p.icon.SetResource(theme.VolumeUpIcon())
		p.words.SetText(lang.L("Only sound: the film is black here."))
	}
}

// tapArea is invisible and can be clicked.
type tapArea struct {
	widget.BaseWidget
	told previewTold
}

func newTapArea(told previewTold) *tapArea {
	a := &tapArea{told: told}
	a.ExtendBaseWidget(a)
	return a
}

// Tapped is for Fyne.
func (a *tapArea) Tapped(*fyne.PointEvent) { a.told.tapped() }

// Resize also tells how many pixels there are.
func (a *tapArea) Resize(size fyne.Size) {
	a.BaseWidget.Resize(size)
	scale := float32(1)
	if c := fyne.CurrentApp().Driver().CanvasForObject(a); c != nil {
		scale = c.Scale()
	}
	a.told.resized(image.Pt(int(size.Width*scale), int(size.Height*scale)))
}

// CreateRenderer is for Fyne.
func (a *tapArea) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewWithoutLayout())
}
