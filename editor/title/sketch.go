package title

import (
	"slices"

	"parley/editor"
)

var _ editor.Sketcher = (*Book)(nil)

// Sketch implements editor.Sketcher.
func (b *Book) Sketch(name string) editor.Sketch {
	i := slices.IndexFunc(b.templates, func(t template) bool { return t.Name == name })
	if i < 0 {
		return editor.Sketch{}
	}
	p := pen{canvasFor(editor.Output{Width: 16, Height: 9}), b.ruler, b.themes[0], b.templates[i], example(b.templates[i])}
	var s editor.Sketch
	if g := p.template.Ground; g != nil {
		s.Ground = p.theme.color(g.From, "ground")
	} else if p.template.Card {
		s.Ground = p.theme.color("", "ground")
	}
	for _, e := range p.draw(0, 1) {
		if e.color == "" {
			continue
		}
		r := editor.Rect{X: e.box.x / p.w, Y: e.box.y / p.h, W: e.box.w / p.w, H: e.box.h / p.h}
		s.Boxes = append(s.Boxes, editor.SketchBox{Rect: r, Color: e.color, Opacity: e.opacity})
	}
	return s
}

// example is a title of a template as long as titles are.
func example(t template) editor.Title {
	title := editor.Title{Template: t.Name, Fields: map[string]string{}}
	for i, f := range t.Fields {
		switch {
		case f.Kind == editor.LinesField:
			title.Fields[f.Name] = "Something of some words\nand a second line"
		case f.Kind != "" && f.Kind != editor.TextField:
		case i == 0:
			title.Fields[f.Name] = "Ann Baker"
		default:
			title.Fields[f.Name] = "Something below it"
		}
	}
	return title
}
