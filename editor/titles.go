package editor

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Title is a text that stands on a clip's picture, or is all of it (TitleClip).
type Title struct {
	Template string            `json:"template"`         // the name of a title template
	Fields   map[string]string `json:"fields,omitempty"` // what is written, by the template's field names
	At       Time              `json:"at"`               // when it appears, counted as the clip's In is
	Length   Time              `json:"length,omitzero"`  // how long it stands, counted so too; 0: to the clip's end

	Extra Extra `json:"-"`
}

// Bounds of what a clip carries.
const (
	maxTitles    = 200
	maxMarkers   = 10000
	maxFieldText = 4000 // bytes
	maxFields    = 16
)

// Text is a field's text, trimmed.
func (t Title) Text(field string) string { return strings.TrimSpace(t.Fields[field]) }

// Shown is the part of a clip during which the title stands, counted as In is.
func (t Title) Shown(c Clip) (from, to Time) {
	in, out := c.bounds()
	from, to = t.At.Max(in), out
	if t.Length.Cmp(Time{}) > 0 {
		to = t.At.Add(t.Length).Min(out)
	}
	return from, to
}

func (t Title) check() error {
	switch {
	case !effectName(t.Template):
		return fmt.Errorf("%w: %q cannot be the name of a title template", ErrClip, t.Template)
	case t.Length.Cmp(Time{}) < 0 || t.Length.Cmp(maxTime) > 0 || t.At.Cmp(maxTime) > 0 || t.At.Cmp(Time{}.Sub(maxTime)) < 0:
		return fmt.Errorf("%w: a title at %s s for %s s is not possible", ErrClip, t.At, t.Length)
	case len(t.Fields) > maxFields:
		return fmt.Errorf("%w: a title with %d texts; %d are possible", ErrClip, len(t.Fields), maxFields)
	}
	for _, text := range t.Fields {
		if len(text) > maxFieldText || !utf8.ValidString(text) {
			return fmt.Errorf("%w: the text of a title is too long or no text; shorten it", ErrClip)
		}
	}
	return nil
}
