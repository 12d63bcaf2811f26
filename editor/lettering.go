package editor

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
