package headless

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

const titleWidth, titleHeight = 1920, 1080

var (
	titleGround = color.RGBA{0x14, 0x1a, 0x24, 0xff}
	titleInk    = color.RGBA{0xf3, 0xf0, 0xe8, 0xff}
	titleSoft   = color.RGBA{0x9a, 0xa6, 0xb8, 0xff}
)

// writeTitle draws a title card: two centred lines on a calm ground.
func writeTitle(path, title, subtitle string) (err error) {
	card := image.NewRGBA(image.Rect(0, 0, titleWidth, titleHeight))
	draw.Draw(card, card.Bounds(), image.NewUniform(titleGround), image.Point{}, draw.Src)
	if err := errors.Join(
		centred(card, title, 110, titleHeight/2, titleInk),
		centred(card, subtitle, 48, titleHeight/2+110, titleSoft),
	); err != nil {
		return fmt.Errorf("drawing the title: %w", err)
	}
	f, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("the title cannot be written: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return png.Encode(f, card)
}

func centred(dst draw.Image, text string, size float64, baseline int, ink color.Color) error {
	parsed, err := opentype.Parse(goregular.TTF)
	if err != nil {
		return err
	}
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: size, DPI: 72})
	if err != nil {
		return err
	}
	d := font.Drawer{Dst: dst, Src: image.NewUniform(ink), Face: face}
	d.Dot = fixed.Point26_6{X: (fixed.I(titleWidth) - d.MeasureString(text)) / 2, Y: fixed.I(baseline)}
	d.DrawString(text)
	return errors.Join(face.Close())
}
