package editui

import "parley/app/timeline"

// Transport plays the film; the keys of the strip drive it.
type Transport interface {
	PlayPause()
	// Shuttle plays back (-1) or on (1), faster each time it is asked again;
	// 0 stops.
	Shuttle(by int)
}

// play hands a key for playing on; without a transport there is nothing to
// play with.
func (v *view) play(c timeline.Command) {
	if v.transport == nil {
		return
	}
	switch c {
	case timeline.PlayPause:
		v.transport.PlayPause()
	case timeline.PlayBack:
		v.transport.Shuttle(-1)
	case timeline.PlayOn:
		v.transport.Shuttle(1)
	case timeline.PlayStop:
		v.transport.Shuttle(0)
	}
}
