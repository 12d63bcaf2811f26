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
	for _, seat := range m.seats(layout, it.source.Recording) {
		m.lost.add(seat.Radius > 0, LostLooks)
		add(seat.track, "audio_index", func(n int) node { return m.box(seat.LayoutBox, n) })
	}
	for _, t := range it.source.Recording.Of(editor.AudioStream) {
		if !it.silent() {
			add(t, "video_index", func(n int) node { return addSound(0, n) })
		}
	}
	return all.with(blends...)
}

// seat is a box of a layout with the track that is shown in it.
type seat struct {
	editor.LayoutBox
	track editor.Track
}

// seats are the boxes of a layout for which the recording has a picture. One
// that is left alone has the whole frame.
func (m *mltWriter) seats(l editor.Layout, r *editor.Recording) []seat {
	boxes := l.Boxes
	if m.Output.Height > m.Output.Width && len(l.Upright) > 0 {
		boxes = l.Upright
	}
	var taken []seat
	for _, b := range boxes {
		if t, ok := r.Feed(b.Feed); ok {
			taken = append(taken, seat{b, t})
		}
	}
	if len(taken) == 1 && len(boxes) > 1 {
		taken[0].Rect, taken[0].Fit, taken[0].Radius = editor.Whole, editor.FitInside, 0
	}
	return taken
}

// soon is how late a picture may begin for its first moment to stand until
// then; before another there is nothing.
var soon = editor.Rational(1, 2)

// placed is the playlist of a track of a recording for a clip; off is what of
// the file is not used.
func (m *mltWriter) placed(it item, t editor.Track, id, off string) node {
	begins := editor.Rational(t.OffsetNS, int64(time.Second))
	media := &editor.Media{Path: it.source.Recording.TrackPath(t), Start: begins}
	if known := it.source.Tracks[t.ID]; known != nil {
		media = known
		begins = firstShown(media)
	}
	list := el("playlist", "id", id)
	gap := int64(0)
	if begins.Cmp(it.In) > 0 && it.Kind != editor.FreezeClip {
		gap = min(it.frames(), m.frame(it.Since(begins)))
		it.In = begins
	}
	if first := (shot{id + "f", 0}); gap > 0 && off == "audio_index" && begins.Cmp(soon) <= 0 {
		m.define(el("producer", "id", first.id).set("mlt_service", "hold", "resource", media.Path, "frame", "0", "length", itoa(gap+1)))
		list = list.with(first.entry(gap))
	} else if gap > 0 {
		list = list.with(el("blank", "length", itoa(gap)))
	}
	if gap < it.frames() {
		n, s := m.file(it, id+"p", media, editor.Time{})
		if off == "video_index" {
			n = n.with(gain(fade{}.level(monoGain(media), 0, 0))...)
		}
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
