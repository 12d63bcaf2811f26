package exchange

import (
	"slices"
	"strings"

	"parley/editor"
)

// words are what a title says, line by line, and whether it is all of the
// picture.
func (f Film) words(t editor.Title) (string, bool) {
	template, err := f.Effects.Template(t.Template)
	var lines []string
	if err != nil { // not installed: all that was filled in, except colours
		var names []string
		for name := range t.Fields {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			if text := t.Text(name); text != "" && !strings.HasPrefix(text, "#") {
				lines = append(lines, text)
			}
		}
		return strings.Join(lines, "\n"), false
	}
	for _, field := range template.Fields {
		text := t.Text(field.Name)
		if text == "" {
			text = field.Default
		}
		if text != "" && (field.Kind == editor.TextField || field.Kind == editor.LinesField) {
			lines = append(lines, text)
		}
	}
	return strings.Join(lines, "\n"), template.Card
}
