package exchange

import (
	"fmt"

	"parley/editor"
)

// volume are the filters that make a clip louder, and fade it; in is the
// clip's beginning in its producer.
func (m *mltWriter) volume(it item, in int64) []node {
	m.lost.add(it.Sound.Denoise && !it.silent(), LostDenoise)
	if it.silent() {
		return nil
	}
	return m.gain(it.Sound.Gain, it.Sound.FadeIn, it.Sound.FadeOut, in, it.frames())
}

func (m *mltWriter) gain(db float64, fadeIn, fadeOut editor.Time, in, frames int64) []node {
	var all []node
	if db != 0 {
		all = append(all, filter("volume").set("level", ftoa(db)))
	}
	fade := func(from, n int64, gain, end string) {
		if n > 0 {
			all = append(all, el("filter", "in", itoa(from), "out", itoa(from+n-1)).set("mlt_service", "volume", "gain", gain, "end", end))
		}
	}
	fade(in, min(frames, m.frame(fadeIn)), "0", "1")
	n := min(frames, m.frame(fadeOut))
	fade(in+frames-n, n, "1", "0")
	return all
}

// lanes define the playlists of the music, as many as there are pieces heard
// at once, and return their ids. What goes on behind the film's end is cut.
func (m *mltWriter) lanes(frames int64) []string {
	var lists []node
	var ends []int64
	for i, piece := range m.Timeline.Music() {
		m.lost.add(piece.Duck, LostDucking)
		start, length := m.frame(piece.At), m.frame(piece.Length())
		length = min(length, frames-start)
		if length <= 0 {
			continue
		}
		k := 0
		for k < len(ends) && ends[k] > start {
			k++
		}
		if k == len(ends) {
			lists, ends = append(lists, el("playlist", "id", fmt.Sprintf("music%d", k))), append(ends, 0)
		}
		if gap := start - ends[k]; gap > 0 {
			lists[k] = lists[k].with(el("blank", "length", itoa(gap)))
		}
		lists[k] = lists[k].with(m.piece(piece, fmt.Sprintf("piece%d", i), length).entry(length))
		ends[k] = start + length
	}
	ids := make([]string, len(lists))
	for k, l := range lists {
		m.define(l)
		ids[k] = l.Attrs[0].Value
	}
	return ids
}

// piece defines the producer of a piece of music.
func (m *mltWriter) piece(p editor.Music, id string, frames int64) shot {
	media := m.Library[p.Source].Media
	at := p.In
	if media != nil {
		at = at.Add(media.Origin().Sub(media.Start))
	}
	s := shot{id, m.frame(at)}
	n := el("producer", "id", id).set("mlt_service", "avformat", "resource", p.Source, "video_index", "-1")
	m.define(n.with(m.gain(p.Gain, p.FadeIn, p.FadeOut, s.in, frames)...))
	return s
}
