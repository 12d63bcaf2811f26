package title

import (
	"strings"
	"unicode"
)

// clean makes of what somebody has typed, or a file said, a text that can be
// set: lines parted by "\n", and nothing that is no letter, sign or space.
// Overrides of the direction go too; they would turn round what follows.
func clean(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\u0085", "\n", "\v", "\n", "\f", "\n", "\t", " ").Replace(text)
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case unicode.IsControl(r), r == unicode.ReplacementChar, r == 0xFEFF, r >= 0x202A && r <= 0x202E, r == 0xFFFC:
			return -1
		}
		return r
	}, text)
	lines := strings.Split(strings.TrimSpace(text), "\n")
	for i, l := range lines {
		lines[i] = strings.Join(strings.FieldsFunc(l, func(r rune) bool { return r == ' ' }), " ")
	}
	return strings.Join(lines, "\n")
}

// escape makes a text stand in a script as it is: braces are no codes, and a
// word joiner, which has no width, keeps a backslash from being one with what
// follows.
func escape(text string) string {
	return strings.NewReplacer("\\", "\\\u2060", "{", "\\{", "}", "\\}", "\n", " ", "\r", " ").Replace(text)
}
