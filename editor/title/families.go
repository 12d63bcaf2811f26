package title

import (
	"slices"
	"unicode"
)

// others are the fonts that are tried where a theme's have not got a letter,
// before whatever else there is.
var others = []string{"Inter", "Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Thai", "Noto Sans Devanagari"}

// families are the fonts to set a text in: those that are named first. The same Chinese character is
// written differently in Japan and Korea; kana and hangul tell.
func families(named []string, text string) []string {
	han := []string{"SC", "TC", "JP", "KR"}
	for _, r := range text {
		if unicode.In(r, unicode.Hiragana, unicode.Katakana) {
			han = []string{"JP", "SC", "TC", "KR"}
		} else if unicode.Is(unicode.Hangul, r) {
			han = []string{"KR", "SC", "TC", "JP"}
		}
	}
	all := slices.Concat(named, others)
	for _, country := range han {
		all = append(all, "Noto Sans CJK "+country)
	}
	return append(all, "WenQuanYi Micro Hei", "Droid Sans Fallback", "DejaVu Sans")
}
