package exchange

import (
	"fmt"

	"parley/editor"
)

// volume is the filter that makes a clip louder and fades it, if it needs
// one; in is the clip's beginning in its producer, after how long the next clip
// is heard beside its end.
func (m *mltWriter) volume(it item, in, after int64) []node {
	m.lost.add(it.Sound.Denoise && !it.silent(), LostDenoise)
	if it.silent() {
		return nil
	}
	f := fade{m.frame(it.Sound.FadeIn), m.frame(it.Sound.FadeOut), it.overlap, after}
	return gain(f.level(it.Sound.Gain+monoGain(it.source.Media), in, it.frames()))
}

func gain(level string) []node {
	if level == "" {
		return nil
	}
	return []node{filter("volume").set("level", level)}
}

// monoGain is what MLT takes off a sound of a single channel, in dB.
func monoGain(m *editor.Media) float64 {
	if m == nil {
		return 0
	}
	if a, ok := m.Audio(); ok && a.Channels == 1 {
		return 3.0103
	}
	return 0
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
		at = at.Add(media.Origin().Sub(firstShown(media)))
	}
	s := shot{id, m.frame(at)}
	n := el("producer", "id", id).set("mlt_service", "avformat", "resource", p.Source, "video_index", "-1")
	f := fade{in: m.frame(p.FadeIn), out: m.frame(p.FadeOut)}
	m.define(n.with(gain(f.level(p.Gain+monoGain(media), s.in, frames))...))
	return s
}
