package typeface

import "golang.org/x/text/unicode/bidi"

// RightToLeft says whether a paragraph is read from right to left: its first
// letter that has a direction has that one (rule P2 of UAX #9).
func RightToLeft(text string) bool {
	for _, r := range text {
		p, _ := bidi.LookupRune(r)
		switch p.Class() {
		case bidi.L:
			return false
		case bidi.R, bidi.AL:
			return true
		}
	}
	return false
}
