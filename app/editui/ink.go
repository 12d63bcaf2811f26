package editui

import (
	"crypto/sha256"
	"fmt"
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// ink is the theme's colours for small drawings, as "#rrggbb".
type ink struct{ ground, line, accent, soft, back string }

func inkOf(t fyne.Theme) ink {
	hex := func(name fyne.ThemeColorName) string {
		c := color.NRGBAModel.Convert(colourOfTheme(t, name)).(color.NRGBA)
		return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B)
	}
	return ink{
		ground: hex(theme.ColorNameInputBackground), line: hex(theme.ColorNameForeground),
		accent: hex(theme.ColorNamePrimary), soft: hex(theme.ColorNamePlaceHolder), back: hex(theme.ColorNameInputBorder),
	}
}

// drawing makes a picture of what was drawn on 160 by 90.
func (i ink) drawing(body string) fyne.Resource {
	svg := `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 90" width="160" height="90">` + body + `</svg>`
	return fyne.NewStaticResource(fmt.Sprintf("drawing-%x.svg", sha256.Sum256([]byte(svg))), []byte(svg))
}

// box is a filled rectangle with round corners.
func box(x, y, w, h, radius float64, fill string) string {
	return fmt.Sprintf(`<rect x="%.2f" y="%.2f" width="%.2f" height="%.2f" rx="%.2f" fill="%s"/>`, x, y, w, h, radius, fill)
}

// frameOf is an outlined rectangle.
func frameOf(x, y, w, h, width float64, stroke string) string {
	return fmt.Sprintf(`<rect x="%.2f" y="%.2f" width="%.2f" height="%.2f" rx="3" fill="none" stroke="%s" stroke-width="%.2f"/>`, x, y, w, h, stroke, width)
}

// stroke is a line.
func stroke(x1, y1, x2, y2, width float64, colour string) string {
	return fmt.Sprintf(`<line x1="%.2f" y1="%.2f" x2="%.2f" y2="%.2f" stroke="%s" stroke-width="%.2f" stroke-linecap="round"/>`, x1, y1, x2, y2, colour, width)
}

// arrow is a line with a head at its end.
func arrow(x1, y1, x2, y2 float64, colour string) string {
	dx, dy := x2-x1, y2-y1
	length := max(1e-9, math.Hypot(dx, dy))
	dx, dy = dx/length*9, dy/length*9
	return stroke(x1, y1, x2, y2, 5, colour) +
		stroke(x2, y2, x2-dx-dy, y2-dy+dx, 5, colour) + stroke(x2, y2, x2-dx+dy, y2-dy-dx, 5, colour)
}
