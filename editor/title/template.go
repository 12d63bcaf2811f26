package title

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"parley/editor"
)

// template is a title template as its file has it. Lengths are in fractions of
// the frame's shorter side, times in seconds.
type template struct {
	Name   string  `json:"name"`
	Label  string  `json:"label"`
	Group  string  `json:"group"`
	Order  float64 `json:"order"` // place in the menu, least first
	Card   bool    `json:"card"`
	Fields []field `json:"fields"`
	Ground *ground `json:"ground"` // of a card
	block
}

type field struct {
	Name    string           `json:"name"`
	Label   string           `json:"label"`
	Kind    editor.FieldKind `json:"kind"` // empty: one line
	Default string           `json:"default"`
	Choices []string         `json:"choices"`
}

// block is a pile of texts and rules, with what is behind it.
type block struct {
	Anchor [2]string  `json:"anchor"` // left, center or right; top, middle or bottom
	Margin [2]float64 `json:"margin"` // from the sides, and from top or bottom
	Width  float64    `json:"width"`  // that a line may have at most
	Align  string     `json:"align"`  // of lines; empty: as Anchor
	Mirror bool       `json:"mirror"` // is mirrored where its first text is read from right to left
	Panel  *panel     `json:"panel"`
	Items  []item     `json:"items"`
	Enter  motion     `json:"enter"`
	Leave  motion     `json:"leave"`
}

// item is one thing of the pile: a text, or a rule where Text and Say are
// empty.
type item struct {
	Text    string     `json:"text"`   // the field that is written
	Say     string     `json:"say"`    // what is written whatever is filled in
	Needs   string     `json:"needs"`  // a field without which the item is left out
	Font    string     `json:"font"`   // one of the theme's; empty: body
	Weight  int        `json:"weight"` // 100 to 900; 0: 400
	Italic  bool       `json:"italic"`
	Size    float64    `json:"size"`    // of letters (1 em)
	Lines   int        `json:"lines"`   // that it has before it shrinks; 0: 2
	Leading float64    `json:"leading"` // from line to line, in sizes; 0: 1.22
	Spacing float64    `json:"spacing"` // between letters, in sizes
	Upper   bool       `json:"upper"`   // in capitals
	Color   string     `json:"color"`   // one of the theme's, or "#rrggbb"; empty: ink
	Opacity float64    `json:"opacity"` // 0: 1
	Shadow  *shadow    `json:"shadow"`
	Panel   *panel     `json:"panel"` // behind this text alone
	Rule    [2]float64 `json:"rule"`  // width (0: the block's) and height
	Radius  float64    `json:"radius"`
	Gap     float64    `json:"gap"` // to what is above
	Enter   *motion    `json:"enter"`
	Leave   *motion    `json:"leave"`
}

// panel is a box behind texts.
type panel struct {
	Color   string     `json:"color"`   // empty: there is only the bar
	Opacity float64    `json:"opacity"` // 0: 1
	Pad     [2]float64 `json:"pad"`     // beside and above the texts
	Radius  float64    `json:"radius"`
	Soft    float64    `json:"soft"` // how far its edge fades
	Wide    bool       `json:"wide"` // goes over the whole width of the frame, and to its edge
	Bar     *bar       `json:"bar"`
	Enter   *motion    `json:"enter"`
	Leave   *motion    `json:"leave"`
}

// bar is a stroke along an edge of a panel.
type bar struct {
	Edge  string  `json:"edge"` // left, top or bottom; left is right where the block is mirrored
	Size  float64 `json:"size"`
	Inset float64 `json:"inset"` // from the panel's edges
	Gap   float64 `json:"gap"`   // to the texts
	Color string  `json:"color"`
}

// shadow is a dark rim that keeps letters apart from what is behind them.
type shadow struct {
	Size    float64 `json:"size"` // how far it goes
	Opacity float64 `json:"opacity"`
	Color   string  `json:"color"` // empty: black
}

func parseTemplate(data []byte) (template, error) {
	var t template
	if err := decode(data, &t); err != nil {
		return t, fmt.Errorf("it is no title template: %w", err)
	}
	return t, t.check()
}

// decode reads exactly one value; a misspelled field is told, not passed over.
func decode(data []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("there is something behind it")
	}
	return nil
}

// offered is the template for whoever fills it in.
func (t template) offered(themes []theme) editor.Template {
	o := editor.Template{Name: t.Name, Label: t.Label, Group: t.Group, Card: t.Card}
	for _, f := range t.Fields {
		kind := f.Kind
		if kind == "" {
			kind = editor.TextField
		}
		o.Fields = append(o.Fields, editor.TemplateField{Name: f.Name, Label: f.Label, Kind: kind, Default: f.Default, Choices: slices.Clone(f.Choices)})
	}
	var names []string
	for _, th := range themes {
		names = append(names, th.Name)
	}
	return editor.Template{Name: o.Name, Label: o.Label, Group: o.Group, Card: o.Card, Fields: append(o.Fields,
		editor.TemplateField{Name: themeField, Label: "Colours", Kind: editor.ChoiceField, Choices: names},
		editor.TemplateField{Name: accentField, Label: "Accent", Kind: editor.ColorField})}
}

// Fields that every template has.
const (
	themeField  = "theme"
	accentField = "accent"
)

// text is what a field says, or its default.
func (t template) text(title editor.Title, name string) string {
	if s := title.Text(name); s != "" {
		return s
	}
	for _, f := range t.Fields {
		if f.Name == name {
			return f.Default
		}
	}
	return ""
}
