package editui

import "parley/app/timeline"

// play does what a key for playing asks for.
func (v *view) play(c timeline.Command) {
	switch c {
	case timeline.PlayPause:
		v.deck.PlayPause()
	case timeline.PlayBack:
		v.deck.Shuttle(-1)
	case timeline.PlayOn:
		v.deck.Shuttle(1)
	case timeline.PlayStop:
		v.deck.Shuttle(0)
	}
}
