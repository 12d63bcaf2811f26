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
	parts []piece // its letters; only of one that may be too wide for a line
}

// longWord is how many bytes a piece has that may be too wide for a line.
const longWord = 8

// paragraph is a text between two line feeds, parted where lines may be broken.
type paragraph struct {
	pieces []piece
	rtl    bool
}

// broken is a line of a paragraph that has been broken but not measured yet.
type broken struct {
	text string
	rtl  bool
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

// paragraphs parts a text where lines may be broken in its languages (UAX #14).
func (s setter) paragraphs(text string) []paragraph {
	var all []paragraph
	for _, words := range strings.Split(text, "\n") {
		p := paragraph{rtl: typeface.RightToLeft(words)}
		var seg segmenter.Segmenter
		seg.Init([]rune(strings.TrimSpace(words)))
		for it := seg.LineIterator(); it.Next(); {
			p.pieces = append(p.pieces, s.piece(string(it.Line().Text)))
		}
		all = append(all, p)
	}
	return all
}

func (s setter) piece(text string) piece {
	p := piece{text: text, width: s.width(text)}
	p.bare = p.width
	if bare := strings.TrimRightFunc(text, unicode.IsSpace); bare != text {
		p.bare = s.width(bare)
	}
	if len(text) > longWord {
		p.parts = s.parts(text)
	}
	return p
}

// parts are the letters of a piece. Each is measured alone, which is no less
// than what it takes beside others.
func (s setter) parts(text string) []piece {
	var all []piece
	var seg segmenter.Segmenter
	seg.Init([]rune(text))
	for it := seg.GraphemeIterator(); it.Next(); {
		letter := piece{text: string(it.Grapheme().Text)}
		letter.width = s.width(letter.text)
		letter.bare = letter.width
		all = append(all, letter)
	}
	return all
}

// torn parts pieces that are too wide for a line between their letters.
func (s setter) torn(pieces []piece, most float64) (all []piece, torn bool) {
	for _, p := range pieces {
		if p.bare <= most || len(p.parts) < 2 {
			all = append(all, p)
			continue
		}
		all, torn = append(all, s.letters(p, most)...), true
	}
	return all, torn
}

// letters parts a piece into parts of nearly the same width.
func (s setter) letters(word piece, most float64) []piece {
	most = min(most, word.width/math.Ceil(word.width/most)*1.05)
	var all []piece
	from, width := 0, 0.0
	end := func(to int) {
		var text strings.Builder
		for _, l := range word.parts[from:to] {
			text.WriteString(l.text)
		}
		all, from = append(all, piece{text: text.String(), width: width, bare: width}), to
	}
	for i, l := range word.parts {
		if i > from && width+l.width > most {
			end(i)
			width = 0
		}
		width += l.width
	}
	end(len(word.parts))
	return all
}

// fill puts pieces into lines that are at most so wide, and returns where each
// line ends.
func fill(pieces []piece, most float64) []int {
	var ends []int
	width := 0.0
	for i, p := range pieces {
		if width > 0 && width+p.bare > most {
			ends, width = append(ends, i), 0
		}
		width += p.width
	}
	return append(ends, len(pieces))
}

// slackWidth is how far a line may go beyond what its pieces were measured as.
const slackWidth = 0.995

// wrap breaks paragraphs into lines that are at most so wide, and of nearly
// the same width: of all ways that need no more lines, the narrowest. torn
// says whether a word had to be parted.
func (s setter) wrap(paragraphs []paragraph, most float64) (all []broken, torn bool) {
	most *= slackWidth
	for _, p := range paragraphs {
		pieces, tears := s.torn(p.pieces, most)
		torn = torn || tears
		from := 0
		for _, end := range balanced(pieces, most) {
			var text strings.Builder
			for _, piece := range pieces[from:end] {
				text.WriteString(piece.text)
			}
			all, from = append(all, broken{text.String(), p.rtl}), end
		}
	}
	return all, torn
}

func balanced(pieces []piece, most float64) []int {
	ends := fill(pieces, most)
	if len(ends) == 1 {
		return ends
	}
	widest := 0.0
	for _, p := range pieces {
		widest = max(widest, p.bare)
	}
	narrow, wide := max(widest, most/float64(len(ends)+1)), most
	for range 12 {
		middle := (narrow + wide) / 2
		if tried := fill(pieces, middle); len(tried) == len(ends) {
			ends, wide = tried, middle
		} else {
			narrow = middle
		}
	}
	return ends
}

// measured are lines as they will be set.
func (s setter) measured(lines []broken) []line {
	var all []line
	for _, b := range lines {
		all = append(all, s.line(b.text, b.rtl))
	}
	return all
}

// widest is how far the widest line goes.
func widest(lines []line) float64 {
	most := 0.0
	for _, l := range lines {
		most = max(most, l.width)
	}
	return most
}
