package title

import (
	"errors"
	"fmt"
	"strings"

	"parley/editor"
)

// theme is the colours and fonts that templates refer to by name.
type theme struct {
	Name   string              `json:"name"` // for people too, to be translated
	Order  float64             `json:"order"`
	Colors map[string]string   `json:"colors"` // "#rrggbb" by name
	Fonts  map[string][]string `json:"fonts"`  // families by name, the first that is there
}

// The names that a theme has to have.
var (
	themeColors = []string{"ground", "ground2", "ink", "muted", "panel", "panel-ink", "panel-muted", "accent", "accent-ink"}
	themeFonts  = []string{"heading", "body", "serif"}
)

func parseTheme(data []byte) (theme, error) {
	var t theme
	if err := decode(data, &t); err != nil {
		return t, fmt.Errorf("it is no theme for titles: %w", err)
	}
	return t, t.check()
}

func (t theme) check() error {
	if t.Name == "" || len(t.Name) > 64 {
		return errors.New("the theme has no name, or a long one")
	}
	for _, name := range themeColors {
		if !editor.IsColor(t.Colors[name]) {
			return fmt.Errorf("the theme has %q for the colour %q; write it as #rrggbb", t.Colors[name], name)
		}
	}
	for _, name := range themeFonts {
		if len(t.Fonts[name]) == 0 || len(t.Fonts[name]) > 16 {
			return fmt.Errorf("the theme names no fonts for %q, or too many", name)
		}
		for _, family := range t.Fonts[name] {
			if !plainFamily(family) {
				return fmt.Errorf("%q cannot be the name of a font", family)
			}
		}
	}
	return number(t.Order, -1e6, 1e6, "order")
}

// plainFamily says whether a font's name can stand in a script.
func plainFamily(name string) bool {
	return name != "" && len(name) < 100 && !strings.ContainsFunc(name, func(r rune) bool {
		return r < ' ' || strings.ContainsRune(`\{},;:"'`, r)
	})
}

// color is the name of one of a theme's colours, or "#rrggbb".
type color string

func (c color) check() error {
	if c == "" || editor.IsColor(string(c)) {
		return nil
	}
	for _, name := range themeColors {
		if string(c) == name {
			return nil
		}
	}
	return fmt.Errorf("%q is no colour; write it as #rrggbb, or choose one of %q", c, themeColors)
}

// color finds a colour, or takes another one where none is named.
func (t theme) color(name, otherwise string) string {
	if name == "" {
		name = otherwise
	}
	if strings.HasPrefix(name, "#") {
		return name
	}
	return t.Colors[name]
}

// fonts are the families of one of the theme's fonts; "": of body.
func (t theme) fonts(name string) []string {
	if f := t.Fonts[name]; len(f) > 0 {
		return f
	}
	return t.Fonts["body"]
}

// with is the theme with another accent, and letters on it that can be read.
func (t theme) with(accent string) theme {
	if !editor.IsColor(accent) {
		return t
	}
	colors := map[string]string{}
	for name, c := range t.Colors {
		colors[name] = c
	}
	colors["accent"], colors["accent-ink"] = accent, "#ffffff"
	if r, g, b := rgb(accent); 0.2126*float64(r)+0.7152*float64(g)+0.0722*float64(b) > 140 {
		colors["accent-ink"] = "#14161b"
	}
	t.Colors = colors
	return t
}

// rgb reads "#rrggbb".
func rgb(c string) (r, g, b uint8) {
	var v [3]uint8
	for i := range v {
		for _, digit := range []byte(strings.ToLower(c[1+2*i : 3+2*i])) {
			v[i] = v[i]<<4 | uint8(strings.IndexByte("0123456789abcdef", digit))
		}
	}
	return v[0], v[1], v[2]
}
