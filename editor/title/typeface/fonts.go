package typeface

import (
	"fmt"
	"io"
	"log"
	"strings"
	"sync"
	"unicode"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/fontscan"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
)

// Fonts are the fonts of the system. They are looked for when they are needed
// first, and are safe for concurrent use.
type Fonts struct {
	cache string
	open  func() error

	mu     sync.Mutex
	fonts  *fontscan.FontMap
	faces  map[*font.Font]face
	runs   map[string][]Run
	shaper shaping.HarfbuzzShaper
	split  shaping.Segmenter
}

// maxRuns bounds what is remembered of measured texts.
const maxRuns = 4096

// New makes Fonts that keep an index of the system's fonts in a folder, which
// is made when it is needed.
func New(cache string) *Fonts {
	f := &Fonts{cache: cache, faces: map[*font.Font]face{}, runs: map[string][]Run{}}
	f.open = sync.OnceValue(func() error {
		f.fonts = fontscan.NewFontMap(log.New(io.Discard, "", 0))
		if err := f.fonts.UseSystemFonts(f.cache); err != nil {
			return fmt.Errorf("no font was found, so that titles are set without measure; install some: %w", err)
		}
		return nil
	})
	return f
}

// Runs parts a line into runs, each in the font that has its letters, and
// measures them. Where there is no font at all the text is one run of a width
// that is guessed.
func (f *Fonts) Runs(line string, s Style) []Run {
	if line == "" {
		return nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.open() != nil {
		return []Run{guessed(line, s)}
	}
	key := fmt.Sprintf("%q %d %t %s", s.Families, s.Weight, s.Italic, line)
	if runs, ok := f.runs[key]; ok {
		return runs
	}
	if len(f.runs) >= maxRuns {
		clear(f.runs)
	}
	runs := f.measure([]rune(line), s)
	f.runs[key] = runs
	return runs
}

// unit is the size at which letters are shaped: enough for rounding not to
// matter.
const unit = 1000

func (f *Fonts) measure(line []rune, s Style) []Run {
	f.fonts.SetQuery(fontscan.Query{Families: s.Families, Aspect: aspect(s)})
	var runs []Run
	for _, in := range f.split.Split(shaping.Input{
		Text: line, RunEnd: len(line), Direction: direction(string(line)), Size: fixed.I(unit), Language: language.NewLanguage("und"),
	}, f.fonts) {
		out := f.shaper.Shape(in)
		text := string(line[in.RunStart:in.RunEnd])
		face := f.face(in.Face)
		runs = append(runs, Run{
			Text: text, Family: face.family, Weight: face.weight, Italic: face.italic,
			Advance: abs(float64(out.Advance) / 64 / unit), Height: face.height, Ascent: face.ascent, Joined: joined(text),
		})
	}
	if !whole(runs, string(line)) { // what is no single paragraph
		return []Run{guessed(string(line), s)}
	}
	return runs
}

// whole says whether the runs are the text, in its order.
func whole(runs []Run, text string) bool {
	for _, r := range runs {
		rest, ok := strings.CutPrefix(text, r.Text)
		if !ok {
			return false
		}
		text = rest
	}
	return text == ""
}

func aspect(s Style) font.Aspect {
	a := font.Aspect{Style: font.StyleNormal, Weight: font.Weight(s.Weight), Stretch: font.StretchNormal}
	if s.Italic {
		a.Style = font.StyleItalic
	}
	return a
}

func direction(text string) di.Direction {
	if RightToLeft(text) {
		return di.DirectionRTL
	}
	return di.DirectionLTR
}

// joined says whether a text is in a script whose letters must not be moved
// apart.
func joined(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool {
		return unicode.IsLetter(r) && !unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
	})
}

// guessed is a text of which only the number of letters is known.
func guessed(line string, s Style) Run {
	sum := 0.0
	for _, r := range line {
		if wide(r) {
			sum++
		} else {
			sum += 0.6
		}
	}
	family := ""
	if len(s.Families) > 0 {
		family = s.Families[0]
	}
	return Run{Text: line, Family: family, Weight: s.Weight, Italic: s.Italic, Advance: sum, Height: 1.2, Ascent: 0.95, Joined: joined(line)}
}

func wide(r rune) bool { return r >= 0x2E80 && r <= 0xFFE6 && r != 0xFEFF || r >= 0x1F000 }

func abs(v float64) float64 { return max(v, -v) }
