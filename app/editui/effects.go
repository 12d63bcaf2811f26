package editui

import "parley/editor"

// UseEffects tells what there is to choose from.
func (p *Presenter) UseEffects(e editor.Effects) { p.effects = e }

// Choice is something to choose: what a project calls it, and what people do.
type Choice struct {
	Name  string
	Label Text
}

// labelled is a label that comes from an effect, to be translated.
func labelled(label string) Text { return Text{Key: label} }
