package editui

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text is a sentence to be shown. Key is the English text, which is what
// translations are found by, with places for With in the form {{.Name}}.
type Text struct {
	Key  string
	With map[string]any
}

// IsZero tells that there is nothing to say.
func (t Text) IsZero() bool { return t.Key == "" }

// verbatimKey marks a text that is shown as it is: a file's name, a number, an
// error's sentence. It must not become a key, for keys are templates.
const verbatimKey = "{{.Text}}"

func say(key string) Text { return Text{Key: key} }

func sayOf(key, name string, value any) Text {
	return Text{Key: key, With: map[string]any{name: value}}
}

func verbatim(text string) Text { return sayOf(verbatimKey, "Text", text) }

// refusal is an error that is said in the person's language. Its text is as
// errors are: without a capital at its beginning and a full stop at its end.
type refusal struct{ text Text }

func refuse(t Text) error { return &refusal{t} }

// Error is the text in English.
func (r *refusal) Error() string { return r.text.String() }

// wording is what an error says.
func wording(err error) string {
	if r, ok := any(err).(*refusal); ok { // itself: one that is wrapped is part of a sentence
		return tr(r.text)
	}
	return err.Error()
}

// sayError shows an error, whose sentence names the next step already.
func sayError(err error) Text { return verbatim(sentence(wording(err))) }

// sayErrorOf shows an error that concerns files: it names them without their
// folders, and leaves out that looking into them was what failed.
func sayErrorOf(err error, paths ...string) Text {
	slices.SortFunc(paths, func(a, b string) int { return len(b) - len(a) }) // a folder after what lies in it
	text, named := strings.TrimPrefix(wording(err), "probe "), false
	for _, path := range paths {
		if path != "" {
			named = named || strings.HasPrefix(text, path)
			text = strings.ReplaceAll(text, path, filepath.Base(path))
		}
	}
	if named { // a name is written as it is
		return verbatim(stopped(text))
	}
	return verbatim(sentence(text))
}

// sentence begins with a capital and ends with a full stop.
func sentence(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return text
	}
	return stopped(string(unicode.ToUpper(first)) + text[size:])
}

func stopped(text string) string {
	if strings.HasSuffix(text, ".") || strings.HasSuffix(text, "!") || strings.HasSuffix(text, "?") {
		return text
	}
	return text + "."
}

// String is the text in English.
func (t Text) String() string {
	text := t.Key
	for name, value := range t.With {
		text = strings.ReplaceAll(text, "{{."+name+"}}", fmt.Sprint(value))
	}
	return text
}
