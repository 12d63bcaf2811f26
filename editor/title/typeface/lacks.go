package typeface

import "github.com/go-text/typesetting/fontscan"

// writings are the ways to write for which a film may need letters, each with
// some of them.
var writings = []struct{ name, letters string }{
	{"Latin", "AzÄßŁ"}, {"Greek", "Ωω"}, {"Cyrillic", "Жж"}, {"Arabic", "سلام"}, {"Hebrew", "שלום"},
	{"Chinese", "中文"}, {"Japanese", "のカ"}, {"Korean", "한글"}, {"Thai", "ไทย"}, {"Devanagari", "हिन्दी"},
}

// Lacks are the writings for which there is no font, by their English names.
// Without a single font the error says so.
func (f *Fonts) Lacks() ([]string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.open(); err != nil {
		return nil, err
	}
	f.fonts.SetQuery(fontscan.Query{})
	var lacking []string
	for _, w := range writings {
		for _, r := range w.letters {
			if _, ok := f.fonts.ResolveFace(r).NominalGlyph(r); !ok {
				lacking = append(lacking, w.name)
				break
			}
		}
	}
	return lacking, nil
}

// Has says whether there is a font of a family.
func (f *Fonts) Has(family string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.open() != nil {
		return false
	}
	_, ok := f.fonts.FindSystemFont(family)
	return ok
}
