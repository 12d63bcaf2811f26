package editui

import (
	"math"
	"strconv"
	"strings"

	"parley/editor"
)

// Shape is a shape that a crop can be held to.
type Shape struct {
	Name  Text
	Ratio float64 // in heights; 0: any
}

// cropShapes are those that a person can choose; film is the film's aspect.
func cropShapes(film float64) []Shape {
	return []Shape{
		{say("Free"), 0},
		{say("As the film"), film},
		{verbatim("1:1"), 1},
		{verbatim("4:5"), 4.0 / 5},
		{verbatim("9:16"), 9.0 / 16},
	}
}

// Crop shows a part of the picture; one that is dragged is one step.
func (p *Presenter) Crop(r editor.Rect) {
	p.changing("crop", "Crop picture", func(c *editor.Clip) { p.crop(c, inside(r)) })
}

// CropTo shows the largest part of a shape that lies in what is shown now.
func (p *Presenter) CropTo(s Shape) {
	if s.Ratio <= 0 {
		return
	}
	p.change("Crop picture", func(c *editor.Clip) {
		p.crop(c, widest(cropOf(c.Framing), shapeOf(s.Ratio, p.turnedSize(*c).Aspect())))
	})
}

// Uncrop shows all of the picture.
func (p *Presenter) Uncrop() {
	p.change("Show all of the picture", func(c *editor.Clip) { p.crop(c, editor.Whole) })
}

// crop cuts a clip's picture; the camera's way keeps the film's shape in what
// is left.
func (p *Presenter) crop(c *editor.Clip, r editor.Rect) {
	if r.W < smallestPart || r.H < smallestPart || !p.canFrame(*c) {
		return
	}
	c.Framing.Crop = r
	if sameRect(r, editor.Whole) {
		c.Framing.Crop = editor.Rect{}
	}
	p.reshapePan(c)
}

// Side is one of the numbers of a crop.
type Side int

// The sides, in the order in which they are shown.
const (
	CropLeft Side = iota
	CropTop
	CropWidth
	CropHeight
)

// CropNumbers are a crop in pixels of the picture, by Side.
func CropNumbers(r editor.Rect, s Size) [4]int {
	round := func(f float64, n int) int { return int(math.Round(f * float64(n))) }
	return [4]int{round(r.X, s.W), round(r.Y, s.H), round(r.W, s.W), round(r.H, s.H)}
}

// EnterCrop takes a number that was written for a side, in pixels.
func (p *Presenter) EnterCrop(side Side, text string) error {
	c, _, ok := p.chosen()
	if !ok {
		return nil
	}
	s := p.turnedSize(c)
	n, err := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), "px")))
	if err != nil {
		return refuse(say("write a whole number of pixels"))
	}
	numbers := CropNumbers(cropOf(c.Framing), s)
	numbers[side] = n
	extent, from, length := s.W, numbers[CropLeft], numbers[CropWidth]
	if side == CropTop || side == CropHeight {
		extent, from, length = s.H, numbers[CropTop], numbers[CropHeight]
	}
	least := int(math.Ceil(smallestPart * float64(extent)))
	if from < 0 || from+length > extent || length < least {
		return outsidePicture(side, extent, from, length, least)
	}
	r := cropOf(c.Framing)
	switch side {
	case CropLeft, CropWidth:
		r.X, r.W = float64(from)/float64(extent), float64(length)/float64(extent)
	default:
		r.Y, r.H = float64(from)/float64(extent), float64(length)/float64(extent)
	}
	p.change("Crop picture", func(c *editor.Clip) { p.crop(c, r) })
	return nil
}

func outsidePicture(side Side, extent, from, length, least int) error {
	if side == CropLeft || side == CropTop {
		return refuse(sayOf("choose 0 to {{.Most}} here, or a smaller part first", "Most", max(0, extent-length)))
	}
	return refuse(Text{"choose {{.Least}} to {{.Most}} here", map[string]any{"Least": least, "Most": max(least, extent-max(0, from))}})
}
