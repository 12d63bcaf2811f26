package exchange

import (
	"fmt"
	"time"

	"parley/editor"
)

// call is a recording: its pictures in the boxes of their layout, its sounds
// added up. Every track is placed by the recording's clock.
func (m *mltWriter) call(it item, id string) node {
	layout, err := m.Effects.Layout(it.Arrangement)
	m.lost.add(err != nil, LostLayouts)
	boxes := layout.Boxes
	if m.Output.Height > m.Output.Width && len(layout.Upright) > 0 {
		boxes = layout.Upright
	}
	all := el("tractor", "id", id, "in", "0", "out", itoa(it.frames()-1))
	m.define(m.ground(id+"ground", opaque(layout.Ground), it.frames()))
	all = all.with(el("track", "producer", id+"ground"))
	var blends []node
	add := func(t editor.Track, property string, blend func(n int) node) {
		list := fmt.Sprintf("%st%d", id, len(blends)+1)
		m.define(m.placed(it, t, list, property))
		all = all.with(el("track", "producer", list))
		blends = append(blends, blend(len(blends)+1))
	}
	for _, b := range boxes {
		if t, ok := it.source.Recording.Feed(b.Feed); ok {
			m.lost.add(b.Radius > 0, LostLooks)
			add(t, "audio_index", func(n int) node { return m.box(b, n) })
		}
	}
	for _, t := range it.source.Recording.Of(editor.AudioStream) {
		if !it.silent() {
			add(t, "video_index", func(n int) node { return addSound(0, n) })
		}
	}
	return all.with(blends...)
}

// placed is the playlist of a track of a recording for a clip; off is what of
// the file is not used. A track that began later has nothing before.
func (m *mltWriter) placed(it item, t editor.Track, id, off string) node {
	media := it.source.Tracks[t.ID]
	begins := editor.Rational(t.OffsetNS, int64(time.Second))
	if media != nil {
		begins = media.Start
	} else {
		media = &editor.Media{Path: it.source.Recording.TrackPath(t), Start: begins}
	}
	list := el("playlist", "id", id)
	gap := int64(0)
	if late := begins.Sub(it.In); late.Cmp(editor.Time{}) > 0 && it.Kind != editor.FreezeClip {
		gap = min(it.frames(), m.frame(it.Since(begins)))
		it.In = begins
	}
	if gap > 0 {
		list = list.with(el("blank", "length", itoa(gap)))
	}
	if gap < it.frames() {
		n, s := m.file(it, id+"p", media, editor.Time{})
		m.define(n.set(off, "-1"))
		list = list.with(s.entry(it.frames() - gap))
	}
	return list
}

// box shows track n in its part of the frame.
func (m *mltWriter) box(b editor.LayoutBox, n int) node {
	o := m.Output
	w, h := float64(o.Width), float64(o.Height)
	t := el("transition").set("mlt_service", "composite", "a_track", "0", "b_track", fmt.Sprint(n), "always_active", "1", "progressive", "1",
		"geometry", fmt.Sprintf("%.0f/%.0f:%.0fx%.0f:100", b.X*w, b.Y*h, b.W*w, b.H*h), "halign", "centre", "valign", "middle", "fill", "1")
	if b.Fit != editor.FitInside {
		t = t.set("crop_to_fill", "1")
	}
	return t
}

// opaque is a colour as MLT writes it, black where there is none.
func opaque(color string) string {
	if len(color) != 7 {
		return "#ff000000"
	}
	return "#ff" + color[1:]
}
