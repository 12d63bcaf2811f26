package title

import (
	"math"
	"strings"
	"unicode"

	"github.com/go-text/typesetting/segmenter"

	"parley/editor/title/typeface"
)

// ruler measures text; typeface.Fonts does.
type ruler interface {
	Runs(line string, s typeface.Style) []typeface.Run
}

// line is one line of a text that has been broken, with lengths in em.
type line struct {
	runs  []typeface.Run
	width float64
	rtl   bool // is part of a paragraph that is read from right to left
}

// setter breaks texts into lines in one style.
type setter struct {
	ruler   ruler
	style   typeface.Style
	spacing float64 // between letters, in em
}

// piece is what must stay in one line, with the white space behind it.
type piece struct {
	text  string
	width float64 // of all of it
	bare  float64 // without the white space
}

// line measures a line as it will be set.
func (s setter) line(text string, rtl bool) line {
	text = strings.TrimSpace(text)
	if text != "" && rtl != typeface.RightToLeft(text) {
		mark := "\u200e" // the first letter must not turn the line round
		if rtl {
			mark = "\u200f"
		}
		text = mark + text
	}
	l := line{runs: s.ruler.Runs(text, s.style), rtl: rtl}
	for _, r := range l.runs {
		l.width += r.Advance + s.spaces(r)
	}
	return l
}

// spaces is what the spacing adds to a run.
func (s setter) spaces(r typeface.Run) float64 {
	if r.Joined {
		return 0
	}
	return s.spacing * float64(len([]rune(r.Text)))
}

func (s setter) width(text string) float64 {
	sum := 0.0
	for _, r := range s.ruler.Runs(text, s.style) {
		sum += r.Advance + s.spaces(r)
	}
	return sum
}

// pieces parts a paragraph where lines may be broken in its languages (UAX
// #14). One that is wider than a line is parted between letters.
func (s setter) pieces(paragraph string, most float64) (all []piece, torn bool) {
	var seg segmenter.Segmenter
	seg.Init([]rune(paragraph))
	for it := seg.LineIterator(); it.Next(); {
		l := it.Line()
		p := s.piece(string(l.Text))
		if p.bare <= most {
			all = append(all, p)
			continue
		}
		all, torn = append(all, s.letters(l.Text, most)...), true
	}
	return all, torn
}

func (s setter) piece(text string) piece {
	return piece{text: text, width: s.width(text), bare: s.width(strings.TrimRightFunc(text, unicode.IsSpace))}
}

// letters parts what is too wide for a line into parts that are not, and of
// nearly the same width.
func (s setter) letters(word []rune, most float64) []piece {
	whole := s.width(string(word))
	most = min(most, whole/math.Ceil(whole/most)*1.05)
	var seg segmenter.Segmenter
	seg.Init(word)
	var all []piece
	var part string
	for it := seg.GraphemeIterator(); it.Next(); {
		g := string(it.Grapheme().Text)
		if part != "" && s.width(part+g) > most {
			all, part = append(all, s.piece(part)), ""
		}
		part += g
	}
	return append(all, s.piece(part))
}

// fill puts pieces into lines that are at most so wide.
func fill(pieces []piece, most float64) []string {
	var lines []string
	text, width := "", 0.0
	for _, p := range pieces {
		if text != "" && width+p.bare > most {
			lines, text, width = append(lines, text), "", 0
		}
		text, width = text+p.text, width+p.width
	}
	return append(lines, text)
}

// slackWidth is how far a line may go beyond what its pieces were measured as.
const slackWidth = 0.995

// wrap breaks a text into lines that are at most so wide, and of nearly the
// same width: of all ways that need no more lines, the narrowest. torn says whether a word
// had to be parted.
func (s setter) wrap(text string, most float64) (all []line, torn bool) {
	most *= slackWidth
	for _, paragraph := range strings.Split(text, "\n") {
		paragraph = strings.TrimSpace(paragraph)
		if paragraph == "" {
			all = append(all, line{})
			continue
		}
		rtl := typeface.RightToLeft(paragraph)
		pieces, tears := s.pieces(paragraph, most)
		torn = torn || tears
		for _, l := range balanced(pieces, most) {
			all = append(all, s.line(l, rtl))
		}
	}
	return all, torn
}

func balanced(pieces []piece, most float64) []string {
	lines := fill(pieces, most)
	if len(lines) == 1 {
		return lines
	}
	narrow, wide := most/float64(len(lines)+1), most
	for range 12 {
		middle := (narrow + wide) / 2
		if tried := fill(pieces, middle); len(tried) == len(lines) && fits(pieces, middle) {
			lines, wide = tried, middle
		} else {
			narrow = middle
		}
	}
	return lines
}

func fits(pieces []piece, most float64) bool {
	for _, p := range pieces {
		if p.bare > most {
			return false
		}
	}
	return true
}

// widest is how far the widest line goes.
func widest(lines []line) float64 {
	most := 0.0
	for _, l := range lines {
		most = max(most, l.width)
	}
	return most
}
