package timeline

import (
	"image"
	"image/color"
	"image/draw"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"fyne.io/fyne/v2"
)

// maxLabels bounds the labels that are kept; they are small.
const maxLabels = 2048

// labels turns text into masks, and keeps them: drawing the strip again while
// something is dragged must not set type.
type labels struct {
	font *opentype.Font
	from fyne.Resource // of which font was made
	face font.Face
	size float64 // of face, in pixels
	kept map[string]*image.Alpha

	glyphs [128]*image.Alpha // of figures, for what changes all the time
	widths [128]int
}

// use chooses the font and its size in pixels.
func (l *labels) use(resource fyne.Resource, size float64) {
	if l.from == resource && l.size == size && l.kept != nil {
		return
	}
	if l.from != resource {
		parsed, err := opentype.Parse(resource.Content())
		if err != nil {
			fyne.LogError("the strip of clips has no names: the theme's font cannot be read", err)
			parsed = nil
		}
		l.from, l.font = resource, parsed
	}
	l.kept, l.face, l.size = map[string]*image.Alpha{}, nil, size
	l.glyphs, l.widths = [128]*image.Alpha{}, [128]int{}
	if l.font == nil {
		return
	}
	face, err := opentype.NewFace(l.font, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		fyne.LogError("the strip of clips has no names: the theme's font cannot be used", err)
		return
	}
	l.face = face
	for r := rune(' '); r < 127; r++ {
		l.glyphs[r] = l.set(string(r))
		l.widths[r] = font.MeasureString(face, string(r)).Round()
	}
}

// longest bounds the work for a label: no strip is wide enough for more.
const longest = 160

// get is the mask of a text; nil where there is nothing to be seen of it.
func (l *labels) get(text string) *image.Alpha {
	if mask, ok := l.kept[text]; ok {
		return mask
	}
	if l.face == nil {
		return nil
	}
	if len(l.kept) >= maxLabels {
		clear(l.kept)
	}
	runes := []rune(text)
	mask := l.set(string(runes[:min(len(runes), longest)]))
	l.kept[text] = mask
	return mask
}

func (l *labels) set(text string) *image.Alpha {
	width := font.MeasureString(l.face, text).Ceil()
	if width == 0 {
		return nil
	}
	m := l.face.Metrics()
	mask := image.NewAlpha(image.Rect(0, 0, width+1, (m.Ascent + m.Descent).Ceil()))
	d := font.Drawer{Dst: mask, Src: image.NewUniform(color.Opaque), Face: l.face, Dot: fixed.Point26_6{Y: m.Ascent}}
	d.DrawString(text)
	return mask
}

// width is that of figures.
func (l *labels) width(figures []byte) int {
	all := 0
	for _, b := range figures {
		all += l.widths[b&127]
	}
	return all
}

// figures writes ASCII with its left end at x and its middle at y.
func (b *brush) figures(l *labels, text []byte, x, y int, u *image.Uniform) {
	for _, c := range text {
		if mask := l.glyphs[c&127]; mask != nil {
			r := mask.Rect.Add(image.Pt(x, y-mask.Rect.Dy()/2))
			draw.DrawMask(b.image, r, u, image.Point{}, mask, image.Point{}, draw.Over)
		}
		x += l.widths[c&127]
	}
}

// label writes a text with its left end at x and its middle at y, no further
// than right, before which it fades away.
func (b *brush) label(mask *image.Alpha, x, y, right int, u *image.Uniform, fade int) {
	if mask == nil || right <= x {
		return
	}
	top := y - mask.Rect.Dy()/2
	if x+mask.Rect.Dx() <= right {
		draw.DrawMask(b.image, mask.Rect.Add(image.Pt(x, top)), u, image.Point{}, mask, image.Point{}, draw.Over)
		return
	}
	clear := max(x, right-fade)
	draw.DrawMask(b.image, image.Rect(x, top, clear, top+mask.Rect.Dy()), u, image.Point{}, mask, image.Point{}, draw.Over)
	ink := u.C.(color.RGBA)
	for col := clear; col < right; col++ {
		keep := uint32(256 * (right - col) / (right - clear + 1))
		for row := range mask.Rect.Dy() {
			b.blend(col, top+row, ink, uint32(mask.Pix[row*mask.Stride+col-x])*keep>>8)
		}
	}
}
