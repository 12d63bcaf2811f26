package title

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"parley/editor"
	"parley/editor/title/typeface"
)

// element is one thing that is drawn: a line of text, or a shape.
type element struct {
	rect           // what it covers
	align  int     // of its position, as on the number keys; 7: top left
	px, py float64 // its position
	text   string  // codes and letters, all but the position
	lead   float64 // the edge from which it is uncovered: 0 left, 0.5 the middle, 1 right
	show   show

	box     rect   // of a shape, or of the letters themselves
	color   string // of it; "" for a rim
	opacity float64
}

type rect struct{ x, y, w, h float64 }

// grown is the rectangle with a rim, or without one.
func (r rect) grown(by float64) rect { return rect{r.x - by, r.y - by, r.w + 2*by, r.h + 2*by} }

// draw puts a title on the frame: what is behind comes first. A title that
// says nothing draws nothing. from and to are when it stands, in seconds.
func (p pen) draw(from, to float64) []element {
	sets := p.pile()
	if !slices.ContainsFunc(sets, func(s set) bool { return len(s.lines) > 0 && s.Text != "" }) {
		return nil
	}
	d := drawing{pen: p, from: from, to: to}
	if p.template.Mirror && rightToLeft(sets) {
		d.mirror()
	}
	inner, outer := d.place(sets)
	if p.template.Panel != nil {
		d.panel(*p.template.Panel, outer)
	}
	for _, s := range sets {
		d.item(s, inner)
	}
	return d.elements
}

func rightToLeft(sets []set) bool {
	for _, s := range sets {
		if len(s.lines) > 0 && s.Text != "" {
			return s.lines[0].rtl
		}
	}
	return false
}

// drawing is a title that is being drawn.
type drawing struct {
	pen
	from, to float64
	flipped  bool // left is right
	elements []element
}

func (d *drawing) mirror() {
	d.flipped = true
	other := map[string]string{"left": "right", "right": "left"}
	swap := func(s *string) {
		if o := other[*s]; o != "" {
			*s = o
		}
	}
	swap(&d.template.Anchor[0])
	swap(&d.template.Align)
}

// align is where lines begin: 0 at the left, 1 at the right.
func (d *drawing) align() float64 {
	edge := d.template.Align
	if edge == "" {
		edge = d.template.Anchor[0]
	}
	return shares[edge]
}

var shares = map[string]float64{"left": 0, "center": 0.5, "right": 1, "top": 0, "middle": 0.5, "bottom": 1}

// place says where the pile is, and where its panel.
func (d *drawing) place(sets []set) (inner, outer rect) {
	for _, s := range sets {
		inner.w, inner.h = max(inner.w, s.w), s.y+s.h
	}
	var left, right, pad float64
	if panel := d.template.Panel; panel != nil {
		left, right, pad = panel.Pad[0]*short, panel.Pad[0]*short, panel.Pad[1]*short
		if b := panel.Bar; b != nil && b.Edge == "left" {
			left += (b.Size + b.Gap + b.Inset) * short
		}
	}
	if d.flipped {
		left, right = right, left
	}
	outer = rect{w: inner.w + left + right, h: inner.h + 2*pad}
	mx, my := d.template.Margin[0]*short, d.template.Margin[1]*short
	outer.x = mx + shares[d.template.Anchor[0]]*(d.w-2*mx-outer.w)
	outer.y = my + shares[d.template.Anchor[1]]*(d.h-2*my-outer.h)
	if d.template.Panel != nil && d.template.Panel.Wide {
		inner.x = mx + shares[d.template.Anchor[0]]*(d.w-2*mx-inner.w)
		outer.x, outer.w = 0, d.w
	} else {
		inner.x = outer.x + left
	}
	inner.y = outer.y + pad
	return inner, outer
}

// item draws an item of the pile.
func (d *drawing) item(s set, pile rect) {
	w := s.w
	if w == 0 {
		w = pile.w
	}
	at := rect{pile.x + d.align()*(pile.w-w), pile.y + s.y, w, s.h}
	how := d.shown(s.Enter, s.Leave)
	if len(s.lines) == 0 {
		d.shape(at, s.Radius*short, d.ink(s.item), opaque(s.Opacity), 0, how)
		return
	}
	if s.Panel != nil {
		d.behind(*s.Panel, at, how)
		at = rect{at.x + s.Panel.Pad[0]*short, at.y + s.Panel.Pad[1]*short, at.w - 2*s.Panel.Pad[0]*short, at.h - 2*s.Panel.Pad[1]*short}
	}
	pitch := s.leading() * s.size
	for i, l := range s.lines {
		d.line(s, l, rect{at.x, at.y + float64(i)*pitch, at.w, pitch}, how)
	}
}

func (d *drawing) ink(it item) string {
	otherwise := "ink"
	if it.Text == "" && it.Say == "" {
		otherwise = "accent"
	}
	return d.theme.color(it.Color, otherwise)
}

// shown is when something is there, and how it comes and goes: as the title
// does unless it has ways of its own.
func (d *drawing) shown(enter, leave *motion) show {
	s := show{from: d.from, to: d.to, enter: d.template.Enter, leave: d.template.Leave}
	if enter != nil {
		s.enter = *enter
	}
	if leave != nil {
		s.leave = *leave
	}
	return s.fitted()
}

// panel draws what is behind all of the pile.
func (d *drawing) panel(p panel, at rect) { d.behind(p, at, d.shown(p.Enter, p.Leave)) }

