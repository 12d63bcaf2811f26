package title

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// script is an ASS file that is being written.
type script struct {
	canvas
	lines strings.Builder
}

const header = `[Script Info]
ScriptType: v4.00+
PlayResX: %d
PlayResY: %d
WrapStyle: 2
ScaledBorderAndShadow: yes
Kerning: yes
YCbCr Matrix: None

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, OutlineColour, BackColour, Bold, Italic, BorderStyle, Outline, Shadow, Alignment, Encoding
Style: T,sans-serif,40,&H00FFFFFF,&H00000000,&H00000000,0,0,1,0,0,7,-1

[Events]
Format: Layer, Start, End, Style, Text
`

func (s *script) String() string {
	return fmt.Sprintf(header, int(math.Round(s.w)), int(math.Round(s.h))) + s.lines.String()
}

// element writes an event for each time during which the element is steady. A
// position that moves goes straight on within an event.
func (s *script) element(layer int, e element) {
	cuts := e.show.cuts()
	for i := range len(cuts) - 1 {
		from, to := max(0, cuts[i]), cuts[i+1]
		start, end := hundredths(from), hundredths(to)
		if end <= start {
			continue
		}
		a, b := e.show.at(from), e.show.at(to)
		if i+2 == len(cuts) && e.show.leave.Time == 0 {
			b = a // it goes at once, not before
		}
		if invisible(a) && invisible(b) {
			continue
		}
		codes := e.position(a, b) + e.cover(a, b, int(10*(end-start))) + fading(a, b, int(10*(end-start)))
		fmt.Fprintf(&s.lines, "Dialogue: %d,%s,%s,T,{\\an%d%s%s\n", layer, clock(start), clock(end), e.align, codes, e.text)
	}
}

func invisible(s state) bool { return s.opacity < 0.004 || s.wide < 0.001 || s.high < 0.001 }

func (e element) position(a, b state) string {
	x := func(s state) string { return short2(e.px + e.side()*s.dx*short) }
	y := func(s state) string { return short2(e.py + s.dy*short) }
	if x(a) == x(b) && y(a) == y(b) {
		return `\pos(` + x(a) + "," + y(a) + ")"
	}
	return `\move(` + x(a) + "," + y(a) + "," + x(b) + "," + y(b) + ")"
}

// side is 1 where a slide comes from the left and -1 where it comes from the
// right.
func (e element) side() float64 {
	if e.lead == 1 {
		return -1
	}
	return 1
}

// cover hides what is not uncovered yet.
func (e element) cover(a, b state, ms int) string {
	if a.wide == 1 && a.high == 1 && b.wide == 1 && b.high == 1 {
		return ""
	}
	window := func(s state) string {
		r := e.grown(0.02 * short) // letters stick out of their line
		w, h := r.w*s.wide, r.h*s.high
		x, y := r.x+e.lead*(r.w-w), r.y+r.h-h
		return fmt.Sprintf(`\clip(%s,%s,%s,%s)`, short2(x), short2(y), short2(x+w), short2(y+h))
	}
	if window(a) == window(b) {
		return window(a)
	}
	return window(a) + fmt.Sprintf(`\t(0,%d,%s)`, ms, window(b))
}

func fading(a, b state, ms int) string {
	if a.opacity == 1 && b.opacity == 1 {
		return ""
	}
	x, y := int(255*(1-a.opacity)+0.5), int(255*(1-b.opacity)+0.5)
	return fmt.Sprintf(`\fade(%d,%d,%d,0,%d,%d,%d)`, x, y, y, ms, ms, ms)
}

// hundredths is the last hundredth of a second at or before a time. A script
// knows no finer one; frames are further apart, so each finds its events.
func hundredths(t float64) int64 { return int64(math.Floor(t*100 + 1e-6)) }

func clock(h int64) string {
	return fmt.Sprintf("%d:%02d:%02d.%02d", h/360000, h/6000%60, h/100%60, h%100)
}

// short2 is a number with at most two decimals.
func short2(v float64) string {
	return strconv.FormatFloat(math.Round(v*100)/100, 'f', -1, 64)
}
