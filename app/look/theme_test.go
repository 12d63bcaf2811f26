package look

import (
	"encoding/json"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"parley/assets"
)

func TestThemesForceTheirVariant(t *testing.T) {
	of := func(name string, v fyne.ThemeVariant) color.Color {
		th, err := ThemeNamed(name)
		if err != nil {
			t.Fatal(err)
		}
		return color.NRGBAModel.Convert(th.Color(theme.ColorNameBackground, v))
	}
	dark, light := of(AsSystem, theme.VariantDark), of(AsSystem, theme.VariantLight)
	if dark == light {
		t.Fatal("the dark and the light variant have one background")
	}
	if of(DarkTheme, theme.VariantLight) != dark || of(LightTheme, theme.VariantDark) != light {
		t.Error("a forced theme followed the system")
	}
	if of("contrast", theme.VariantLight) != of("contrast", theme.VariantDark) {
		t.Error("a theme of one variant followed the system")
	}
}

func TestAnUnknownThemeIsAnErrorAndUsable(t *testing.T) {
	th, err := ThemeNamed("../../etc/passwd")
	if err == nil {
		t.Error("no error")
	}
	if th.Color(theme.ColorNameBackground, theme.VariantDark) == nil {
		t.Error("no colours")
	}
}

// luminance is that of WCAG 2.2.
func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

func linear(v uint32) float64 {
	f := float64(v) / 0xffff
	return f * f // near enough to sRGB's curve to compare with
}

func contrast(a, b color.Color) float64 {
	x, y := luminance(a)+0.05, luminance(b)+0.05
	return max(x, y) / min(x, y)
}

func TestTextCanBeRead(t *testing.T) {
	pairs := []struct {
		ink, ground fyne.ThemeColorName
		least       float64
	}{
		{theme.ColorNameForeground, theme.ColorNameBackground, 7},
		{theme.ColorNameForeground, theme.ColorNameInputBackground, 7},
		{theme.ColorNameForeground, theme.ColorNameButton, 7},
		{theme.ColorNamePlaceHolder, theme.ColorNameBackground, 4},
		{theme.ColorNameForegroundOnError, theme.ColorNameError, 3},
		{theme.ColorNameForegroundOnPrimary, theme.ColorNamePrimary, 3},
	}
	for _, n := range Themes() {
		th, err := ThemeNamed(n.Name)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range []fyne.ThemeVariant{theme.VariantDark, theme.VariantLight} {
			for _, p := range pairs {
				if got := contrast(th.Color(p.ink, v), th.Color(p.ground, v)); got < p.least {
					t.Errorf("%q, variant %d: %s on %s has contrast %.1f, want %.0f", n.Name, v, p.ink, p.ground, got, p.least)
				}
			}
		}
	}
}

func TestThemeFilesAreNamed(t *testing.T) {
	entries, err := assets.Themes.ReadDir("themes")
	if err != nil || len(entries) == 0 {
		t.Fatalf("no themes: %v", err)
	}
	for _, e := range entries {
		var head struct{ Name string }
		data, err := assets.Themes.ReadFile("themes/" + e.Name())
		if err == nil {
			err = json.Unmarshal(data, &head)
		}
		if err != nil || head.Name == "" {
			t.Errorf("%s: name %q, %v", e.Name(), head.Name, err)
		}
	}
}

func TestEverySymbolIsThere(t *testing.T) {
	entries, err := symbols.ReadDir("symbols")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		name := Symbol(e.Name()[:len(e.Name())-len(".svg")])
		a, b := name.In(color.White), name.In(color.Black)
		if a.Name() == b.Name() || string(a.Content()) == string(b.Content()) {
			t.Errorf("%s does not take on a colour", name)
		}
	}
}
