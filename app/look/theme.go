package look

import (
	"encoding/json"
	"fmt"
	"image/color"
	"path"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"parley/assets"
)

// Names of themes that are always there. Any other is that of a data file.
const (
	AsSystem   = ""
	DarkTheme  = "dark"
	LightTheme = "light"
)

// plain is the data file behind the three of them.
const plain = "parley"

// Theme is a theme in one variant or in the system's.
type Theme struct {
	fyne.Theme
	forced  bool
	variant fyne.ThemeVariant
}

// Color is Fyne's.
func (t *Theme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	if t.forced {
		variant = t.variant
	}
	return t.Theme.Color(name, variant)
}

// ThemeNamed returns a theme by its name. An unknown name gives an error and
// the theme AsSystem.
func ThemeNamed(name string) (*Theme, error) {
	t, err := fromFile(plain)
	if err != nil {
		return &Theme{Theme: theme.DefaultTheme()}, err
	}
	switch name {
	case AsSystem:
		return &Theme{Theme: t}, nil
	case DarkTheme:
		return &Theme{Theme: t, forced: true, variant: theme.VariantDark}, nil
	case LightTheme:
		return &Theme{Theme: t, forced: true, variant: theme.VariantLight}, nil
	}
	other, err := fromFile(name)
	if err != nil {
		return &Theme{Theme: t}, fmt.Errorf("the theme %q is not there; choose another in the settings: %w", name, err)
	}
	return &Theme{Theme: other, forced: true, variant: theme.VariantDark}, nil
}

func fromFile(name string) (fyne.Theme, error) {
	data, err := assets.Themes.ReadFile("themes/" + name + ".json")
	if err != nil {
		return nil, err
	}
	return theme.FromJSONWithFallback(string(data), theme.DefaultTheme())
}

// Dark is the dark variant of what the program shows at the moment, for what
// lies around a picture.
func Dark() fyne.Theme {
	if t, ok := fyne.CurrentApp().Settings().Theme().(*Theme); ok {
		return &Theme{Theme: t.Theme, forced: true, variant: theme.VariantDark}
	}
	return &Theme{Theme: theme.DefaultTheme(), forced: true, variant: theme.VariantDark}
}

// Named is something to choose: its name in the settings and what it is called.
type Named struct{ Name, Title string }

// Themes lists all themes; titles are English and to be translated.
func Themes() []Named {
	list := []Named{{AsSystem, "As the system"}, {DarkTheme, "Dark"}, {LightTheme, "Light"}}
	entries, err := assets.Themes.ReadDir("themes")
	if err != nil {
		return list
	}
	for _, e := range entries {
		name := strings.TrimSuffix(e.Name(), path.Ext(e.Name()))
		if name == plain || slices.ContainsFunc(list, func(n Named) bool { return n.Name == name }) {
			continue
		}
		list = append(list, Named{name, titleOf(name)})
	}
	return list
}

func titleOf(name string) string {
	var head struct{ Name string }
	data, err := assets.Themes.ReadFile("themes/" + name + ".json")
	if err != nil || json.Unmarshal(data, &head) != nil || head.Name == "" {
		return name
	}
	return head.Name
}
