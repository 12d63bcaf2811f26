package editui

import (
	"strings"

	"fyne.io/fyne/v2"
)

// fitted is the text as far as it fits into a width, with an ellipsis where
// some of it does not.
func fitted(text string, width, size float32) string {
	fits := func(s string) bool { return fyne.MeasureText(s, size, fyne.TextStyle{}).Width <= width }
	if fits(text) {
		return text
	}
	letters := []rune(text)
	for n := len(letters) - 1; n > 0; n-- {
		if s := string(letters[:n]) + "…"; fits(s) {
			return s
		}
	}
	return ""
}

// twoLines parts a text at a blank where it does not fit into one line of a
// width; what does not fit then is cut off.
func twoLines(text string, width, size float32) (first, rest string) {
	if first = fitted(text, width, size); first == text {
		return first, ""
	}
	words := strings.Fields(text)
	for n := len(words) - 1; n > 0; n-- {
		if line := strings.Join(words[:n], " "); fitted(line, width, size) == line {
			return line, fitted(strings.Join(words[n:], " "), width, size)
		}
	}
	return first, ""
}
