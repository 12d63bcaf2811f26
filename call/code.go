package call

import (
	"crypto/rand"
	"fmt"
	"slices"
	"strings"
)

// Code is what one person tells the other by voice to be called by: where they
// wait, and two words that let them in. It is written NUMBER-word-word, with
// @HOST behind it for a rendezvous that is not the caller's own.
type Code struct {
	Number string // the slot's name, which a rendezvous chose
	Words  [2]string
	Origin string // of the rendezvous; "": the one in the settings
}

// mostDigits bounds the number.
const mostDigits = 6

// NewCode draws the words of a code that has no number yet.
func NewCode() Code {
	var b [2]byte
	_, _ = rand.Read(b[:]) // it never fails, says crypto/rand
	return Code{Words: [2]string{Words[b[0]], Words[b[1]]}}
}

// ParseCode reads a code as a person types it, with hyphens or spaces. Any
// other text is ErrBadAddress (wrapped).
func ParseCode(text string) (Code, error) {
	spoken, host, elsewhere := strings.Cut(TrimScheme(text), "@")
	parts := strings.FieldsFunc(strings.ToLower(spoken), func(r rune) bool { return r == '-' || r == ' ' })
	if len(parts) != 3 || !IsCodeNumber(parts[0]) {
		return Code{}, fmt.Errorf("%w: a code is a number and two words, like 7-%s-%s", ErrBadAddress, Words[0], Words[255])
	}
	c := Code{Number: parts[0], Words: [2]string(parts[1:])}
	for _, w := range c.Words {
		if !slices.Contains(Words[:], w) {
			return Code{}, fmt.Errorf("%w: %q is no word of a code; ask how it is spelled", ErrBadAddress, w)
		}
	}
	if elsewhere {
		var err error
		if c.Origin, err = ParseOrigin(host); err != nil {
			return Code{}, err
		}
	}
	return c, nil
}

// LooksLikeCode tells a code, though it may be misspelled, from an address.
func LooksLikeCode(text string) bool {
	spoken, _, _ := strings.Cut(TrimScheme(text), "@")
	parts := strings.FieldsFunc(spoken, func(r rune) bool { return r == '-' || r == ' ' })
	return len(parts) == 3 && IsCodeNumber(parts[0]) && isLetters(parts[1]) && isLetters(parts[2])
}

// withoutWords is a code of which the words are left out.
func withoutWords(code string) string {
	spoken, host, elsewhere := strings.Cut(TrimScheme(code), "@")
	number, _, _ := strings.Cut(strings.ReplaceAll(spoken, " ", "-"), "-")
	if elsewhere {
		host = "@" + host
	}
	return number + "-…" + host
}

// IsCodeNumber tells whether a slot's name can be the number of a code.
func IsCodeNumber(s string) bool {
	return s != "" && len(s) <= mostDigits && strings.Trim(s, "0123456789") == ""
}

func isLetters(s string) bool {
	return s != "" && strings.Trim(strings.ToLower(s), "abcdefghijklmnopqrstuvwxyz") == ""
}

// Password is what both sides know of the code.
func (c Code) Password() string { return c.Words[0] + "-" + c.Words[1] }

// String is the code as it is spoken.
func (c Code) String() string {
	text := c.Number + "-" + c.Password()
	if c.Origin != "" {
		_, host, _ := strings.Cut(c.Origin, "://")
		text += "@" + host
	}
	return text
}
