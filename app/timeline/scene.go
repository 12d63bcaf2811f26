package timeline

// scene is what one drawing of the strip shows, besides where things are.
type scene struct {
	model    *Model
	lanes    lanes
	offset   float64 // how far the strip is scrolled
	focused  bool
	drag     drag
	hover    target
	pictures Pictures
	waves    Waves
}

func (s *scene) chosen(i int) bool { return i < len(s.model.Chosen) && s.model.Chosen[i] }

// hot tells whether the pointer is on a clip.
func (s *scene) hot(i int) bool {
	on := s.hover
	if s.drag.held {
		on = s.drag.on
	}
	switch on.part {
	case onClip, onEdge, onFade:
		return on.i == i
	}
	return false
}
