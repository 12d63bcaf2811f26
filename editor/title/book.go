package title

import (
	"cmp"
	"fmt"
	"io/fs"
	"log/slog"
	"slices"

	"parley/editor"
	"parley/editor/title/typeface"
)

// Book is the templates and themes that there are. It is safe for concurrent
// use.
type Book struct {
	templates []template
	themes    []theme
	offered   []editor.Template
	ruler     ruler
}

var _ editor.Lettering = (*Book)(nil)

// Load reads the templates and themes of the folders, and sorts them for the
// menus. A file in a later folder replaces one of the same name; a bad one is
// left out and told to the log. Without a single theme there are no titles.
func Load(log *slog.Logger, fonts *typeface.Fonts, templates, themes []fs.FS) *Book {
	b := &Book{ruler: fonts}
	b.themes = editor.ReadDataFiles(themes, parseTheme, func(t theme) string { return t.Name }, log)
	b.templates = editor.ReadDataFiles(templates, parseTemplate, func(t template) string { return t.Name }, log)
	slices.SortStableFunc(b.themes, func(x, y theme) int { return cmp.Compare(x.Order, y.Order) })
	slices.SortStableFunc(b.templates, func(x, y template) int { return cmp.Compare(x.Order, y.Order) })
	if len(b.themes) == 0 {
		b.templates = nil
	}
	for _, t := range b.templates {
		b.offered = append(b.offered, t.offered(b.themes))
	}
	return b
}

// Templates implements editor.Lettering.
func (b *Book) Templates() []editor.Template { return slices.Clone(b.offered) }

// Ground implements editor.Lettering. What is made to stand on a picture
// stands on the theme's ground.
func (b *Book) Ground(t editor.Title, out editor.Output) (string, error) {
	p, err := b.pen(t, out)
	if err != nil {
		return "", err
	}
	if p.template.Ground == nil {
		return ground{}.source(p.theme, out), nil
	}
	return p.template.Ground.source(p.theme, out), nil
}

// Script implements editor.Lettering. Subtitles keep clear of titles.
func (b *Book) Script(titles []editor.ShownTitle, cues []editor.Cue, out editor.Output) (string, error) {
	s := &script{canvas: canvasFor(out)}
	var taken []region
	for i, t := range titles {
		p, err := b.pen(t.Title, out)
		if err != nil {
			return "", err
		}
		elements := p.draw(t.From.Float(), t.To.Float())
		for _, e := range elements {
			s.element(i, e)
		}
		taken = append(taken, covered(elements)...)
	}
	for _, e := range subtitles(s.canvas, b.ruler, cues, taken) {
		s.element(len(titles), e)
	}
	return s.String(), nil
}

// pen finds what a title is drawn with.
func (b *Book) pen(t editor.Title, out editor.Output) (pen, error) {
	i := slices.IndexFunc(b.templates, func(x template) bool { return x.Name == t.Template })
	if i < 0 {
		return pen{}, missing("title template", t.Template)
	}
	name, th := t.Text(themeField), 0
	if name != "" {
		if th = slices.IndexFunc(b.themes, func(x theme) bool { return x.Name == name }); th < 0 {
			return pen{}, missing("theme for titles", name)
		}
	}
	return pen{canvasFor(out), b.ruler, b.themes[th].with(t.Text(accentField)), b.templates[i], t}, nil
}

func missing(what, name string) error {
	return fmt.Errorf("%w: the film uses the %s “%s”, which is not installed; choose another one or put its file back", editor.ErrEffect, what, name)
}
