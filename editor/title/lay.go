package title

import (
	"cmp"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"

	"parley/editor"
	"parley/editor/title/typeface"
)

// short is the length of a frame's shorter side in a script, whatever the
// film's size: a small preview shows what the film will.
const short = 1080.0

// canvas is the frame of a script.
type canvas struct{ w, h float64 }

func canvasFor(out editor.Output) canvas {
	w, h := float64(out.Width), float64(out.Height)
	k := short / min(w, h)
	return canvas{w * k, h * k}
}

// pen is what a title is drawn with.
type pen struct {
	canvas
	ruler    ruler
	theme    theme
	template template
	title    editor.Title
}

// set is an item that has been set: its lines and its size, in the script's
// units. A rule has no lines.
type set struct {
	item
	setter
	paragraphs []paragraph
	broken     []broken
	lines      []line  // once the size is settled
	size       float64 // of letters
	w, h       float64 // with its panel
	dots       bool    // lines were left out
	y          float64 // of its upper edge, counted from the pile's
}

// Bounds of what a text may be shrunk to so that it fits.
const (
	leastItem  = 0.6  // of its size, until it has the lines that it may have
	leastBlock = 0.35 // of its size, until the pile fits into the frame
)

// pile sets the items. It is shrunk until it fits into the frame.
func (p pen) pile() []set {
	room := p.h - 2*p.template.Margin[1]*short
	if p.template.Panel != nil {
		room -= 2 * p.template.Panel.Pad[1] * short
	}
	sets := p.sets()
	height := p.stack(sets, 1)
	for k := 0.93; height > room && k > leastBlock; k *= 0.93 {
		height = p.stack(sets, k)
	}
	sets = cropped(sets, height-room)
	for i := range sets {
		sets[i].settle()
	}
	return sets
}

// settle measures the lines as they are drawn.
func (s *set) settle() {
	if len(s.broken) == 0 {
		return
	}
	s.lines = s.measured(s.broken)
	if s.dots {
		s.lines[len(s.lines)-1] = s.dotted(s.lines[len(s.lines)-1])
	}
	s.w = widest(s.lines) * s.size
	if s.Panel != nil {
		s.w += 2 * s.Panel.Pad[0] * short
	}
}

// sets are the items that say something.
func (p pen) sets() []set {
	var all []set
	for _, it := range p.template.Items {
		if s, ok := p.set(it); ok {
			all = append(all, s)
		}
	}
	return all
}

// stack puts the items under each other, at a share of their size.
func (p pen) stack(sets []set, k float64) (height float64) {
	for i := range sets {
		s := &sets[i]
		if len(s.paragraphs) > 0 {
			p.letter(s, k)
		}
		if i > 0 {
			height += s.Gap * short * k
		}
		s.y = height
		height += s.h
	}
	return height
}

// set prepares one item. One that says nothing is left out.
func (p pen) set(it item) (set, bool) {
	if it.Needs != "" && clean(p.template.text(p.title, it.Needs)) == "" {
		return set{}, false
	}
	s := set{item: it}
	if it.Text == "" && it.Say == "" {
		s.w, s.h = it.Rule[0]*short, it.Rule[1]*short
		return s, true
	}
	text := it.Say
	if it.Text != "" {
		text = p.template.text(p.title, it.Text)
	}
	if text = clean(text); text == "" {
		return set{}, false
	}
	if it.Upper {
		text = cases.Upper(language.Und).String(text) // "ß" too, which has two capitals
	}
	style := typeface.Style{Families: families(p.theme.fonts(it.Font), text), Weight: cmp.Or(it.Weight, 400), Italic: it.Italic}
	s.setter = setter{p.ruler, style, it.Spacing}
	s.paragraphs = s.setter.paragraphs(text)
	return s, true
}

// letter breaks the text of an item into lines: with smaller letters before
// there are more lines than there should be, or words have to be torn.
func (p pen) letter(s *set, k float64) {
	most, lines := p.lineWidth(s.item), cmp.Or(s.Lines, 2)
	for shrunk := 1.0; ; shrunk *= 0.95 {
		var torn bool
		s.size = s.Size * short * k * shrunk
		s.broken, torn = s.wrap(s.paragraphs, most/s.size)
		if len(s.broken) <= lines && !torn || shrunk < leastItem {
			break
		}
	}
	s.h = float64(len(s.broken)) * s.leading() * s.size
	if s.Panel != nil {
		s.h += 2 * s.Panel.Pad[1] * short
	}
}

func (s set) leading() float64 {
	if s.Leading == 0 {
		return 1.22
	}
	return s.Leading
}

// lineWidth is what a line may have at most.
func (p pen) lineWidth(it item) float64 {
	room := p.w - 2*p.template.Margin[0]*short
	for _, panel := range []*panel{p.template.Panel, it.Panel} {
		if panel == nil {
			continue
		}
		if !panel.Wide {
			room -= 2 * panel.Pad[0] * short
		}
		if panel.Bar != nil && panel.Bar.Edge == "left" {
			room -= (panel.Bar.Size + panel.Bar.Gap + panel.Bar.Inset) * short
		}
	}
	return min(p.template.Width*short, room)
}

// cropped takes lines off the end of a pile that is still too high, from the
// item that has most of them.
func cropped(sets []set, over float64) []set {
	for over > 0 {
		longest := -1
		for i, s := range sets {
			if len(s.broken) > 1 && (longest < 0 || len(s.broken) > len(sets[longest].broken)) {
				longest = i
			}
		}
		if longest < 0 {
			break
		}
		s := &sets[longest]
		pitch := s.leading() * s.size
		s.broken, s.dots = s.broken[:len(s.broken)-1], true
		s.h -= pitch
		over -= pitch
		for i := longest + 1; i < len(sets); i++ {
			sets[i].y -= pitch
		}
	}
	return sets
}

// dotted ends a line with an ellipsis, in place of as many letters as it needs.
func (s set) dotted(l line) line {
	var text []rune
	for _, r := range l.runs {
		text = append(text, []rune(r.Text)...)
	}
	for {
		if short := s.line(string(text)+"…", l.rtl); short.width <= l.width || len(text) == 0 {
			return short
		}
		text = text[:len(text)-1]
	}
}
