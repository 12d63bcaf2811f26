package editor

import (
	"errors"
	"fmt"
)

// ErrEffect is what a film is refused with that uses an effect which is not
// installed.
var ErrEffect = errors.New("an effect is missing")

// Effects is what a film can be made with beyond its sources. They are plug-ins
// that a project names; whoever starts the program puts them together. The
// lists are in the order in which they are offered, and each has the label to
// be translated. It is read by many at once and never changed.
type Effects struct {
	Blends    []Blend
	Layouts   []Layout
	Lettering Lettering // nil: there are neither titles nor burnt subtitles
}

// Blend finds a transition by its name.
func (e Effects) Blend(kind string) (Blend, error) {
	for _, b := range e.Blends {
		if b.Name == kind {
			return b, nil
		}
	}
	return Blend{}, missing("transition", kind)
}

// Layout finds a layout by its name. Those that are always there are found
// even where no layout is installed.
func (e Effects) Layout(name Arrangement) (Layout, error) {
	if name == "" {
		name = SideBySide
	}
	for _, l := range e.Layouts {
		if l.Name == string(name) {
			return l, nil
		}
	}
	for _, l := range plainLayouts() {
		if l.Name == string(name) {
			return l, nil
		}
	}
	return Layout{}, missing("layout", string(name))
}

// Template finds a title template by its name.
func (e Effects) Template(name string) (Template, error) {
	if e.Lettering != nil {
		for _, t := range e.Lettering.Templates() {
			if t.Name == name {
				return t, nil
			}
		}
	}
	return Template{}, missing("title template", name)
}

func missing(what, name string) error {
	return fmt.Errorf("%w: the film uses the %s “%s”, which is not installed; choose another one or put its file back", ErrEffect, what, name)
}

// CheckEffectName says in one sentence why a text cannot name an effect.
func CheckEffectName(name string) error {
	if effectName(name) {
		return nil
	}
	return fmt.Errorf("%q cannot be a name: it takes small letters, digits and hyphens", name)
}
