package exchange

import (
	"parley/editor"
)

// clip defines the producer of a clip; the last frames of it, after of them,
// are shown together with the next.
func (m *mltWriter) clip(it item, id string, after int64) shot {
	var n node
	var s shot
	switch {
	case it.Kind == editor.TitleClip:
		s = shot{id, 0}
		n = m.ground(id, "#ff000000", it.frames())
		m.lost.add(true, LostLooks)
	case it.source.Recording != nil:
		s = shot{id, 0}
		n = m.call(it, id)
	case it.Kind == editor.StillClip:
		s = shot{id, 0}
		n = el("producer", "id", id).set("resource", it.Source, "length", itoa(it.frames()+1))
	default:
		n, s = m.file(it, id, it.source.Media, editor.Time{})
		n = m.sounding(n, it)
	}
	for _, f := range m.framing(it) {
		n = n.with(f)
	}
	for _, f := range m.volume(it, s.in, after) {
		n = n.with(f)
	}
	for _, f := range m.titles(it, s.in) {
		n = n.with(f)
	}
	m.define(n)
	return s
}

// ground is a plane of one colour, "#aarrggbb".
func (m *mltWriter) ground(id, color string, frames int64) node {
	return el("producer", "id", id).set("mlt_service", "color", "resource", color, "length", itoa(frames+1))
}

// file defines the producer of a file with a clock, for a clip: at the
// clip's speed, or standing where it is frozen. origin is what the clip's In
// counts from on the file's own clock; MLT counts from its first picture.
func (m *mltWriter) file(it item, id string, media *editor.Media, origin editor.Time) (node, shot) {
	path := it.Source
	if media != nil {
		if path = media.Path; it.source.Recording == nil {
			origin = media.Origin()
		}
		origin = origin.Sub(firstShown(media))
	}
	at := it.In.Add(origin)
	n := el("producer", "id", id)
	switch {
	case it.Kind == editor.FreezeClip:
		return n.set("mlt_service", "hold", "resource", path, "frame", itoa(m.frame(at)), "length", itoa(it.frames()+1)), shot{id, 0}
	case it.rate() != 1:
		speed := ftoa(it.rate())
		n = n.set("mlt_service", "timewarp", "resource", speed+":"+path, "warp_speed", speed, "warp_resource", path, "warp_pitch", "1")
		// A frame in the middle between two is the former here, the latter there.
		return n, shot{id, max(0, m.frame(at.Div(it.Speed))-int64(0.5/it.rate()))}
	}
	return n.set("mlt_service", "avformat", "resource", path), shot{id, m.frame(at)}
}

// firstShown is the time stamp of a file's first picture, or of its first
// sound where there is none.
func firstShown(m *editor.Media) editor.Time {
	if v, ok := m.Video(); ok {
		return v.Start
	}
	return m.Start
}

// sounding chooses what is heard of a file.
func (m *mltWriter) sounding(n node, it item) node {
	if it.Kind != editor.MovingClip {
		return n
	}
	tracks := it.Sound.Tracks
	m.lost.add(len(tracks) > 1, LostTwoSounds)
	switch {
	case it.silent():
		return n.set("audio_index", "-1")
	case len(tracks) > 0 && it.source.Media != nil:
		if all := it.source.Media.Audios(); tracks[0] < len(all) {
			return n.set("audio_index", itoa(int64(all[tracks[0]].Index)))
		}
	}
	return n
}
