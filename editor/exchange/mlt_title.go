package exchange

import (
	"fmt"
	"slices"
	"strings"

	"parley/editor"
)

// titles are the filters that write a clip's titles: their words, plain and
// where they stand, without their template's look.
func (m *mltWriter) titles(it item, in int64) []node {
	var all []node
	for _, t := range it.Titles {
		text, card := m.words(t)
		from, to := t.Shown(it.Clip)
		first, last := m.frame(it.Since(from)), min(it.frames(), m.frame(it.Since(to)))-1
		if text == "" || first > last {
			continue
		}
		m.lost.add(true, LostLooks)
		place, across := "5%/65%:90%x30%:100", "left"
		if card {
			place, across = "5%/5%:90%x90%:100", "center"
		}
		size := m.Output.Height / 12
		all = append(all, el("filter", "in", itoa(in+first), "out", itoa(in+last)).set("mlt_service", "dynamictext",
			"argument", strings.NewReplacer(`\`, `\\`, "#", `\#`).Replace(text), "geometry", place, "halign", across, "valign", "middle",
			"size", fmt.Sprint(size), "weight", "600", "fgcolour", "#ffffffff", "bgcolour", "#00000000", "olcolour", "#ff000000", "outline", fmt.Sprint(max(1, size/24))))
	}
	return all
}

// words are what a title says, line by line, and whether it is all of the
// picture.
func (m *mltWriter) words(t editor.Title) (string, bool) {
	template, err := m.Effects.Template(t.Template)
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
	for _, f := range template.Fields {
		text := t.Text(f.Name)
		if text == "" {
			text = f.Default
		}
		if text != "" && (f.Kind == editor.TextField || f.Kind == editor.LinesField) {
			lines = append(lines, text)
		}
	}
	return strings.Join(lines, "\n"), template.Card
}
