package editor

// nearStart is how far apart the beginnings, or the ends, of a file's picture
// and sound may lie for the picture's to count: what an encoder's priming or a
// last packet makes, and not what somebody meant.
var nearStart = Rational(1, 2)

// Origin is the time stamp of the file's first moment, which is 0 for a
// clip's In and Out. It is the picture's first time stamp, so that 0 is the
// first frame and not the priming of the sound; where the sound begins long
// before the picture, it is the sound's.
func (m *Media) Origin() Time {
	v, ok := m.Video()
	if !ok || v.Start.Sub(m.Start).Cmp(nearStart) > 0 {
		return m.Start
	}
	return v.Start
}

// Length is how much there is to show, from Origin: up to the picture's end,
// or to the sound's where that goes on long after it; zero for a still.
func (m *Media) Length() Time {
	if m.Still {
		return Time{}
	}
	all := m.Start.Add(m.Duration).Sub(m.Origin())
	v, ok := m.Video()
	if !ok || v.Duration == (Time{}) {
		return all.Max(Time{})
	}
	picture := v.Start.Add(v.Duration).Sub(m.Origin())
	if all.Sub(picture).Cmp(nearStart) > 0 {
		return all
	}
	return picture.Max(Time{})
}
