package timeline

import (
	"image"
	"image/color"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"fyne.io/fyne/v2"
)

// maxLabels bounds the labels that are kept; they are small.
const maxLabels = 512

// labels turns text into masks, and keeps them: drawing the strip again while
// something is dragged must not set type.
type labels struct {
	font *opentype.Font
	from fyne.Resource // of which font was made
	face font.Face
	size float64 // of face, in pixels
	kept map[labelKey]*image.Alpha
}

type labelKey struct {
	text string
	room int
}

// use chooses the font and its size in pixels.
func (l *labels) use(resource fyne.Resource, size float64) {
	if l.from == resource && l.size == size && l.face != nil {
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
	l.kept, l.face, l.size = map[labelKey]*image.Alpha{}, nil, size
	if l.font == nil {
		return
	}
	face, err := opentype.NewFace(l.font, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		fyne.LogError("the strip of clips has no names: the theme's font cannot be used", err)
		return
	}
	l.face = face
}

// get is the mask of a text no wider than room pixels, cut short where it is
// longer; nil where nothing of it fits.
func (l *labels) get(text string, room int) *image.Alpha {
	room = room / 8 * 8 // so that a clip that grows does not make a label a pixel
	if l.face == nil || room <= 0 || text == "" {
		return nil
	}
	key := labelKey{text, room}
	if mask, ok := l.kept[key]; ok {
		return mask
	}
	if len(l.kept) >= maxLabels {
		clear(l.kept)
	}
	mask := l.set(l.shorten(text, fixed.I(room)))
	l.kept[key] = mask
	return mask
}

// whole is the mask of a text, or nil where it is wider than room.
func (l *labels) whole(text string, room int) *image.Alpha {
	mask := l.get(text, widest)
	if mask == nil || mask.Rect.Dx() > room {
		return nil
	}
	return mask
}

// widest is more room than any short text needs.
const widest = 4096

// longest bounds the work for a label: no strip is wide enough for more.
const longest = 200

func (l *labels) shorten(text string, room fixed.Int26_6) string {
	runes := []rune(text)
	if len(runes) > longest {
		runes = append(runes[:longest], '…')
	}
	if font.MeasureString(l.face, string(runes)) <= room {
		return string(runes)
	}
	for n := len(runes) - 1; n > 0; n-- {
		if short := string(runes[:n]) + "…"; font.MeasureString(l.face, short) <= room {
			return short
		}
	}
	return ""
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
