package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// OverPicture is the colour of what lies on a picture: dark, and the picture
// shines through.
var OverPicture = color.NRGBA{R: 18, G: 20, B: 25, A: 208}

// Pill puts content on a rounded dark surface, to lie on a picture. radius and
// the paddings are in Fyne's units.
func Pill(radius, padX, padY float32, content fyne.CanvasObject) *fyne.Container {
	face := canvas.NewRectangle(OverPicture)
	face.CornerRadius = radius
	return container.NewStack(face, container.New(layout.NewCustomPaddedLayout(padY, padY, padX, padX), content))
}

// Words returns a text of a size for on a Pill.
func Words(text string, size float32, bold bool) *canvas.Text {
	t := canvas.NewText(text, color.NRGBA{R: 0xf2, G: 0xf3, B: 0xf6, A: 0xff})
	t.TextSize = size
	t.TextStyle.Bold = bold
	return t
}

// Gap is an empty place of a size in Fyne's units.
func Gap(width, height float32) fyne.CanvasObject {
	r := canvas.NewRectangle(color.Transparent)
	r.SetMinSize(fyne.NewSize(width, height))
	return r
}

// Icon shows a symbol in a colour and size.
func Icon(s Symbol, c color.Color, size float32) *canvas.Image {
	i := canvas.NewImageFromResource(s.In(c))
	i.FillMode = canvas.ImageFillContain
	i.SetMinSize(fyne.NewSquareSize(size))
	return i
}