func (d *drawing) behind(p panel, at rect, how show) {
	if p.Enter != nil || p.Leave != nil {
		how = d.shown(p.Enter, p.Leave)
	}
	if p.Color != "" {
		d.shape(at, p.Radius*short, d.theme.color(p.Color, ""), opaque(p.Opacity), p.Soft*short, how)
	}
	if p.Bar != nil {
		d.shape(d.barAt(*p.Bar, at), p.Bar.Size*short/2*rounded(p.Radius), d.theme.color(p.Bar.Color, "accent"), 1, 0, how)
		d.elements[len(d.elements)-1].rect = at // it is uncovered together with the panel
	}
}

// rounded says whether a bar's ends are: as the panel is.
func rounded(radius float64) float64 {
	if radius > 0 {
		return 1
	}
	return 0
}

func (d *drawing) barAt(b bar, at rect) rect {
	size, inset := b.Size*short, b.Inset*short
	in := at.grown(-inset)
	switch {
	case b.Edge == "top":
		return rect{in.x, in.y, in.w, size}
	case b.Edge == "bottom":
		return rect{in.x, in.y + in.h - size, in.w, size}
	case d.flipped:
		return rect{in.x + in.w - size, in.y, size, in.h}
	}
	return rect{in.x, in.y, size, in.h}
}

// opaque is an opacity that 0 stands for all of.
func opaque(o float64) float64 {
	if o == 0 {
		return 1
	}
	return o
}

// line draws a line of text into its place.
func (d *drawing) line(s set, l line, at rect, how show) {
	if len(l.runs) == 0 {
		return
	}
	ascent := 0.0
	for _, r := range l.runs {
		ascent = max(ascent, r.Ascent)
	}
	side := d.align()
	e := element{rect: at, align: 7 + int(2*side), px: at.x + side*at.w, lead: side, show: how}
	// Capitals are as far from the upper as from the lower edge.
	e.py = at.y + at.h/2 + 0.36*s.size - ascent*s.size
	letters := s.letters(l)
	if s.Shadow != nil {
		rim := e
		rim.text = fmt.Sprintf(`\1c%s\3c%[1]s\1a%s\3a%[2]s\bord%s\blur%s`, drawn(d.theme.color(s.Shadow.Color, "#000000")), alpha(opaque(s.Shadow.Opacity)),
			short2(s.Shadow.Size*short/4), short2(s.Shadow.Size*short*0.6)) + "}" + letters
		d.elements = append(d.elements, rim)
	}
	e.color, e.opacity = d.ink(s.item), opaque(s.Opacity)
	long := l.width * s.size
	e.box = rect{at.x + side*(at.w-long), at.y + at.h/2 - 0.36*s.size, long, 0.72 * s.size}
	e.text = `\1c` + drawn(e.color) + `\1a` + alpha(e.opacity) + "}" + letters
	d.elements = append(d.elements, e)
}

// letters are the runs of a line, each in its font.
func (s set) letters(l line) string {
	var text strings.Builder
	for _, r := range l.runs {
		text.WriteString(run(r, s.size, s.spacing))
	}
	return text.String()
}

// run is a run in letters of a size.
func run(r typeface.Run, size, spacing float64) string {
	codes := fmt.Sprintf(`{\b%d\i%d\fs%s\fsp%s`, r.Weight, bit(r.Italic), short2(r.Height*size), short2(spaced(r, spacing)*size))
	if r.Family != "" {
		codes += `\fn` + r.Family
	}
	return codes + "}" + escape(r.Text)
}

func spaced(r typeface.Run, spacing float64) float64 {
	if r.Joined {
		return 0
	}
	return spacing
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// shape draws a rectangle with round corners and, if it is to be so, a soft
// edge.
func (d *drawing) shape(at rect, radius float64, color string, opacity, soft float64, how show) {
	codes := `\1c` + drawn(color) + `\1a` + alpha(opacity)
	if soft > 0 {
		codes += `\blur` + short2(soft/2)
	}
	d.elements = append(d.elements, element{
		rect: at.grown(soft), align: 7, px: at.x, py: at.y, lead: d.align(), show: how,
		text: codes + `\p4}` + path(at.w, at.h, min(radius, at.w/2, at.h/2)),
		box:  at, color: color, opacity: opacity,
	})
}

// path is a rectangle in eighths of a unit, as \p4 has it.
func path(w, h, r float64) string {
	if r <= 0 {
		return points("m", 0, 0, "l", w, 0, w, h, 0, h)
	}
	k := r * 0.4477 // where a curve's handles lie so that it is nearly a circle
	return points("m", r, 0, "l", w-r, 0, "b", w-k, 0, w, k, w, r, "l", w, h-r, "b", w, h-k, w-k, h, w-r, h,
		"l", r, h, "b", k, h, 0, h-k, 0, h-r, "l", 0, r, "b", 0, k, k, 0, r, 0)
}

// points writes the verbs and places of a path.
func points(parts ...any) string {
	words := make([]string, len(parts))
	for i, p := range parts {
		switch p := p.(type) {
		case float64:
			words[i] = strconv.Itoa(int(math.Round(p * 8)))
		default:
			words[i] = fmt.Sprint(p)
		}
	}
	return strings.Join(words, " ")
}

// drawn is a colour as a script has it.
func drawn(color string) string {
	r, g, b := editor.DrawnColor(rgb(color))
	return fmt.Sprintf("&H%02X%02X%02X&", b, g, r)
}

// alpha is how much shows through, as a script has it.
func alpha(opacity float64) string { return fmt.Sprintf("&H%02X&", int(255*(1-opacity)+0.5)) }
