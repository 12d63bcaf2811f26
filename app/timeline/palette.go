package timeline

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"parley/editor"
)

// palette are the strip's colours, taken from the theme. Uniforms are made
// once, so that filling with them does not allocate.
type palette struct {
	of      fyne.Theme
	variant fyne.ThemeVariant
	taken   bool

	ground, ruler, lane             image.Uniform // what things lie on
	text, dim, tick, separator      image.Uniform // what is written and drawn on that
	primary, chosen, mark, snap     image.Uniform
	bar, hot, white, shade, missing image.Uniform
	title, flag                     image.Uniform
	kinds                           map[editor.ClipKind]*tint
	sound, music                    tint
}

// tint are the colours of one kind of clip.
type tint struct{ head, body, wave, text, dim image.Uniform }

func (p *palette) take(th fyne.Theme, variant fyne.ThemeVariant) {
	if p.taken && p.of == th && p.variant == variant {
		return
	}
	p.of, p.variant, p.taken = th, variant, true
	get := func(name fyne.ThemeColorName) color.RGBA {
		return color.RGBAModel.Convert(th.Color(name, variant)).(color.RGBA)
	}
	ground, text := get(theme.ColorNameBackground), get(theme.ColorNameForeground)
	primary := get(theme.ColorNamePrimary)
	light := luma(ground) > 128
	deep := color.RGBA{A: 255}
	sink := 0.22
	if light {
		deep, sink = color.RGBA{20, 26, 40, 255}, 0.07
	}
	p.ground.C = mix(ground, deep, sink)
	base := p.ground.C.(color.RGBA)
	p.ruler.C = mix(ground, deep, sink/3)
	p.lane.C = mix(base, text, 0.045)
	p.text.C, p.dim.C = text, mix(base, text, 0.62)
	p.tick.C, p.separator.C = mix(base, text, 0.32), mix(base, text, 0.12)
	p.primary.C, p.chosen.C = primary, mix(base, primary, 0.6)
	p.mark.C = get(theme.ColorNameError)
	p.snap.C = get(theme.ColorNameWarning)
	p.bar.C, p.hot.C = mix(base, text, 0.28), mix(base, text, 0.5)
	p.white.C, p.shade.C = color.RGBA{255, 255, 255, 255}, color.RGBA{0, 0, 0, 255}
	p.missing.C = mix(base, get(theme.ColorNameError), 0.55)
	p.title.C = mix(color.RGBA{124, 92, 214, 255}, base, 0.1)
	p.flag.C = get(theme.ColorNameWarning)
	p.kinds = map[editor.ClipKind]*tint{
		editor.MovingClip:    p.tint(base, text, color.RGBA{62, 110, 190, 255}, light),
		editor.RecordingClip: p.tint(base, text, color.RGBA{38, 140, 140, 255}, light),
		editor.StillClip:     p.tint(base, text, color.RGBA{140, 112, 70, 255}, light),
		editor.FreezeClip:    p.tint(base, text, color.RGBA{90, 140, 175, 255}, light),
		editor.TitleClip:     p.tint(base, text, color.RGBA{118, 90, 190, 255}, light),
	}
	p.sound = *p.tint(base, text, color.RGBA{70, 140, 96, 255}, light)
	p.music = *p.tint(base, text, color.RGBA{52, 140, 100, 255}, light)
}

// tint makes the colours of a kind of clip of its hue.
func (p *palette) tint(ground, text, hue color.RGBA, light bool) *tint {
	t := &tint{}
	wave := mix(hue, color.RGBA{255, 255, 255, 255}, 0.38)
	if light {
		wave = mix(hue, color.RGBA{0, 0, 0, 255}, 0.08)
		t.head.C, t.body.C = mix(ground, hue, 0.38), mix(ground, hue, 0.2)
	} else {
		t.head.C, t.body.C = mix(ground, hue, 0.62), mix(ground, hue, 0.3)
	}
	t.wave.C = mix(t.body.C.(color.RGBA), wave, 0.85)
	t.text.C = mix(t.head.C.(color.RGBA), text, 0.94)
	t.dim.C = mix(t.head.C.(color.RGBA), text, 0.66)
	return t
}

// tintOf is the tint of a clip.
func (p *palette) tintOf(c *Clip) *tint {
	if !c.Picture && c.Sound && c.Kind == editor.MovingClip {
		return &p.sound
	}
	if t, ok := p.kinds[c.Kind]; ok {
		return t
	}
	return p.kinds[editor.MovingClip]
}

func luma(c color.RGBA) float64 {
	return 0.2126*float64(c.R) + 0.7152*float64(c.G) + 0.0722*float64(c.B)
}

// mix is a with a share of b, both opaque.
func mix(a, b color.RGBA, share float64) color.RGBA {
	part := func(x, y uint8) uint8 { return uint8(float64(x)*(1-share) + float64(y)*share + 0.5) }
	return color.RGBA{part(a.R, b.R), part(a.G, b.G), part(a.B, b.B), 255}
}
