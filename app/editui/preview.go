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

// preview is the large picture of the selected clip.
type preview struct {
	content *fyne.Container
	picture *canvas.Image
	sign    *fyne.Container // where there is nothing to see
	icon    *widget.Icon
	words   *line
	time    *line
	clock   *fyne.Container
	state   previewState
}

// newPreview calls tapped when the picture is clicked.
func newPreview(tapped func()) *preview {
	p := &preview{picture: canvas.NewImageFromImage(nil), words: quiet(""), time: newLine("", theme.ColorNameForeground, theme.SizeNameCaptionText), icon: widget.NewIcon(nil)}
	p.picture.FillMode = canvas.ImageFillContain
	p.picture.ScaleMode = canvas.ImageScaleFastest
	p.time.text.TextStyle.Monospace = true
	p.sign = container.NewCenter(container.NewVBox(
		container.NewCenter(container.New(fixedHeight(44), container.New(fixedWidth(44), p.icon))), p.words))
	ground := canvas.NewRectangle(color.NRGBA{8, 9, 12, 255})
	ground.CornerRadius = theme.InputRadiusSize()
	plate := canvas.NewRectangle(color.NRGBA{0, 0, 0, 150})
	plate.CornerRadius = 5
	p.clock = container.NewStack(plate, container.New(layout.NewCustomPaddedLayout(2, 2, 7, 7), p.time))
	corner := container.NewVBox(layout.NewSpacer(), container.NewHBox(layout.NewSpacer(), container.NewPadded(p.clock)))
	// Around a picture it is dark whatever the theme.
	inside := container.NewThemeOverride(container.NewStack(ground, p.picture, p.sign, corner, newTapArea(tapped)), look.Dark())
	p.content = container.New(layout.NewCustomPaddedLayout(0, 4, 8, 4), inside)
	return p
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
		write(p.words, lang.L("This file is missing. Put it back where it was, or remove the clip."))
	case !s.Clip.Picture:
		p.icon.SetResource(theme.VolumeUpIcon())
		write(p.words, lang.L("Only sound: the film is black here."))
	}
}

// tapArea is invisible and can be clicked.
type tapArea struct {
	widget.BaseWidget
	tapped func()
}

func newTapArea(tapped func()) *tapArea {
	a := &tapArea{tapped: tapped}
	a.ExtendBaseWidget(a)
	return a
}

// Tapped is for Fyne.
func (a *tapArea) Tapped(*fyne.PointEvent) { a.tapped() }

// CreateRenderer is for Fyne.
func (a *tapArea) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewWithoutLayout())
}
