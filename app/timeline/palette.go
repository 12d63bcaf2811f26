package timeline

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// palette are the strip's colours, taken from the theme. Uniforms are made
// once, so that filling with them does not allocate.
type palette struct {
	ground, block, sound, missing    image.Uniform
	text, dim, tick, primary         image.Uniform
	mark, bar, light, chosen, hollow image.Uniform
}

func (p *palette) take(th fyne.Theme, variant fyne.ThemeVariant) {
	get := func(name fyne.ThemeColorName) color.RGBA {
		return color.RGBAModel.Convert(th.Color(name, variant)).(color.RGBA)
	}
	ground, text := get(theme.ColorNameBackground), get(theme.ColorNameForeground)
	primary := get(theme.ColorNamePrimary)
	shade := 0.18
	if ground.G > 128 { // a light theme
		shade = 0.05
	}
	p.ground.C = mix(ground, color.RGBA{A: 255}, shade)
	p.block.C = mix(ground, text, 0.14)
	p.sound.C = mix(ground, primary, 0.30)
	p.missing.C = mix(ground, get(theme.ColorNameError), 0.40)
	p.text.C = color.RGBA{255, 255, 255, 255} // always on the dark band of a clip
	p.hollow.C = mix(ground, text, 0.06)
	p.dim.C = mix(ground, text, 0.62)
	p.tick.C = mix(ground, text, 0.25)
	p.primary.C = primary
	p.chosen.C = mix(ground, primary, 0.6) // while keys go elsewhere
	p.mark.C = mix(text, get(theme.ColorNameWarning), 0.75)
	p.bar.C = mix(ground, text, 0.35)
	p.light.C = color.RGBA{235, 235, 235, 235}
}

// mix is a with a share of b, both opaque.
func mix(a, b color.RGBA, share float64) color.RGBA {
	part := func(x, y uint8) uint8 { return uint8(float64(x)*(1-share) + float64(y)*share + 0.5) }
	return color.RGBA{part(a.R, b.R), part(a.G, b.G), part(a.B, b.B), 255}
}
