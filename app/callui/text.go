package callui

import "parley/call"

// Text is a sentence to be shown. Key is the English text, which is what
// translations are found by, with places for With in the form {{.Name}}.
type Text struct {
	Key  string
	With map[string]any
}

// IsZero tells that there is nothing to say.
func (t Text) IsZero() bool { return t.Key == "" }

func say(key string) Text { return Text{Key: key} }

func sayOf(key, name string, value any) Text {
	return Text{Key: key, With: map[string]any{name: value}}
}

// themPlace stands for the other side's name in a sentence of package call.
const themPlace = "{{.Them}}"

// Reasons are all the ways in which a call ends, for translators' tests.
var Reasons = []call.Reason{
	call.HungUp, call.Declined, call.Busy, call.NoAnswer, call.Cancelled,
	call.Unreachable, call.Lost, call.NoPath, call.Broken,
}

// whyEnded is the sentence of an ended call. Package call has the words; with
// the name replaced by its place they are the key of the translation.
func whyEnded(e call.Event) Text {
	if e.Them == "" {
		return say(e.SentenceOf(""))
	}
	return sayOf(e.SentenceOf(themPlace), "Them", e.Them)
}
