package editor

import (
	"html"
	"regexp"
	"strings"
	"unicode"
)

// Marks that are taken off the text of a cue.
var (
	voiceTag  = regexp.MustCompile(`<v(?:\.[^ \t>]*)?[ \t]+([^>]*)>`)   // WebVTT: who speaks
	cueTag    = regexp.MustCompile(`</?[A-Za-z][^<>]*>|<[0-9:.]+>|</>`) // <i>, <font color=red>, <00:01.000>
	cueStyles = regexp.MustCompile(`\{\\[^{}]*\}|\{[yY]:[bius]\}`)      // {\an8}, as players of SRT understand
	manyLines = regexp.MustCompile(`[ \t]*\n[ \t\n]*`)                  // line ends and what is around them
	joined    = regexp.MustCompile(`([<{\\&]|--)\x{2060}`)              // what escapeSRT made
)

// plainCue is the text of a cue without marks, as Cue has it.
func plainCue(text string, webVTT bool) string {
	text = voiceTag.ReplaceAllString(text, "$1: ")
	text = cueTag.ReplaceAllString(text, "")
	if webVTT {
		text = html.UnescapeString(text)
	} else {
		text = joined.ReplaceAllString(cueStyles.ReplaceAllString(text, ""), "$1")
	}
	text = strings.Map(printable, strings.ToValidUTF8(text, "\uFFFD"))
	text = strings.Trim(manyLines.ReplaceAllString(text, "\n"), " \t\n")
	if len(text) > maxFieldText {
		text = strings.TrimRight(strings.ToValidUTF8(text[:maxFieldText], ""), " \t\n")
	}
	return text
}

// printable drops control characters, of which only line ends are kept.
func printable(r rune) rune {
	switch {
	case r == '\n' || r == '\t':
		return r
	case r == '\u2028' || r == '\u2029' || r == '\u0085':
		return '\n'
	case unicode.IsControl(r) || r == '\uFEFF':
		return -1
	}
	return r
}
