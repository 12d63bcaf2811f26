package callui

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"rsc.io/qr"
)

// qrCode is a link as a picture for a telephone's camera: black on white
// whatever the theme, with the quiet margin that readers need.
type qrCode struct {
	content *fyne.Container
	picture *canvas.Image
	text    string
}

const qrSize = 204

func newQRCode() *qrCode {
	q := &qrCode{picture: canvas.NewImageFromImage(nil)}
	q.picture.ScaleMode, q.picture.FillMode = canvas.ImageScalePixels, canvas.ImageFillContain
	paper := canvas.NewRectangle(color.White)
	paper.CornerRadius = 12
	q.content = container.NewGridWrap(fyne.NewSquareSize(qrSize), container.NewStack(paper, container.NewPadded(q.picture)))
	return q
}

// show draws a text; one that is too long for a picture is left out.
func (q *qrCode) show(text string) {
	if text == q.text {
		return
	}
	q.text = text
	q.picture.Image = drawQR(text)
	q.picture.Refresh()
}

func drawQR(text string) image.Image {
	code, err := qr.Encode(text, qr.M)
	if text == "" || err != nil {
		return nil
	}
	const margin = 2
	img := image.NewPaletted(image.Rect(0, 0, code.Size+2*margin, code.Size+2*margin), color.Palette{color.White, color.Black})
	for y := range code.Size {
		for x := range code.Size {
			if code.Black(x, y) {
				img.SetColorIndex(x+margin, y+margin, 1)
			}
		}
	}
	return img
}
