package editor

import "math"

// Lettering writes what is to be read in a film: titles and burnt subtitles.
type Lettering interface {
	// Templates are the title templates in the order in which they are offered.
	Templates() []Template

	// Ground is a source filter that gives one picture of the output's size,
	// in yuv420p with the film's colours: what a title stands on that is all
	// of the picture (TitleClip). It has no labels.
	Ground(t Title, out Output) (string, error)

	// Script is the text of an ASS file that shows titles and subtitles over
	// pictures of the output's size. Times count from the first picture.
	Script(titles []ShownTitle, cues []Cue, out Output) (string, error)
}

// Sketcher is a Lettering that can tell what its templates look like without
// drawing a letter.
type Sketcher interface {
	// Sketch is a template with something in each of its fields; nothing where
	// there is no such template.
	Sketch(template string) Sketch
}

// Sketch is a title as boxes, those at the back first.
type Sketch struct {
	Ground string // "#rrggbb" of what it stands on; "" for a picture
	Boxes  []SketchBox
}

// SketchBox is a shape, or a line of text that is as long and as high.
type SketchBox struct {
	Rect            // of a frame of 16:9
	Color   string  // "#rrggbb"
	Opacity float64 // 0 to 1
}

// ScriptFilter draws the script of a file with a plain name. ffmpeg up to some
// version mixes the colours of letters with the matrix of BT.601 whatever the
// film's is, and later ones with the film's; told that it is BT.601, all do the
// same, and the script's colours are chosen for it (DrawnColor).
func ScriptFilter(name string) string {
	return "setparams=colorspace=smpte170m,ass=filename=" + name + ",setparams=colorspace=bt709"
}

// DrawnColor is the colour to give to ScriptFilter so that this one is seen in
// the film. What lies outside of what can be given is given as near as can be.
func DrawnColor(r, g, b uint8) (uint8, uint8, uint8) {
	y := 0.2126*float64(r) + 0.7152*float64(g) + 0.0722*float64(b)
	cb, cr := (float64(b)-y)/1.8556, (float64(r)-y)/1.5748
	near := func(v float64) uint8 { return uint8(math.Round(min(max(v, 0), 255))) }
	return near(y + 1.402*cr), near(y - 0.344136*cb - 0.714136*cr), near(y + 1.772*cb)
}

// ShownTitle is a title with the time during which it stands, on the clock of
// the pictures that it is written on. From may lie before their first and To
// after their last: such a title has come already, or goes later.
type ShownTitle struct {
	Title
	From Time
	To   Time
}

// Template says what can be written with a title template.
type Template struct {
	Name   string // what a project calls it, as in "lower-third"
	Label  string // for people, to be translated
	Group  string // for people, to be translated: what it stands beside in a menu
	Card   bool   // is made to be all of the picture
	Fields []TemplateField
}

// TemplateField is one thing that can be filled in.
type TemplateField struct {
	Name    string // key in Title.Fields
	Label   string // for people, to be translated
	Kind    FieldKind
	Default string   // what stands there where nothing is filled in; "" is possible
	Choices []string // of a ChoiceField, by name; they are shown as they are, translated
}

// FieldKind is how a field is filled in.
type FieldKind string

// The kinds of field.
const (
	TextField   FieldKind = "text"   // one line
	LinesField  FieldKind = "lines"  // several lines
	ColorField  FieldKind = "color"  // "#rrggbb"; empty: the theme's
	ChoiceField FieldKind = "choice" // one of Choices; empty: the first
)
